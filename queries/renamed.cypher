// The present id of subjects by an id they gave up. One row for each.
UNWIND $ids AS id
MATCH (a:Alias {key: id}) WHERE a.kind = 'id'
RETURN id, a.subject AS now

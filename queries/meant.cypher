// Of ids given up, whom each now means.
UNWIND $ids AS id
MATCH (a:Alias {key: id}) WHERE a.kind = 'id'
RETURN id, a.subject AS subject LIMIT $most

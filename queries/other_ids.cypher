// Other ids a subject goes by: what was merged into it.
MATCH (a:Alias {subject: $id}) WHERE a.kind = 'id'
RETURN a.key AS id ORDER BY id LIMIT $most

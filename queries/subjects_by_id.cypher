// The subject with that id, or with one that was given up for its present one.
MATCH (s:Subject {id: $key})
RETURN properties(s) AS props LIMIT $most
UNION
MATCH (a:Alias {key: $key}) WHERE a.kind = 'id'
MATCH (s:Subject {id: a.subject})
RETURN properties(s) AS props LIMIT $most

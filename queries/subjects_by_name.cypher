// Subjects that bear that normalised name, or bore it.
MATCH (s:Subject {name_key: $key})
RETURN properties(s) AS props LIMIT $most
UNION
MATCH (a:Alias {key: $key}) WHERE a.kind = 'name'
MATCH (s:Subject {id: a.subject})
RETURN properties(s) AS props LIMIT $most

// One subject: its properties and the other ids it goes by.
MATCH (s:Subject {id: $id})
OPTIONAL MATCH (a:Alias {subject: $id}) WHERE a.kind = 'id'
WITH s, a ORDER BY a.key
RETURN properties(s) AS props, collect(a.key) AS ids

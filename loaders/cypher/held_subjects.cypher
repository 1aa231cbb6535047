// Everything held of these subjects.
UNWIND $keys AS key
MATCH (s:Subject {id: key})
RETURN s.id AS id, properties(s) AS props

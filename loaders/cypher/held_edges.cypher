// What one source already said of these subjects' relations.
UNWIND $keys AS key
MATCH (a:Subject {id: key})-[r:$$TYPES$$]->(b)
WHERE r.origin = $origin
RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS props

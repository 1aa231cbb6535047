// Everything one source said of relations.
MATCH (a:Subject)-[r:$$TYPES$$]->(b)
WHERE r.origin = $origin
RETURN a.id AS a, type(r) AS type, b.id AS b, properties(r) AS props

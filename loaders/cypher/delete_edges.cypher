MATCH (a:Subject)-[r:$$TYPES$$]->(b)
WHERE r.origin = $origin
DELETE r

// Relations of these two with each other: they would become a subject's relation with itself.
MATCH (x:Subject {id: $a})-[r]-(y:Subject {id: $b})
RETURN startNode(r).id AS a, endNode(r).id AS b, type(r) AS type, properties(r) AS props

// The relations of one type stored from one subject to another. One row a relation.
MATCH (a:Subject {id: $source})-[e:$$TYPE$$]->(b:Subject)
WHERE b.id = $target
RETURN properties(e) AS props ORDER BY e.since, e.record LIMIT $most

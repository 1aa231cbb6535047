// The contacts two subjects both gave. One row a pair of relations; `theirs`: since, until and record of the other.
MATCH (a:Subject {id: $source})-[x:CONTACT]->(c:Contact)<-[y:CONTACT]-(b:Subject)
WHERE b.id = $target
RETURN a.id AS id, c.kind AS kind, c.value AS value, x.since AS since, x.until AS until, x.record AS record,
       [y.since, y.until, y.record] AS theirs
ORDER BY kind, value, record LIMIT $most

// Branches of every subject of $ids on $as_of, and the heads they are branches of. One row for each relation.
UNWIND $ids AS id
MATCH (n:Subject {id: id})-[e:BRANCH_OF]-(m:Subject)
WHERE (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of)
RETURN id, m.id AS other, startNode(e) = n AS up, properties(e) AS props
ORDER BY id, other
LIMIT $most

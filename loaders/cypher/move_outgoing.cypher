// Relations that start at b start at a from now on; `first_of` says whose they were.
MATCH (b:Subject {id: $b})-[r:$$TYPE$$]->(other)
MATCH (a:Subject {id: $a})
WHERE other.id <> $a
CREATE (a)-[moved:$$TYPE$$]->(other) SET moved = properties(r), moved.first_of = $b
DELETE r

// Relations that end at b end at a from now on; `second_of` says whose they were.
MATCH (other:Subject)-[r:$$TYPE$$]->(b:Subject {id: $b})
MATCH (a:Subject {id: $a})
WHERE other.id <> $a
CREATE (other)-[moved:$$TYPE$$]->(a) SET moved = properties(r), moved.second_of = $b
DELETE r

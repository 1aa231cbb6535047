MATCH (a:Subject {id: $a})-[r:$$TYPE$$]->(other)
WHERE r.first_of = $b
MATCH (b:Subject {id: $b})
CREATE (b)-[back:$$TYPE$$]->(other) SET back = properties(r), back.first_of = NULL
DELETE r

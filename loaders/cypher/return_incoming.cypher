MATCH (other:Subject)-[r:$$TYPE$$]->(a:Subject {id: $a})
WHERE r.second_of = $b
MATCH (b:Subject {id: $b})
CREATE (other)-[back:$$TYPE$$]->(b) SET back = properties(r), back.second_of = NULL
DELETE r

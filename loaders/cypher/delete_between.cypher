MATCH (x:Subject {id: $a})-[r]-(y:Subject {id: $b})
DELETE r

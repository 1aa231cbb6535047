MATCH (x:Subject {id: $a})-[r:MAYBE_SAME]-(y:Subject {id: $b})
DELETE r

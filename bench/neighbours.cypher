// Subjects beside the given ones.
UNWIND $ids AS hub
MATCH (h:Subject {id: hub})-[:$$TYPES$$]-(s:Subject)
WHERE NOT s.id IN $ids
RETURN DISTINCT s.id AS id
ORDER BY id
LIMIT 20000

// Subjects with very many relations of the given types, most first.
MATCH (s:Subject)-[r:$$TYPES$$]-(:Subject)
WITH s, count(r) AS degree
WHERE degree > $cap
RETURN s.id AS id, degree
ORDER BY degree DESC, id
LIMIT 100

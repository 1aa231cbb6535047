// Every subject's id, in order, so that a seeded choice is the same every time.
MATCH (s:Subject)
RETURN s.id AS id
ORDER BY id
LIMIT 10000000

// Bearers of a normalised name, people and organisations apart: how many there are, and the first $cap of them,
// those with a number before those without. One row for each name and sort.
UNWIND $keys AS key
MATCH (s:Subject {name_key: key})
WITH key, s.kind = 'person' AS person, s
ORDER BY CASE WHEN s.id_number IS NULL THEN 1 ELSE 0 END, s.id
WITH key, person, count(s) AS total,
     collect(s {.id, .kind, .form, .name, .name_key, .uscc, .id_type, .id_number, .status, .region, .aliases}) AS found
RETURN key, person, total, found[0..$cap] AS found

// People by full personal number in its normal form. One row a subject.
UNWIND $keys AS key
MATCH (s:Subject {id_number: key})
RETURN key, s {.id, .kind, .form, .name, .name_key, .uscc, .id_type, .id_number, .status, .region, .aliases} AS subject
ORDER BY key, s.id

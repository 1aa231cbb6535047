// Subjects by unified social credit code, right or wrong in its check digit. One row a subject.
UNWIND $keys AS key
MATCH (s:Subject {uscc: key})
RETURN key, s {.id, .kind, .form, .name, .name_key, .uscc, .id_type, .id_number, .status, .region, .aliases} AS subject
ORDER BY key, s.id

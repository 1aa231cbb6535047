// What is shown of subjects: one row a subject there is.
UNWIND $ids AS id
MATCH (n:Subject {id: id})
RETURN n {.id, .kind, .form, .name, .uscc, .id_number, .status} AS subject

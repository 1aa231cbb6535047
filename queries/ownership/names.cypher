// Subjects by id, with what a picture or a list shows of them. One row a subject.
UNWIND $ids AS id
MATCH (n:Subject {id: id})
RETURN n {.id, .kind, .form, .name, .uscc, .id_number, .id_type, .status, .conducts, .state_owned, .established} AS props

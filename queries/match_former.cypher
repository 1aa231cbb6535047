// Organisations by a former or second name. One row a subject.
UNWIND $keys AS key
MATCH (a:Alias {key: key}) WHERE a.kind = 'name'
MATCH (s:Subject {id: a.subject}) WHERE s.kind <> 'person'
RETURN DISTINCT key, s {.id, .kind, .form, .name, .name_key, .uscc, .id_type, .id_number, .status, .region, .aliases} AS subject

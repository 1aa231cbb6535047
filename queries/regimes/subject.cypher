// One subject with what regimes look at.
MATCH (n:Subject {id: $id})
RETURN n {.id, .kind, .form, .name, .uscc, .id_number, .id_type, .status, .conducts, .state_owned, .sector} AS props

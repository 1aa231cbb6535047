// People of a name who hold, or held, any role in an organisation: one row for each pair found. Dates are not
// asked: a role that has ended still says who a name means.
UNWIND $pairs AS pair
MATCH (s:Subject {name_key: pair.key})-[:$$ROLES$$]->(o:Subject {id: pair.organisation})
WHERE s.kind = 'person'
RETURN DISTINCT pair.key AS key, pair.organisation AS organisation,
       s {.id, .kind, .form, .name, .name_key, .uscc, .id_type, .id_number, .status, .region, .aliases} AS subject

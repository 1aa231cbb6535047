// Of pairs {holder, place}: the organisation with what rules ask of it, and the relations between the two that the
// graph holds [type, properties]. One row a pair.
UNWIND $pairs AS pair
MATCH (p:Subject {id: pair.holder})
MATCH (o:Subject {id: pair.place})
RETURN pair.holder AS holder, pair.place AS place,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other,
       [(p)-[r:$$TYPES$$]->(o) | [type(r), properties(r)]] AS held

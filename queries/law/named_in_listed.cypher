// Whom the entries of $lists on the subjects of $ids name beside them.
UNWIND $ids AS id
MATCH (x:Subject {id: id})-[:LISTED]->(l:Listing)
WHERE l.list IN $lists
MATCH (p:Subject)-[k:NAMED_IN]->(l)
RETURN id, type(k) AS link, properties(k) AS said, properties(l) AS listing,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder
LIMIT $most

// Who holds, or held, roles in the subjects of $ids, which entries of $lists list.
UNWIND $ids AS id
MATCH (x:Subject {id: id})-[:LISTED]->(l:Listing)
WHERE l.list IN $lists
MATCH (p:Subject)-[r:$$ROLES$$]->(x)
RETURN id, properties(l) AS listing, type(r) AS role_type, properties(r) AS role,
       [(p)-[k:NAMED_IN]->(l) | properties(k)] AS named,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder
LIMIT $most

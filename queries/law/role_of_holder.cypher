// The roles that the subjects of $ids hold, or held, in organisations that entries of $lists list.
UNWIND $ids AS id
MATCH (p:Subject {id: id})-[r:$$ROLES$$]->(x:Subject)-[:LISTED]->(l:Listing)
WHERE l.list IN $lists
RETURN id, properties(l) AS listing, type(r) AS role_type, properties(r) AS role,
       [(p)-[k:NAMED_IN]->(l) | properties(k)] AS named,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder
LIMIT $most

// The posts that the subjects of $ids have, beside a role in an organisation that an entry of $lists lists.
UNWIND $ids AS id
MATCH (p:Subject {id: id})-[r:$$ROLES$$]->(x:Subject)-[:LISTED]->(l:Listing)
WHERE l.list IN $lists
MATCH (p)-[q:$$POSTS$$]->(o:Subject)
WHERE x.id <> o.id
RETURN id, properties(l) AS listing, type(r) AS role_type, properties(r) AS role, type(q) AS post_type, properties(q) AS post,
       [(p)-[k:NAMED_IN]->(l) | properties(k)] AS named,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

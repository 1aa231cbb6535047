// Who has a post in the subjects of $ids, and a role in another organisation that an entry of $lists lists.
UNWIND $ids AS id
MATCH (o:Subject {id: id})<-[q:$$POSTS$$]-(p:Subject)-[r:$$ROLES$$]->(x:Subject)-[:LISTED]->(l:Listing)
WHERE l.list IN $lists AND x.id <> o.id
RETURN id, properties(l) AS listing, type(r) AS role_type, properties(r) AS role, type(q) AS post_type, properties(q) AS post,
       [(p)-[k:NAMED_IN]->(l) | properties(k)] AS named,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       [(o)<-[:FOUNDER]-(f:Subject) | f.id] AS founders,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

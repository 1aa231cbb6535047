// Who has a role in the subjects of $ids, which entries of $lists list, and a post in another organisation.
UNWIND $ids AS id
MATCH (x:Subject {id: id})-[:LISTED]->(l:Listing)
WHERE l.list IN $lists
MATCH (x)<-[r:$$ROLES$$]-(p:Subject)-[q:$$POSTS$$]->(o:Subject)
WHERE x.id <> o.id
RETURN id, properties(l) AS listing, type(r) AS role_type, properties(r) AS role, type(q) AS post_type, properties(q) AS post,
       [(p)-[k:NAMED_IN]->(l) | properties(k)] AS named,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       [(o)<-[:FOUNDER]-(f:Subject) | f.id] AS founders,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

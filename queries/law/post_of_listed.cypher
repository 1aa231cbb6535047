// The posts (or holdings) that the subjects of $ids have elsewhere, whom entries of $lists list or name.
UNWIND $ids AS id
MATCH (p:Subject {id: id})-[k:LISTED|NAMED_IN]->(l:Listing)
WHERE l.list IN $lists
MATCH (x:Subject)-[:LISTED]->(l)
MATCH (p)-[r:$$POSTS$$]->(o:Subject)
WHERE o.id <> x.id
RETURN id, type(k) AS link, properties(k) AS said, properties(l) AS listing, type(r) AS post_type, properties(r) AS post,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

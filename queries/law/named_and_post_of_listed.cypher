// The posts elsewhere of those whom the entries of $lists on the subjects of $ids name beside them.
UNWIND $ids AS id
MATCH (x:Subject {id: id})-[:LISTED]->(l:Listing)
WHERE l.list IN $lists
MATCH (l)<-[k:NAMED_IN]-(p:Subject)-[r:$$POSTS$$]->(o:Subject)
WHERE o.id <> x.id
RETURN id, type(k) AS link, properties(k) AS said, properties(l) AS listing, type(r) AS post_type, properties(r) AS post,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       [(o)<-[:FOUNDER]-(f:Subject) | f.id] AS founders,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

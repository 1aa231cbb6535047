// Who has a post (or a holding) in the subjects of $ids and is listed, or named, by an entry of $lists.
UNWIND $ids AS id
MATCH (o:Subject {id: id})<-[r:$$POSTS$$]-(p:Subject)-[k:LISTED|NAMED_IN]->(l:Listing)
WHERE l.list IN $lists
MATCH (x:Subject)-[:LISTED]->(l)
WHERE o.id <> x.id
RETURN id, type(k) AS link, properties(k) AS said, properties(l) AS listing, type(r) AS post_type, properties(r) AS post,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

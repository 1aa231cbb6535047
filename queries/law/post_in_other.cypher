// Who has a post (or a holding) in the subjects of $ids and is listed, or named, by an entry of $lists.
UNWIND $ids AS id
MATCH (o:Subject {id: id})<-[r:$$POSTS$$]-(p:Subject)-[k:LISTED|NAMED_IN]->(l:Listing)
WHERE l.list IN $lists
WITH id, o, r, p, k, l, head([(l)<-[:LISTED]-(x:Subject) | x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established}]) AS listed
WHERE o.id <> listed.id
RETURN id, type(k) AS link, properties(k) AS said, properties(l) AS listing, type(r) AS post_type, properties(r) AS post,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       [(o)<-[:FOUNDER]-(f:Subject) | f.id] AS founders,
       listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

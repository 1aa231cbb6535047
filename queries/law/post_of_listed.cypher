// The posts (or holdings) that the subjects of $ids have elsewhere, whom entries of $lists list or name.
UNWIND $ids AS id
MATCH (p:Subject {id: id})-[k:LISTED|NAMED_IN]->(l:Listing)
WHERE l.list IN $lists
WITH id, p, k, l, head([(l)<-[:LISTED]-(x:Subject) | x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established}]) AS listed
MATCH (p)-[r:$$POSTS$$]->(o:Subject)
WHERE o.id <> listed.id
RETURN id, type(k) AS link, properties(k) AS said, properties(l) AS listing, type(r) AS post_type, properties(r) AS post,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       [(o)<-[:FOUNDER]-(f:Subject) | f.id] AS founders,
       listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

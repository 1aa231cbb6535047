// Co-debtors of the subjects of $ids that entries of $lists list, with a holder both have in common.
UNWIND $ids AS id
MATCH (o:Subject {id: id})-[c:CO_DEBTOR]-(x:Subject)-[:LISTED]->(l:Listing)
WHERE l.list IN $lists AND x.id <> o.id
MATCH (o)<-[q:$$POSTS$$]-(p:Subject)-[r:$$ROLES$$]->(x)
RETURN id, properties(l) AS listing, type(r) AS role_type, properties(r) AS role, type(q) AS post_type, properties(q) AS post,
       [] AS named,
       [] AS exempt,
       x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder,
       o {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS other
LIMIT $most

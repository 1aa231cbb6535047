// Entries of $lists that list a subject of $ids or name it, in force or not. One row for each subject and entry.
// The entry's owner is read from the entry on: as a pattern of its own, a planner may walk all subjects for it.
UNWIND $ids AS id
MATCH (p:Subject {id: id})-[k:LISTED|NAMED_IN]->(l:Listing)
WHERE l.list IN $lists
RETURN id, type(k) AS link, properties(k) AS said, properties(l) AS listing,
       [(p)-[e:EXEMPT_FROM]->(l) | properties(e)] AS exempt,
       head([(l)<-[:LISTED]-(x:Subject) | x {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established}]) AS listed,
       p {.id, .kind, .form, .name, .uscc, .id_number, .status, .sector, .state_owned, .established} AS holder
LIMIT $most

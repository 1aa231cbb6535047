// How many relations a subject has: one row a type, direction (`along`: stored from the subject) and whether they
// are in force on $as_of. Each direction by itself: what comes in is not looked at to count what goes out.
MATCH (s:Subject {id: $id})-[e:$$TYPES$$]->()
WITH type(e) AS type, coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of AS active
RETURN type, true AS along, active, count(*) AS relations
UNION ALL
MATCH (s:Subject {id: $id})<-[e:$$TYPES$$]-()
WITH type(e) AS type, coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of AS active
RETURN type, false AS along, active, count(*) AS relations

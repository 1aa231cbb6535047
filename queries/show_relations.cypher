// The relations of a subject to others. One row a type and direction (`along`: stored from the subject) with the
// first $most of them, those in force on $as_of before the others.
MATCH (s:Subject {id: $id})-[e:$$TYPES$$]-(m:Subject)
WITH type(e) AS type, startNode(e) = s AS along, e, m,
     (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of) AS active
ORDER BY CASE WHEN active THEN 0 ELSE 1 END, m.id, e.record
WITH type, along, collect([properties(e), m {.id, .kind, .form, .name, .uscc, .id_number, .status}]) AS found
RETURN type, along, found[0..$most] AS found

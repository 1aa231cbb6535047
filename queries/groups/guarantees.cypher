// The guarantees in force on $as_of of every subject of $frontier, those it gave and those it got. One row a subject
// and way (`given`): how many, and, up to $cap or where the question begins ($ends), the first $most of them
// [other, title, since, until, seen_on, record, amount].
UNWIND $frontier AS id
MATCH (n:Subject {id: id})-[e:GUARANTEES]-(m:Subject)
WHERE (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of)
WITH id, e, m, startNode(e) = n AS given
ORDER BY m.id, e.record
WITH id, given, count(e) AS degree,
     collect([m.id, e.title, e.since, e.until, e.seen_on, e.record, e.amount]) AS found
RETURN id, given, degree, CASE WHEN degree > $cap AND NOT id IN $ends THEN [] ELSE found[0..$most] END AS found

// What lies one relation away from every subject of $frontier ({id, through: whether nothing stops there}).
// One row a subject: its degree, why nothing goes through it, and its relations
// [id, type, along, record, ratio, title, since, until, seen_on]; none where it stops.
// $first, $last: what was in force on any day from one to the other counts.
// $twice: types that count once though stored twice.
UNWIND $frontier AS f
MATCH (n:Subject {id: f.id})-[e:$$TYPES$$]-(m:Subject)
WHERE (e.since IS NULL OR e.since <= $last) AND (e.until IS NULL OR e.until > $first)
WITH f, n, e, m, type(e) AS t, startNode(e) = n AS along
WITH f, n.id AS id, coalesce(n.conducts, n.kind <> 'government', true) AS conducts,
     count(CASE WHEN t IN $twice THEN null ELSE 1 END)
       + count(DISTINCT CASE WHEN t IN $twice THEN t + ' ' + m.id END) AS degree,
     collect([m.id, t, along, e.record, e.ratio, e.title, e.since, e.until, e.seen_on]) AS steps
WITH f, id, degree, steps, CASE WHEN NOT conducts THEN 'conducts' WHEN degree > $cap THEN 'fanout' ELSE '' END AS stop
RETURN id, degree, stop, CASE WHEN stop = '' OR f.through THEN steps ELSE [] END AS steps

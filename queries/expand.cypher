// The first $most relations of a subject in one order; $out and $in hold its id, or nothing where that direction is
// not wanted. One row a relation. $ended: also those not in force on $as_of, behind the others.
// $order: 'share' (largest first, unknown ones last), 'since' (newest first) or 'name' (of the other).
UNWIND $out AS id
MATCH (s:Subject {id: id})-[e:$$TYPES$$]->(m:Subject)
WHERE $ended OR (coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of)
WITH e, m
ORDER BY CASE WHEN $ended AND (coalesce(e.since, '') > $as_of OR coalesce(e.until, '9999-99-99') <= $as_of)
              THEN 1 ELSE 0 END,
         CASE $order WHEN 'share' THEN 0 - coalesce(e.ratio, -1) WHEN 'name' THEN m.name ELSE 0 END,
         CASE WHEN $order = 'since' THEN coalesce(e.since, '') ELSE '' END DESC, e.record
LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, true AS along, properties(e) AS edge, m.id AS other, m.name AS name
UNION ALL
UNWIND $in AS id
MATCH (s:Subject {id: id})<-[e:$$TYPES$$]-(m:Subject)
WHERE $ended OR (coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of)
WITH e, m
ORDER BY CASE WHEN $ended AND (coalesce(e.since, '') > $as_of OR coalesce(e.until, '9999-99-99') <= $as_of)
              THEN 1 ELSE 0 END,
         CASE $order WHEN 'share' THEN 0 - coalesce(e.ratio, -1) WHEN 'name' THEN m.name ELSE 0 END,
         CASE WHEN $order = 'since' THEN coalesce(e.since, '') ELSE '' END DESC, e.record
LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, false AS along, properties(e) AS edge, m.id AS other, m.name AS name

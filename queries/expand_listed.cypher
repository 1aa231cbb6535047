// The relations in force of a subject to others that are listed on $as_of, the most severe first, then the largest
// share: at most $most in each direction. One row a relation. $out and $in hold the subject's id, or nothing where
// that direction is not wanted. $severity, $tier: what lists and tiers weigh. $over: the day by which an entry that
// has ended does not count.
UNWIND $out AS id
MATCH (s:Subject {id: id})-[e:$$TYPES$$]->(m)-[:LISTED]->(l:Listing)
WITH e, m, l
WHERE coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of
  AND coalesce($severity[l.list], 0.0) > 0
  AND (l.listed_on IS NULL OR l.listed_on <= $as_of)
  AND (l.removed_on IS NULL OR l.removed_on > $over)
  AND (l.expires_on IS NULL OR l.expires_on >= $over)
  AND coalesce(split(last([x IN l.events WHERE substring(x, 0, 10) <= $as_of]), ' ')[1], '') <> 'suspended'
WITH e, m, max($severity[l.list] * coalesce($tier[l.tier], 1.0)) AS severity
ORDER BY severity DESC, coalesce(e.ratio, -1) DESC, e.record
LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, true AS along, properties(e) AS edge, m.id AS other, m.name AS name,
       severity
UNION ALL
UNWIND $in AS id
MATCH (s:Subject {id: id})<-[e:$$TYPES$$]-(m)-[:LISTED]->(l:Listing)
WITH e, m, l
WHERE coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of
  AND coalesce($severity[l.list], 0.0) > 0
  AND (l.listed_on IS NULL OR l.listed_on <= $as_of)
  AND (l.removed_on IS NULL OR l.removed_on > $over)
  AND (l.expires_on IS NULL OR l.expires_on >= $over)
  AND coalesce(split(last([x IN l.events WHERE substring(x, 0, 10) <= $as_of]), ' ')[1], '') <> 'suspended'
WITH e, m, max($severity[l.list] * coalesce($tier[l.tier], 1.0)) AS severity
ORDER BY severity DESC, coalesce(e.ratio, -1) DESC, e.record
LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, false AS along, properties(e) AS edge, m.id AS other, m.name AS name,
       severity

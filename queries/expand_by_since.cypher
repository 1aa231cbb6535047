// The first $most relations of a subject in each direction, newest first.
// One row a relation. $out and $in hold the subject's id, or nothing where that direction is not wanted;
// $active: whether it is in force on $as_of.
UNWIND $out AS id
MATCH (s:Subject {id: id})-[e:$$TYPES$$]->()
WHERE (coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of) = $active
WITH e ORDER BY coalesce(e.since, '') DESC, e.record
LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, true AS along, properties(e) AS edge,
       endNode(e).id AS other, endNode(e).name AS name
UNION ALL
UNWIND $in AS id
MATCH (s:Subject {id: id})<-[e:$$TYPES$$]-()
WHERE (coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of) = $active
WITH e ORDER BY coalesce(e.since, '') DESC, e.record
LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, false AS along, properties(e) AS edge,
       startNode(e).id AS other, startNode(e).name AS name

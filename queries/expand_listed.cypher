// The relations of a subject to others that are or were on a list, at most $most in each direction. One row a
// relation and entry. $out and $in hold the subject's id, or nothing where that direction is not wanted.
UNWIND $out AS id
MATCH (s:Subject {id: id})-[e:$$TYPES$$]->(m:Subject)-[:LISTED]->(l:Listing)
WITH e, m, l LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, true AS along, properties(e) AS edge, m.id AS other, m.name AS name,
       properties(l) AS entry
UNION ALL
UNWIND $in AS id
MATCH (s:Subject {id: id})<-[e:$$TYPES$$]-(m:Subject)-[:LISTED]->(l:Listing)
WITH e, m, l LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, false AS along, properties(e) AS edge, m.id AS other, m.name AS name,
       properties(l) AS entry

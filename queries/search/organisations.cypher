// In which organisations people have a role, those they have on $as_of before those they had. One row a person.
UNWIND $ids AS id
MATCH (s:Subject {id: id})-[e:$$TYPES$$]->(o:Subject)
WITH s, o, type(e) AS relation, CASE WHEN e.until IS NULL OR e.until > $as_of THEN 0 ELSE 1 END AS over
ORDER BY over, o.name, o.id
RETURN s.id AS id, collect({over: over, relation: relation, id: o.id, name: o.name})[0..$most] AS found

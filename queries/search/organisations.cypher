// In which organisations people have a role: those they have on $as_of first (0), then those they had (1), last those
// they are to have (2). One row a person.
UNWIND $ids AS id
MATCH (s:Subject {id: id})-[e:$$TYPES$$]->(o:Subject)
WITH s, o, e, type(e) AS relation,
     CASE WHEN coalesce(e.until, '9999-99-99') <= $as_of THEN 1 WHEN coalesce(e.since, '') > $as_of THEN 2 ELSE 0 END AS stage
ORDER BY stage, coalesce(e.until, '9999-99-99') DESC, o.name, o.id
RETURN s.id AS id,
       collect({stage: stage, relation: relation, id: o.id, name: o.name, since: e.since, until: e.until})[0..$most] AS found

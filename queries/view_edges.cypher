// The relations of every subject of $frontier to subjects of $wanted ({id: true}). One row a relation and subject of
// $frontier at its end. $ended: also those not in force on $as_of.
// At most $most rows.
UNWIND $frontier AS id
MATCH (n:Subject {id: id})-[e:$$TYPES$$]-(m:Subject)
WHERE $wanted[m.id] AND ($ended OR (coalesce(e.since, '') <= $as_of AND coalesce(e.until, '9999-99-99') > $as_of))
WITH e LIMIT $most
RETURN elementId(e) AS key, type(e) AS type, startNode(e).id AS source, endNode(e).id AS target, properties(e) AS edge

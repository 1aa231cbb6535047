// Bearers of a name, with the organisations and contacts each is joined to.
UNWIND $keys AS key
MATCH (s:Subject {name_key: key})
OPTIONAL MATCH (s)-[r]->(o:Subject) WHERE o.kind <> 'person'
WITH key, s, collect(DISTINCT o.id) AS organisations
OPTIONAL MATCH (s)-[:CONTACT]->(c:Contact)
RETURN key, s.id AS id, s.kind AS kind, s.id_number AS number, organisations, collect(DISTINCT c.id) AS contacts

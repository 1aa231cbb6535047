// The contacts the subjects of $ids gave, of these kinds. One row a contact and subject.
UNWIND $ids AS id
MATCH (n:Subject {id: id})-[e:CONTACT]->(c:Contact)
WHERE c.kind IN $kinds AND (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of)
RETURN id, c.id AS contact, c.kind AS kind, c.value AS value, e.record AS record
LIMIT $most

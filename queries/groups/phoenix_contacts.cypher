// Contacts that both of each of $pairs ([number, id, id]) give on $as_of. One row for each.
UNWIND $pairs AS pair
MATCH (a:Subject {id: pair[1]})-[x:CONTACT]->(c:Contact)
WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of)
MATCH (b:Subject {id: pair[2]})-[y:CONTACT]->(d:Contact)
WHERE d.id = c.id AND (y.since IS NULL OR y.since <= $as_of) AND (y.until IS NULL OR y.until > $as_of)
RETURN DISTINCT pair[0] AS number, c.id AS contact, c.kind AS kind, c.value AS value

// Everything held of these listings, and whose they are.
UNWIND $keys AS key
MATCH (l:Listing {id: key})
OPTIONAL MATCH (s:Subject)-[:LISTED]->(l)
RETURN l.id AS id, properties(l) AS props, s.id AS subject

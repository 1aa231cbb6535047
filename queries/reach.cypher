// Whom a listing lists. One row a subject.
MATCH (s:Subject)-[:LISTED]->(l:Listing {id: $listing})
RETURN s.id AS subject, properties(l) AS props
ORDER BY s.id

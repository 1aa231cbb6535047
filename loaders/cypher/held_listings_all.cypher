// All listings of one source.
MATCH (l:Listing) WHERE l.origin = $origin
OPTIONAL MATCH (s:Subject)-[:LISTED]->(l)
RETURN l.id AS id, properties(l) AS props, s.id AS subject

// Every link of one type from a subject to an entry or a contact.
MATCH (a:Subject)-[r:$$TYPE$$]->(b) RETURN a.id AS a, b.id AS b, properties(r) AS props

// Every link of one type from a subject to an entry or a contact.
MATCH (n:Subject)-[r:$$TYPE$$]->(b)
RETURN n.id, b.id, properties(r)

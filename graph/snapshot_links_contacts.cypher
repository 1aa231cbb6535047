// Every link of one type from a subject to a contact, begun at the contacts as those to entries are there.
MATCH (b:Contact)<-[r:$$TYPE$$]-(n:Subject)
RETURN n.id, b.id, properties(r)

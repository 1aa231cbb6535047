// Every link of one type from a subject to an entry. Begun at the entries: there are far fewer of them than of
// subjects, most of which have no such link.
MATCH (b:Listing)<-[r:$$TYPE$$]-(n:Subject)
RETURN n.id, b.id, properties(r)

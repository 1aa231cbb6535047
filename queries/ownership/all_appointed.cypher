// All directors on $as_of whose title says that somebody appointed them (委派). One row a relation.
MATCH (n:Subject)<-[d:DIRECTOR]-(p:Subject)
WHERE d.title CONTAINS '委派' AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
RETURN n.id AS id, [p.id, d.record, d.since, d.until, d.title, d.seen_on] AS told

// Everybody who acts in concert with somebody on $as_of. One row a relation, from its first subject.
MATCH (n:Subject)-[c:CONCERT]->(m:Subject)
WHERE (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
RETURN n.id AS id, [m.id, c.record, c.since, c.until, c.title, true] AS told

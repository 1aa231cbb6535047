// All guarantees in force on $as_of, up to $most of them.
MATCH (a:Subject)-[e:GUARANTEES]->(b:Subject)
WHERE (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of)
RETURN a.id AS guarantor,
       [b.id, e.title, e.since, e.until, e.seen_on, e.record, e.amount] AS found
LIMIT $most

// How many sit on the boards of organisations on $as_of. One row an organisation.
UNWIND $ids AS id
MATCH (n:Subject {id: id})<-[d:DIRECTOR]-(p:Subject)
WHERE (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
RETURN n.id AS id, count(DISTINCT p.id) AS seats

// The contacts of every subject of $frontier ({id, through}). One row for each; `conducts` is the subject's.
UNWIND $frontier AS f
MATCH (n:Subject {id: f.id})-[e:CONTACT]->(c:Contact)
WHERE (e.since IS NULL OR e.since <= $last) AND (e.until IS NULL OR e.until > $first)
RETURN n.id AS id, coalesce(n.conducts, n.kind <> 'government', true) AS conducts,
       c.id AS contact, c.kind AS kind, c.value AS value,
       e.since AS since, e.until AS until, e.record AS record

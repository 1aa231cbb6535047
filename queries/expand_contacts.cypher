// The contacts a subject gave, first those given by fewest: at most $most, each with how many give it on $as_of.
MATCH (s:Subject {id: $id})-[e:CONTACT]->(c:Contact)
RETURN s.id AS id, c.id AS contact, c.kind AS kind, c.value AS value,
       e.since AS since, e.until AS until, e.record AS record,
       COUNT { (c)<-[x:CONTACT]-(:Subject)
               WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) } AS degree
ORDER BY degree, contact
LIMIT $most

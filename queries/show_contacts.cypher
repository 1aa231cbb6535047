// The contacts a subject gave, each with how many other subjects give it too on $as_of. One row a contact.
MATCH (s:Subject {id: $id})-[e:CONTACT]->(c:Contact)
RETURN c.kind AS kind, c.value AS value, e.since AS since, e.until AS until, e.record AS record,
       COUNT { (c)<-[x:CONTACT]-(:Subject)
               WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) } AS given
ORDER BY kind, value, record
LIMIT $most

// How many subjects gave each of these contacts. One row a contact.
UNWIND $contacts AS contact
MATCH (c:Contact {id: contact})<-[e:CONTACT]-(n:Subject)
WHERE (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of)
RETURN contact, count(DISTINCT n.id) AS degree

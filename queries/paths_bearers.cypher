// Who gave these contacts: how many, and, up to the cap, who. One row a contact.
UNWIND $contacts AS contact
MATCH (c:Contact {id: contact})<-[e:CONTACT]-(m:Subject)
WHERE (e.since IS NULL OR e.since <= $last) AND (e.until IS NULL OR e.until > $first)
WITH contact, count(e) AS degree, collect([m.id, e.since, e.until, e.record]) AS bearers
RETURN contact, degree, CASE WHEN degree > $cap AND NOT $through THEN [] ELSE bearers END AS bearers

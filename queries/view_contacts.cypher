// How many gave each of these contacts on $as_of. One row a contact.
UNWIND $contacts AS contact
MATCH (c:Contact {id: contact})
RETURN contact, COUNT { (c)<-[x:CONTACT]-(:Subject)
                        WHERE (x.since IS NULL OR x.since <= $as_of) AND (x.until IS NULL OR x.until > $as_of) } AS degree

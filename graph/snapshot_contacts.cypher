// Every address, phone and other contact.
MATCH (n:Contact) RETURN properties(n) AS props

// Every subject, with what tells whether risk passes through it.
MATCH (n:Subject) RETURN n.id AS id, n.conducts AS conducts, n.kind AS kind

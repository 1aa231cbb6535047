// How many relations subjects have, in force or not. One row a subject there is.
UNWIND $ids AS id
MATCH (n:Subject {id: id})
RETURN n.id AS id, COUNT { (n)-[:$$TYPES$$]-() } AS degree

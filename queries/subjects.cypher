// Subjects by id. One row a subject.
UNWIND $ids AS id
MATCH (s:Subject {id: id})
RETURN properties(s) AS props

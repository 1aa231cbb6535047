// Subjects only this source knew, and the other names and ids they had.
UNWIND $ids AS id
MATCH (s:Subject {id: id})
DETACH DELETE s

// Subjects that some other source's relation or listing hangs on; links made by identity alone do not count.
UNWIND $keys AS key
MATCH (s:Subject {id: key})-[r:$$TYPES$$]-()
WHERE r.origin <> 'xinmai:identity'
RETURN DISTINCT s.id AS id

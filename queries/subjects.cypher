// Subjects by id ($keys: {id, own}), where `own` with all entries they are listed with. One row a subject.
UNWIND $keys AS key
MATCH (s:Subject {id: key.id})
RETURN properties(s) AS props,
       CASE WHEN key.own THEN [(s)-[:LISTED]->(l:Listing) | properties(l)] ELSE [] END AS entries

// The entries that list these subjects, in force or not. One row for each.
UNWIND $ids AS id
MATCH (n:Subject {id: id})-[:LISTED]->(l:Listing)
RETURN n.id AS id, properties(l) AS entry
ORDER BY id, l.list, l.id

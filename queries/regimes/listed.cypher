// Entries on the lists of $lists of the subjects of $ids. One row an entry.
UNWIND $ids AS id
MATCH (s:Subject {id: id})-[:LISTED]->(l:Listing)
WHERE l.list IN $lists
RETURN id, properties(l) AS entry

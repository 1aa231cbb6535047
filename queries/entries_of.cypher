// All entries each of these subjects is listed with, over or not. One row a subject.
UNWIND $ids AS id
MATCH (s:Subject {id: id})
OPTIONAL MATCH (s)-[:LISTED]->(l:Listing)
RETURN s.id AS id, collect(properties(l)) AS entries

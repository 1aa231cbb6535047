// The entries a subject is listed with, named in or exempt from. One row for each.
MATCH (s:Subject {id: $id})-[e:$$TYPES$$]->(l:Listing)
RETURN type(e) AS type, properties(e) AS edge, properties(l) AS entry
ORDER BY l.list, l.id

// A listing that turned out to be another subject's loses its old holder first.
UNWIND $rows AS row
MATCH (:Subject)-[r:LISTED]->(l:Listing {id: row.id})
DELETE r

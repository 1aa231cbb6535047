// What the graph says now of subjects that may be suggested, and the entries they are listed with. One row a subject.
UNWIND $ids AS id
MATCH (s:Subject {id: id})
RETURN s {.id, .kind, .form, .name, .uscc, .id_number, .status} AS subject,
       [(s)-[:LISTED]->(l:Listing) | l {.list, .listed_on, .removed_on, .expires_on, .events}] AS entries

UNWIND $rows AS row
MATCH (a:Subject {id: row.of}) MATCH (l:Listing {id: row.listing})
CREATE (a)-[r:EXEMPT_FROM]->(l) SET r = row.props

UNWIND $rows AS row
MATCH (a:Subject {id: row.of}) MATCH (l:Listing {id: row.listing})
CREATE (a)-[r:NAMED_IN]->(l) SET r = row.props

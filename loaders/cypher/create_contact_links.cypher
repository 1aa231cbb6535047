UNWIND $rows AS row
MATCH (a:Subject {id: row.a}) MATCH (b:Contact {id: row.b})
CREATE (a)-[r:CONTACT]->(b) SET r = row.props

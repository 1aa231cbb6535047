UNWIND $rows AS row
MATCH (a:Subject {id: row.a}) MATCH (b:Subject {id: row.b})
CREATE (a)-[r:$$TYPE$$]->(b) SET r = row.props

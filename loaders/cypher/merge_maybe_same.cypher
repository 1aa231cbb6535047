UNWIND $rows AS row
MATCH (a:Subject {id: row.a}) MATCH (b:Subject {id: row.b})
MERGE (a)-[r:MAYBE_SAME]->(b) SET r = row.props

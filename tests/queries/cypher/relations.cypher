UNWIND $rows AS row
MATCH (a:Subject {id: row.source}) MATCH (b:Subject {id: row.target})
CREATE (a)-[r:$$TYPE$$]->(b) SET r = row.props

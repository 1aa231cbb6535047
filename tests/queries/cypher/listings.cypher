UNWIND $rows AS row
MATCH (a:Subject {id: row.of})
MERGE (l:Listing {id: row.props.id})
SET l = row.props
CREATE (a)-[:LISTED {origin: 'test'}]->(l)

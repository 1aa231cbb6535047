UNWIND $rows AS row
MATCH (a:Subject {id: row.of})
MERGE (c:Contact {id: row.props.id})
SET c.kind = row.props.kind, c.value = row.props.value
CREATE (a)-[r:CONTACT]->(c)
SET r.since = row.props.since, r.until = row.props.until, r.record = row.props.record

// LISTED, NAMED_IN, EXEMPT_FROM: from a subject to a listing.
UNWIND $rows AS row
MATCH (a:Subject {id: row.a}) MATCH (b:Listing {id: row.b})
CREATE (a)-[r:$$TYPE$$]->(b) SET r = row.props

// Relationships of a dump, all of one type, between nodes made just before. The type is not a value of the row:
// Neo4j 5.26 takes that of another row then.
UNWIND $rows AS row
MATCH (a) WHERE elementId(a) = row.first
MATCH (b) WHERE elementId(b) = row.second
CREATE (a)-[r:$$TYPE$$]->(b) SET r = row.properties

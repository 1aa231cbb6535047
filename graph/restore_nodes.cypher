// Nodes of a dump, all of one label, and where each now is. A label by value: Neo4j 5.26.
UNWIND $rows AS row CREATE (n:$($label)) SET n = row.properties RETURN row.key AS key, elementId(n) AS now

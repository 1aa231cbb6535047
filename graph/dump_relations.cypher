// Every relationship, with the keys of its ends.
MATCH (a)-[r]->(b) RETURN type(r) AS type, elementId(a) AS first, elementId(b) AS second, properties(r) AS properties

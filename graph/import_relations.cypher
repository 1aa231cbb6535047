// Every relationship, with label and lasting key of both ends: a source has a name, everything else an id.
MATCH (a)-[r]->(b)
RETURN type(r) AS type, labels(a) AS first_labels, coalesce(a.id, a.name) AS first,
       labels(b) AS second_labels, coalesce(b.id, b.name) AS second, properties(r) AS properties

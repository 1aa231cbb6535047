// Every node, for files that a server imports.
MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties

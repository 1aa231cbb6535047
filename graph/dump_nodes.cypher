// Every node, with a key that holds within this transaction.
MATCH (n) RETURN elementId(n) AS key, labels(n) AS labels, properties(n) AS properties

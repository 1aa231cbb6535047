// Every entry of a list.
MATCH (n:Listing) RETURN properties(n) AS props

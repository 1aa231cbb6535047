// How many subjects there are.
MATCH (n:Subject) RETURN count(n) AS count

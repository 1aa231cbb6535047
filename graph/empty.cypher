// Take away some of what is there; said again until nothing is left.
MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(*) AS gone

// How many investigations there are.
MATCH (i:Investigation)
RETURN count(i) AS investigations

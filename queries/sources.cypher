// Everything known of the sources loaded.
MATCH (s:Source)
RETURN properties(s) AS props
ORDER BY s.name

MATCH (s:Source {name: $name}) RETURN properties(s) AS props

MATCH (s:Source {name: $name}) DELETE s

// Subjects with that unified social credit code, right or wrong in its check digit.
MATCH (s:Subject {uscc: $key})
RETURN properties(s) AS props
ORDER BY s.id LIMIT $most

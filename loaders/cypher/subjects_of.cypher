// Subjects one source spoke of.
MATCH (s:Subject) WHERE $origin IN s.sources
RETURN s.id AS id, properties(s) AS props

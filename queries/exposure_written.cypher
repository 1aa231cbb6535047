// Subjects that carry derived values of some day.
MATCH (s:Subject) WHERE s.exposure_as_of IS NOT NULL
RETURN s.id AS id

// Days on which relations of the subjects of $ids begin or end, after $first and up to $last. One row a day.
UNWIND $ids AS id
MATCH (n:Subject {id: id})-[r:$$TYPES$$]-(:Subject)
WHERE (r.until > $first AND r.until <= $last) OR (r.since > $first AND r.since <= $last)
RETURN DISTINCT r.since AS since, r.until AS until
LIMIT $most

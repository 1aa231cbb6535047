// Who heads or runs an organisation on $as_of. One row a relation.
MATCH (o:Subject {id: $id})<-[r:$$TYPES$$]-(p:Subject)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
RETURN type(r) AS type, properties(r) AS props, p {.id, .kind, .form, .name, .uscc, .id_number, .status} AS person
ORDER BY p.id LIMIT 200

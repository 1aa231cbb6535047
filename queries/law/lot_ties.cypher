// Who heads, holds, runs or serves the subjects of $ids on $as_of. One row a relation.
UNWIND $ids AS id
MATCH (o:Subject {id: id})<-[r:$$TYPES$$]-(p:Subject)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
RETURN id, type(r) AS type, properties(r) AS props, coalesce(p.conducts, p.kind <> 'government', true) AS conducts,
       p {.id, .kind, .form, .name, .uscc, .id_type, .id_number, .status} AS holder
LIMIT $most

// Who acts in concert with the subjects of $ids on $as_of. One row a relation, from the side of each end in $ids.
UNWIND $ids AS id
MATCH (a:Subject {id: id})-[r:CONCERT]-(p:Subject)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
RETURN id, p.id AS partner, startNode(r).id AS source, endNode(r).id AS target, properties(r) AS props,
       p {.id, .kind, .form, .name, .uscc, .id_type, .id_number, .status} AS subject
LIMIT $most

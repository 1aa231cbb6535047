// Relations that end at the subjects of $ids and hold on $as_of. One row a relation.
UNWIND $ids AS id
MATCH (n:Subject {id: id})<-[r:$$TYPES$$]-(o:Subject)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
RETURN id, false AS onward, type(r) AS type, properties(r) AS props,
       o {.id, .kind, .form, .name, .uscc, .id_number, .id_type, .status, .conducts, .state_owned, .sector} AS other
LIMIT $most

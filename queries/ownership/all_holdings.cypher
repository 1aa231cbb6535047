// All stakes, declared control and partners on $as_of. One row a relation, in the order of `holdings.cypher`.
MATCH (n:Subject)<-[r:$$TYPES$$]-(h:Subject)
WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
RETURN n.id AS id, [h.id, type(r), r.ratio, r.ratio_min, r.ratio_max, r.votes, r.income,
       r.title, r.since, r.until, r.seen_on, r.record, r.origin] AS told

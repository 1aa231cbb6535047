// Every relation between subjects that leaves a subject past an id, in the order of `snapshot_build`.
MATCH (n:Subject) WHERE n.id > $after
MATCH (n)-[r:$$TYPES$$]->(b:Subject)
RETURN type(r), n.id, b.id, r.ratio, r.ratio_min, r.ratio_max, r.votes, r.income, r.amount, r.kin, r.title, r.since,
       r.until, r.seen_on, r.record, r.origin

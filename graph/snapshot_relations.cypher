// Every relation of one type between subjects, in the order of `snapshot_build`.
MATCH (a:Subject)-[r:$$TYPE$$]->(b:Subject)
RETURN a.id, b.id, r.ratio, r.ratio_min, r.ratio_max, r.votes, r.income, r.amount, r.kin, r.title, r.since, r.until,
       r.seen_on, r.record, r.origin

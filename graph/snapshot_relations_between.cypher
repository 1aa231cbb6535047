// The same of those that leave the subjects between two ids, as one list.
MATCH (n:Subject) WHERE n.id > $after AND n.id <= $upto
MATCH (n)-[r:$$TYPES$$]->(b:Subject)
RETURN collect([type(r), n.id, b.id, r.ratio, r.ratio_min, r.ratio_max, r.votes, r.income, r.amount, r.kin, r.title,
                r.since, r.until, r.seen_on, r.record, r.origin])

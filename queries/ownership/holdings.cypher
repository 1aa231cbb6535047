// Subjects with what stands above them on $as_of: stakes, declared control, partners. One row a subject.
// `into`: [holder, type, ratio, ratio_min, ratio_max, votes, income, title, since, until, seen_on, record, origin];
// `out`: what it holds, asked for with $down; `concert`: with whom it acts in concert; `appointed`: directors whose
// title says that somebody appointed them (委派).
UNWIND $ids AS id
MATCH (n:Subject {id: id})
RETURN n {.id, .kind, .form, .name, .uscc, .id_number, .id_type, .status, .conducts, .state_owned, .established} AS props,
       [(n)<-[r:$$TYPES$$]-(h:Subject)
        WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of)
        | [h.id, type(r), r.ratio, r.ratio_min, r.ratio_max, r.votes, r.income,
           r.title, r.since, r.until, r.seen_on, r.record, r.origin]] AS into,
       CASE WHEN $down THEN
         [(n)-[r:$$TYPES$$]->(o:Subject)
          WHERE (r.since IS NULL OR r.since <= $as_of) AND (r.until IS NULL OR r.until > $as_of) | o.id]
       ELSE [] END AS out,
       [(n)-[c:CONCERT]-(m:Subject)
        WHERE (c.since IS NULL OR c.since <= $as_of) AND (c.until IS NULL OR c.until > $as_of)
        | [m.id, c.record, c.since, c.until, c.title, startNode(c) = n]] AS concert,
       [(n)<-[d:DIRECTOR]-(p:Subject)
        WHERE d.title CONTAINS '委派'
          AND (d.since IS NULL OR d.since <= $as_of) AND (d.until IS NULL OR d.until > $as_of)
        | [p.id, d.record, d.since, d.until, d.title, d.seen_on]] AS appointed

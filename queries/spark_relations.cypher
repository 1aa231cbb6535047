// Every relation of one type between subjects.
MATCH (a:Subject)-[r:$$TYPE$$]->(b:Subject)
RETURN a.id AS source, b.id AS target, type(r) AS type, r.ratio AS ratio, r.since AS since, r.until AS until

// One edge is told by its source, its ends, what distinguishes it (kin, title, since, role) and its turn.
UNWIND $rows AS row
MATCH (a:Subject {id: row.a})-[r:$$TYPE$$]->(b)
WHERE b.id = row.b AND r.origin = $origin AND coalesce(r.kin, '') = row.kin AND coalesce(r.title, '') = row.title
  AND coalesce(r.since, '') = row.since AND coalesce(r.role, '') = row.role AND coalesce(r.n, 0) = row.n
SET r += row.props

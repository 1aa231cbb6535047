// Identity decisions, newest first; $ids null: all of them, else those that name one of these.
MATCH (d:Decision)
WHERE $ids IS NULL OR d.a IN $ids OR d.b IN $ids
RETURN d.a AS a, d.b AS b, d.verdict AS verdict, d.reason AS reason, d.at AS at
ORDER BY at DESC, a, b SKIP $skip LIMIT $most

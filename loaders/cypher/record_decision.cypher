MERGE (d:Decision {id: $id})
SET d.a = $a, d.b = $b, d.verdict = $verdict, d.reason = $reason, d.at = $at, d.kept = $kept, d.mark = $mark

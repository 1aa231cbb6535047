MATCH (d:Decision {id: $id})
RETURN d.a AS a, d.b AS b, d.verdict AS verdict, d.reason AS reason, d.at AS at, d.kept AS kept

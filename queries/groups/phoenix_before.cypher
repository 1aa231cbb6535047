// Listed organisations that people who now run $id held a post or a share in. One row a role here, role there and entry;
// what was held when is judged by the reader. At most $most rows.
MATCH (n:Subject {id: $id})<-[here:$$HEADS$$]-(p:Subject)-[there:$$ROLES$$]->(o:Subject)-[:LISTED]->(l:Listing)
WHERE p.kind = 'person' AND o.id <> $id AND l.list IN $lists
  AND (here.since IS NULL OR here.since <= $as_of) AND (here.until IS NULL OR here.until > $as_of)
  AND (there.since IS NULL OR there.since <= $as_of)
RETURN p.id AS person, type(here) AS new_type, properties(here) AS new_role, n.established AS established,
       o.id AS other, type(there) AS old_type, properties(there) AS old_role, properties(l) AS entry
LIMIT $most

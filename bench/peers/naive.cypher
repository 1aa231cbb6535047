// Exposure as it is written at first: every way of up to three relations to a listed subject, weighed when it is found.
// $keeps as in the staged statement; $stopped: subjects not walked through, worked out in advance.
MATCH p = (s:Subject {id: $id})-[:$$TYPES$$*1..3]-(m:Subject)
WHERE all(e IN relationships(p)
          WHERE (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of))
  AND none(i IN range(1, length(p) - 1) WHERE nodes(p)[i].id IN $stopped)
  AND none(i IN range(1, length(p)) WHERE nodes(p)[i].id = $id)
MATCH (m)-[:LISTED]->(l:Listing)
WHERE l.list IN $lists
  AND (l.listed_on IS NULL OR l.listed_on <= $as_of) AND (l.removed_on IS NULL OR l.removed_on > $over)
  AND (l.expires_on IS NULL OR l.expires_on >= $over)
WITH l, [n IN nodes(p) | n.id] AS path,
     [i IN range(0, length(p) - 1) |
      [type(relationships(p)[i]), relationships(p)[i].ratio, startNode(relationships(p)[i]).id = nodes(p)[i].id]] AS steps
WITH l, path,
     [e IN steps |
      [CASE WHEN e[1] IS NULL OR $keeps[e[0]].bands IS NULL THEN $keeps[e[0]].none
            ELSE coalesce(head([b IN $keeps[e[0]].bands WHERE b[0] <= e[1]]), [0.0, 0.0, 0.0]) END, e[2]]] AS rows
WITH l, path, reduce(w = 1.0, r IN rows | w * CASE WHEN r[1] THEN r[0][1] ELSE r[0][2] END) AS weight
WHERE weight >= $floor
RETURN l.id AS id, l.list AS list, l.tier AS tier, path, weight

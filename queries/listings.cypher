// Entries in force, newest first, with whom they list. $list, $region, $since: null for any.
// $over: the day by which an entry that has ended is not shown.
MATCH (s:Subject)-[:LISTED]->(l:Listing)
WHERE ($list IS NULL OR l.list = $list)
  AND ($since IS NULL OR l.listed_on >= $since)
  AND ($region IS NULL OR s.region STARTS WITH $region)
  AND (l.listed_on IS NULL OR l.listed_on <= $as_of)
  AND (l.removed_on IS NULL OR l.removed_on > $over)
  AND (l.expires_on IS NULL OR l.expires_on >= $over)
  AND coalesce(split(last([x IN l.events WHERE substring(x, 0, 10) <= $as_of]), ' ')[1], '') <> 'suspended'
RETURN properties(l) AS entry, s {.id, .kind, .form, .name, .uscc, .id_number, .status} AS subject
ORDER BY coalesce(l.listed_on, '') DESC, l.id, s.id
SKIP $skip LIMIT $most

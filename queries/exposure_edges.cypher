// All carrying relations in force between two neighbours on a way ($pairs: {n, from, to, onward: whether the way
// goes on from {from} to {to}}), with what each lets through on that way; $keeps as in `exposure`, for a search
// towards the listed subject. One row a relation. Looked for from {from}, which is no hub unless both may be.
UNWIND $pairs AS pair
MATCH (n:Subject {id: pair.from})
MATCH (n)-[e:$$TYPES$$]-(m:Subject)
WHERE m.id = pair.to
  AND (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of)
WITH pair, e, startNode(e) = n AS along, $keeps[type(e)] AS k
WITH pair, e, along,
     CASE WHEN e.ratio IS NULL OR k.bands IS NULL THEN k.none
          ELSE head([b IN k.bands WHERE b[0] <= e.ratio]) END AS row
WHERE row IS NOT NULL
RETURN pair.n AS n, type(e) AS type, along,
       CASE WHEN along = pair.onward THEN row[1] ELSE row[2] END AS weight, properties(e) AS props

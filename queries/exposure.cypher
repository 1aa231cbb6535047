// One hop from every subject of $frontier ([id, the product so far]).
//
// $keeps, by relation type: `none` and the rows of `bands` are [min_ratio, weight along, weight against the way the
// relation is stored], as seen by a search that walks from {id}; `bands`, of rated types only, has the largest
// min_ratio first; `twice` names a type that counts once though stored twice, else it is null.
// Relations that pass nothing either way are none at all.
//
// One row a subject: its degree (relations), why nothing goes through it ('' if it does; nothing stops at the $ends
// of a search), and the neighbours that keep the product at $floor or above, each with the largest weight of a
// relation to it (`others`, `passing`), on the $last hop only those listed; `listed`: [id, listings in force] of
// those that are. $seek: whether listings are asked for; $over: the day by which a listing that has ended counts
// no more. Two lists of plain values instead of one of pairs: half the time goes into carrying them over.
UNWIND $frontier AS f
MATCH (n:Subject {id: f[0]})-[e:$$TYPES$$]-(m:Subject)
WHERE (e.since IS NULL OR e.since <= $as_of) AND (e.until IS NULL OR e.until > $as_of)
WITH f, n, m, startNode(e) = n AS along, e.ratio AS ratio, $keeps[type(e)] AS k
WITH f, n, m, along, k.twice AS twice,
     CASE WHEN ratio IS NULL OR k.bands IS NULL THEN k.none ELSE head([b IN k.bands WHERE b[0] <= ratio]) END AS row
WHERE row[1] > 0 OR row[2] > 0
WITH f, n, m,
     count(CASE WHEN twice IS NULL THEN 1 END) + count(DISTINCT twice) AS relations,
     max(CASE WHEN along THEN row[1] ELSE row[2] END) AS weight
WITH f, n, m, relations, weight,
     CASE WHEN $seek AND weight * f[1] >= $floor THEN
       [(m)-[:LISTED]->(l:Listing)
        WHERE l.list IN $lists
          AND (l.listed_on IS NULL OR l.listed_on <= $as_of)
          AND (l.removed_on IS NULL OR l.removed_on > $over)
          AND (l.expires_on IS NULL OR l.expires_on >= $over)
          AND coalesce(split(last([x IN l.events WHERE substring(x, 0, 10) <= $as_of]), ' ')[1], '') <> 'suspended'
        | [l.id, l.list, l.tier]]
     ELSE [] END AS listings
WITH f, n, m, relations, weight, listings, weight * f[1] >= $floor AND (NOT $last OR size(listings) > 0) AS counts
WITH n.id AS id, coalesce(n.conducts, n.kind <> 'government', true) AS conducts,
     sum(relations) AS degree,
     collect(CASE WHEN counts THEN m.id END) AS others,
     collect(CASE WHEN counts THEN weight END) AS passing,
     collect(CASE WHEN size(listings) > 0 THEN [m.id, listings] END) AS listed
WITH id, degree, others, passing, listed,
     CASE WHEN NOT conducts THEN 'conducts' WHEN degree > $cap THEN 'fanout' ELSE '' END AS stop
WITH id, degree, others, passing, listed, stop, stop = '' OR $ends AS open
RETURN id, degree, stop,
       CASE WHEN open THEN others ELSE [] END AS others,
       CASE WHEN open THEN passing ELSE [] END AS passing,
       CASE WHEN open THEN listed ELSE [] END AS listed

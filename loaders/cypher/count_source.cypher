// What the graph now holds of one source.
OPTIONAL MATCH (s:Subject) WHERE $origin IN s.sources
WITH count(s) AS subjects
OPTIONAL MATCH (l:Listing) WHERE l.origin = $origin
WITH subjects, count(l) AS listings
OPTIONAL MATCH (:Subject)-[r]->(:Subject) WHERE r.origin = $origin
RETURN subjects, listings, count(r) AS relations

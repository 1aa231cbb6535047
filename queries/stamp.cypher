// What changes whenever the graph does: of each source how and when it was loaded last and what it holds, and of
// the identity decisions how many there are and when the last was made.
OPTIONAL MATCH (d:Decision)
WITH count(d) AS decisions, max(d.at) AS decided
OPTIONAL MATCH (s:Source)
WITH decisions, decided, s ORDER BY s.name
RETURN decisions, decided,
       collect([s.name, s.loaded_at, s.snapshot, s.subjects, s.relations, s.listings]) AS sources

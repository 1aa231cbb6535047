// What changes whenever the graph does: of each source the mark its last load left and what it holds, and the marks
// of the identity decisions.
OPTIONAL MATCH (d:Decision)
WITH d ORDER BY d.id
WITH collect([d.id, d.at, d.mark]) AS decisions
OPTIONAL MATCH (s:Source)
WITH decisions, s ORDER BY s.name
RETURN decisions,
       collect([s.name, s.mark, s.loaded_at, s.snapshot, s.subjects, s.relations, s.listings]) AS sources

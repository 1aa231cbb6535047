// Subjects by an id that was given up when they turned out to be a subject already known.
UNWIND $keys AS key
MATCH (a:Alias {key: key}) WHERE a.kind = 'id'
MATCH (s:Subject {id: a.subject})
RETURN key AS key, s.id AS id, s.name AS name, s.kind AS kind, s.form AS form, s.uscc AS uscc, s.reg_no AS reg_no,
       s.id_type AS id_type, s.id_number AS id_number, s.aliases AS aliases, s.sources AS sources, coalesce(s.named_only, false) AS named_only

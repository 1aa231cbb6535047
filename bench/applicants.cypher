// What a sheet would say of the subjects of $ids. One row a subject.
UNWIND $ids AS id
MATCH (s:Subject {id: id})
RETURN s.kind AS kind, s.name AS name, s.uscc AS uscc, s.id_number AS number

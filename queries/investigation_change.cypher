// Change an investigation that still has $version. Writing the id first makes others wait, so that of two that have
// read the same version only one finds it.
MATCH (i:Investigation {id: $id})
SET i.id = $id
WITH i WHERE i.version = $version
SET i.name = $name, i.note = $note, i.view = $view, i.changed_at = $now, i.version = i.version + 1
RETURN i.version AS version

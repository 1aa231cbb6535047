// One investigation.
MATCH (i:Investigation {id: $id})
RETURN i.id AS id, i.name AS name, i.note AS note, i.created_at AS created_at, i.changed_at AS changed_at,
       i.version AS version, i.view AS view

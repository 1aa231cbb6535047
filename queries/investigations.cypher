// All investigations without their views, last changed first.
MATCH (i:Investigation)
RETURN i.id AS id, i.name AS name, i.note AS note, i.created_at AS created_at, i.changed_at AS changed_at,
       i.version AS version
ORDER BY changed_at DESC, id
LIMIT $most

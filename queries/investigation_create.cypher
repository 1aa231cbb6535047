// A new investigation.
CREATE (i:Investigation)
SET i = $facts
RETURN i.id AS id

// Every subject past an id, with the properties a snapshot keeps, in the order of `snapshot_build`.
MATCH (n:Subject) WHERE n.id > $after
RETURN n.id, n.kind, n.form, n.name, n.uscc, n.id_type, n.id_number, n.status, n.sector, n.state_owned,
       n.established, n.conducts

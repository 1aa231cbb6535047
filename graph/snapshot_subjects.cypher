// Every subject with the properties a snapshot keeps, in the order of `snapshot_build`.
MATCH (n:Subject)
RETURN n.id, n.kind, n.form, n.name, n.uscc, n.id_type, n.id_number, n.status, n.sector, n.state_owned,
       n.established, n.conducts

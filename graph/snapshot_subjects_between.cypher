// The same of the subjects between two ids, as one list: what a row costs is carrying it over by itself.
MATCH (n:Subject) WHERE n.id > $after AND n.id <= $upto
RETURN collect([n.id, n.kind, n.form, n.name, n.uscc, n.id_type, n.id_number, n.status, n.sector, n.state_owned,
                n.established, n.conducts])

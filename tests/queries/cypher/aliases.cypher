UNWIND $rows AS row
CREATE (a:Alias) SET a = row

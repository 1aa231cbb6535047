UNWIND $rows AS row
CREATE (s:Subject) SET s = row

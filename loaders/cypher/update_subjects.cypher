UNWIND $rows AS row
MATCH (s:Subject {id: row.id}) SET s += row

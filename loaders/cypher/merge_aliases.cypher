UNWIND $rows AS row
MERGE (a:Alias {id: row.id}) SET a += row

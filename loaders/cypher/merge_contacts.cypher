UNWIND $rows AS row
MERGE (c:Contact {id: row.id}) SET c += row

UNWIND $rows AS row
MATCH (l:Listing {id: row.id}) SET l += row

UNWIND $rows AS row
CREATE (l:Listing) SET l = row

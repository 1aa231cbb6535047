UNWIND $ids AS id
MATCH (a:Alias {subject: id})
DELETE a

MATCH (x:Alias {subject: $a}) WHERE x.of = $b
SET x.subject = $b, x.of = NULL

// Other names and ids of b now lead to a, and remember where they led.
MATCH (x:Alias {subject: $b})
SET x.subject = $a, x.of = $b

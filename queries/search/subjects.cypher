// Every subject with what it is found by, whether it is or was listed, and how many relations it has. No person's
// number and no contact leaves the graph here.
MATCH (s:Subject)
RETURN s.id AS id, s.name AS name, s.name_key AS key, s.uscc AS uscc, s.reg_no AS reg_no, s.aliases AS aliases,
       EXISTS { (s)-[:LISTED]->(:Listing) } AS listed, COUNT { (s)-[:$$TYPES$$]-(:Subject) } AS degree

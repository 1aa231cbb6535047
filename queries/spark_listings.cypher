// Every entry of a list, with whom it lists.
MATCH (n:Subject)-[:LISTED]->(l:Listing)
RETURN l.id AS id, n.id AS subject, l.list AS list, l.tier AS tier, l.listed_on AS listed_on,
       l.expires_on AS expires_on, l.removed_on AS removed_on, l.events AS events

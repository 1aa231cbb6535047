MATCH (l:Listing) WHERE l.origin = $origin
DETACH DELETE l

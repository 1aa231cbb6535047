// Listings by id. One row a listing.
UNWIND $keys AS key
MATCH (l:Listing {id: key})
RETURN properties(l) AS props

// Listings by id. One row a listing.
UNWIND $ids AS id
MATCH (l:Listing {id: id})
RETURN properties(l) AS props

// Take them away again.
UNWIND $ids AS id
MATCH (s:Subject {id: id})
REMOVE s.exposure_score, s.exposure_hops, s.exposure_listing, s.exposure_as_of, s.exposure_policy

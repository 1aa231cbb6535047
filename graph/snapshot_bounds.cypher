// Ids of a share of the subjects, taken at random: where to cut their ids into parts of about one size.
MATCH (n:Subject) WHERE rand() < $share
RETURN n.id AS id

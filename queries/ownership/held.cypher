// Every subject that somebody holds or controls, whatever the day. One row a subject.
MATCH (n:Subject)<-[:$$TYPES$$]-(:Subject)
RETURN DISTINCT n.id AS id

// Entries of $lists that list a subject of $ids or name it, over or not. One row for each subject and entry;
// `owner` is whom the entry lists.
UNWIND $ids AS id
MATCH (s:Subject {id: id})-[link:LISTED|NAMED_IN]->(l:Listing)
WHERE l.list IN $lists
MATCH (o:Subject)-[:LISTED]->(l)
RETURN id, type(link) AS link, link.role AS role, link.record AS record, properties(l) AS listing, o.name AS owner
ORDER BY id, l.listed_on, l.id, link

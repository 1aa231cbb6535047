// Constraints and indexes of the graph, in the words that Neo4j 5 and ArcadeDB's Bolt have in common.
// One statement a paragraph, each made only where it is missing.

CREATE CONSTRAINT subject_id IF NOT EXISTS FOR (n:Subject) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT listing_id IF NOT EXISTS FOR (n:Listing) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT contact_id IF NOT EXISTS FOR (n:Contact) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT alias_id IF NOT EXISTS FOR (n:Alias) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT source_name IF NOT EXISTS FOR (n:Source) REQUIRE n.name IS UNIQUE;

CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (n:Decision) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT investigation_id IF NOT EXISTS FOR (n:Investigation) REQUIRE n.id IS UNIQUE;

CREATE INDEX subject_uscc IF NOT EXISTS FOR (n:Subject) ON (n.uscc);

CREATE INDEX subject_id_number IF NOT EXISTS FOR (n:Subject) ON (n.id_number);

CREATE INDEX subject_reg_no IF NOT EXISTS FOR (n:Subject) ON (n.reg_no);

CREATE INDEX subject_name_key IF NOT EXISTS FOR (n:Subject) ON (n.name_key);

CREATE INDEX listing_list IF NOT EXISTS FOR (n:Listing) ON (n.list);

CREATE INDEX alias_key IF NOT EXISTS FOR (n:Alias) ON (n.key);

CREATE INDEX alias_subject IF NOT EXISTS FOR (n:Alias) ON (n.subject);

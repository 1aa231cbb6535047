"""The one class that speaks to a database, over the official `neo4j` driver (Bolt)."""

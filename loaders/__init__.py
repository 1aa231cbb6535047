"""Sources become facts, facts become the graph."""

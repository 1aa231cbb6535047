"""Related parties by named regime, and the ownership tests of foreign sanctions. Never one global "related"."""

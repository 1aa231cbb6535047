"""Search while a name is typed: an index beside the graph that knows Chinese names by their parts and sounds."""

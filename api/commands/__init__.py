"""The work of the commands, one module a group; imported only when one of them is asked for."""

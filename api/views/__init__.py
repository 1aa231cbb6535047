"""Answers as people read them in a terminal, one module a group of commands."""

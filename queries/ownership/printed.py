"""Subjects and relations as they are printed."""

from __future__ import annotations

from queries.model import Edge, Json, Subject


class Printed:
    """Makes each once, however many paths and answers it is on; what it gives is not to be changed. Only for
    relations that live as long as it does.
    """

    def __init__(self) -> None:
        self._subjects: dict[str, Json] = {}
        self._edges: dict[int, Json] = {}

    def subject(self, one: Subject) -> Json:
        """SUBJECT of the contract."""
        found = self._subjects.get(one.id)
        return found or self._subjects.setdefault(one.id, one.to_json())

    def edge(self, one: Edge) -> Json:
        """An edge of the contract's PATH."""
        found = self._edges.get(id(one))
        return found or self._edges.setdefault(id(one), one.to_json())

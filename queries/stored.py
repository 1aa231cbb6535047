"""What answers name, read from a store by Cypher."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.store import Store
from queries import steps, subjects
from queries.model import Edge, Subject
from queries.question import Question
from queries.sources import Loaded, loaded
from queries.steps import Pair


class Stored:
    """The facts of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def with_entries(
        self, asked: Iterable[str], named: Iterable[str]
    ) -> tuple[dict[str, Subject], dict[str, list[dict[str, Any]]]]:
        """Subjects by id, and the properties of all entries each of the `asked` is listed with."""
        return subjects.with_entries(self._store, asked, named)

    def entries(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Properties of listings by id."""
        return subjects.entries(self._store, ids)

    def edges(self, question: Question, ways: Iterable[tuple[str, ...]]) -> dict[Pair, Edge]:
        """The edge that counts between each two neighbours on these ways."""
        return steps.edges(self._store, question, ways)

    def sources(self) -> list[Loaded]:
        """What is loaded."""
        return loaded(self._store)

"""What answers name, read from a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from graph.snapshot import Snapshot
from graph.store import Store
from queries.kernel_view import Seen, seen
from queries.model import Edge, Subject
from queries.question import Question
from queries.remembered import Remembered
from queries.sources import Loaded, loaded
from queries.steps import Pair, asked_pairs, smallest

# The sources of a graph are the same as long as its stamp is.
_loaded: Remembered[list[Loaded]] = Remembered(4)


class Snapped:
    """The facts of one snapshot of a store."""

    def __init__(self, store: Store, snapshot: Snapshot) -> None:
        self._store, self._snapshot = store, snapshot
        self._places: dict[str, int] = {}  # one answer names the same few again and again

    def with_entries(
        self, asked: Iterable[str], named: Iterable[str]
    ) -> tuple[dict[str, Subject], dict[str, list[dict[str, Any]]]]:
        """Subjects by id, and the properties of all entries each of the `asked` is listed with; over or not.

        Unknown ids are left out.
        """
        nodes, entries, listed = self._snapshot.subjects, self._snapshot.listings, self._snapshot.listed
        own = dict.fromkeys(asked)
        found = {id: index for id in {**own, **dict.fromkeys(named)} if (index := self._place(id)) >= 0}
        known = {id: Subject.read(nodes.row(index)) for id, index in found.items()}
        rows = {
            id: [entries.row(int(listed.second[r])) for r in listed.leaving(found[id])] for id in own if id in found
        }
        return known, rows

    def entries(self, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Properties of listings by id; unknown ids are left out."""
        table = self._snapshot.listings
        return {id: table.row(index) for id in ids if (index := table.index(id)) >= 0}

    def edges(self, question: Question, ways: Iterable[tuple[str, ...]]) -> dict[Pair, Edge]:
        """The edge that counts between each two neighbours on these ways."""
        look, pairs = seen(self._snapshot, question), asked_pairs(ways)
        return {pair: smallest(_between(look, pair, (self._place(pair[0]), self._place(pair[1])))) for pair in pairs}

    def sources(self) -> list[Loaded]:
        """What is loaded."""
        return _loaded.of(self._store, (), lambda: loaded(self._store), known=self._snapshot.stamp)

    def _place(self, id: str) -> int:
        if id not in self._places:
            self._places[id] = self._snapshot.subjects.index(id)
        return self._places[id]


def _between(look: Seen, pair: Pair, places: tuple[int, int]) -> Iterator[Edge]:
    """All carrying relations in force between two at these places, with what each passes from the first to the
    second.
    """
    table, told = look.snapshot.relations, look.weighing
    here, there = places
    ratios = table.codes("ratio")
    for one, other, ends, passing in ((here, there, pair, told.along), (there, here, pair[::-1], told.against)):
        for row in table.between(one, other):
            cell = int(table.kind[row]), int(ratios[row])
            if look.active[row] and told.carries[cell]:
                weight = float(told.weights[passing[cell]]) if passing[cell] < len(told.weights) else 0.0
                yield Edge.read(table.type(row), (ends[0], ends[1]), table.row(row), weight)

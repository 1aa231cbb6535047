"""What questions of ownership read of a graph: of each subject what stands above it, what it holds, its name.

Asked of the store, or read from a snapshot: the same rows.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graph.cypher import text
from graph.store import Store
from queries.engine import snapshot_for
from queries.ownership.holdings import CONTROLLER
from queries.ownership.stakes import HOLDING_TYPES

if TYPE_CHECKING:
    from graph.columns import Array
    from graph.snapshot import Snapshot

TYPES = (*HOLDING_TYPES, CONTROLLER)
APPOINTED = "委派"  # in the title of a director whom somebody appointed
COLUMNS = (
    "type", "ratio", "ratio_min", "ratio_max", "votes", "income",
    "title", "since", "until", "seen_on", "record", "origin",
)  # fmt: skip
Row = dict[str, Any]


class Rows(ABC):
    """The rows of one day."""

    @abstractmethod
    def holdings(self, ids: Sequence[str], *, down: bool) -> list[Row]:
        """As `holdings.cypher` gives them: {props, into, out, concert, appointed}; what it holds only if `down`."""

    @abstractmethod
    def seats(self, ids: Sequence[str]) -> dict[str, int]:
        """By organisation, how many sit on its board."""

    @abstractmethod
    def names(self, ids: Sequence[str]) -> list[Row]:
        """The properties of subjects; unknown ids are left out."""


class StoredRows(Rows):
    """Asked of the store; `left`: seconds a statement may take."""

    def __init__(self, store: Store, as_of: str, left: Callable[[], int]) -> None:
        self._store, self._as_of, self._left = store, as_of, left

    def holdings(self, ids: Sequence[str], *, down: bool) -> list[Row]:
        """One statement."""
        statement = text("queries.ownership", "holdings", TYPES=TYPES)
        return self._store.read(statement, timeout=self._left(), ids=list(ids), as_of=self._as_of, down=down)

    def seats(self, ids: Sequence[str]) -> dict[str, int]:
        """One statement."""
        rows = self._store.read(text("queries.ownership", "boards"), ids=list(ids), as_of=self._as_of)
        return {row["id"]: row["seats"] for row in rows}

    def names(self, ids: Sequence[str]) -> list[Row]:
        """One statement."""
        return [row["props"] for row in self._store.read(text("queries.ownership", "names"), ids=list(ids))]

    def all(self, name: str, **blanks: Iterable[str]) -> list[Row]:
        """The rows of one of the statements that read everything: {id, told}."""
        return self._store.read(text("queries.ownership", name, **blanks), timeout=self._left(), as_of=self._as_of)


class MappedRows(Rows):
    """Read from a snapshot."""

    def __init__(self, snapshot: Snapshot, as_of: str) -> None:
        import numpy as np  # noqa: PLC0415  # which plain commands do without

        from queries import mapped  # noqa: PLC0415

        self._array = np.array
        self._subjects, self._links = snapshot.subjects, snapshot.relations
        self._mapped, self._days = mapped, (as_of, as_of)
        self._columns = [self._links.column(name) for name in COLUMNS[1:]]
        self._titles = self._links.column("title")
        self._held, self._capital, self._concert, self._director = (
            mapped.kinds(self._links, types) for types in (TYPES, HOLDING_TYPES, ("CONCERT",), ("DIRECTOR",))
        )

    def holdings(self, ids: Sequence[str], *, down: bool) -> list[Row]:
        """Of those there are."""
        found = ((id, self._subjects.index(id)) for id in ids)
        return [self._of(id, index, down) for id, index in found if index >= 0]

    def seats(self, ids: Sequence[str]) -> dict[str, int]:
        """Of those there are."""
        found = {}
        for id in ids:
            index = self._subjects.index(id)
            if index >= 0:
                rows = self._kept(self._links.arriving(index), self._director)
                found[id] = len({int(self._links.first[row]) for row in rows})
        return found

    def names(self, ids: Sequence[str]) -> list[Row]:
        """Of those there are."""
        indexes = (self._subjects.index(id) for id in ids)
        return [self._subjects.row(index) for index in indexes if index >= 0]

    def held(self, id: str) -> list[str]:
        """What a subject holds or controls by declaration."""
        index = self._subjects.index(id)
        rows = self._kept(self._links.leaving(index), self._held) if index >= 0 else []
        return [self._subjects.id(int(self._links.second[row])) for row in rows]

    def stakes_of(self, id: str) -> Iterator[tuple[str, Row]]:
        """What a subject holds, and each relation that says so."""
        index = self._subjects.index(id)
        for row in self._kept(self._links.leaving(index), self._capital) if index >= 0 else ():
            held = self._subjects.id(int(self._links.second[row]))
            yield held, dict(zip(COLUMNS, (self._links.type(row), *self._told(row)), strict=True))

    def _of(self, id: str, index: int, down: bool) -> Row:
        links, subjects = self._links, self._subjects
        leaving, arriving = links.leaving(index), links.arriving(index)
        into = self._kept(arriving, self._held)
        out = self._kept(leaving, self._held) if down else []
        seated = self._kept(arriving, self._director)
        concert = [(row, True) for row in self._kept(leaving, self._concert)]
        concert += [(row, False) for row in self._kept(arriving, self._concert)]
        return {
            "props": subjects.row(index),
            "into": [[subjects.id(int(links.first[row])), links.type(row), *self._told(row)] for row in into],
            "out": [subjects.id(int(links.second[row])) for row in out],
            "concert": [
                [
                    subjects.id(int((links.second if onward else links.first)[row])),
                    *self._some(row, ("record", "since", "until", "title")),
                    onward,
                ]
                for row, onward in concert
            ],
            "appointed": [
                [subjects.id(int(links.first[row])), *self._some(row, ("record", "since", "until", "title", "seen_on"))]
                for row in seated
                if APPOINTED in str(self._titles.at(row) or "")
            ],
        }

    def _kept(self, rows: range | list[int], wanted: Array) -> list[int]:
        """Of these rows those of the wanted types that are in force."""
        if not rows:
            return []
        some = self._array(rows)
        some = some[wanted[self._links.kind[some]]]
        kept: list[int] = some[self._mapped.in_force(self._links, some, self._days)].tolist()
        return kept

    def _told(self, row: int) -> list[Any]:
        return [column.at(row) for column in self._columns]

    def _some(self, row: int, names: Sequence[str]) -> list[Any]:
        return self._mapped.told(self._links, row, names)


def rows_of(store: Store, as_of: str, left: Callable[[], int]) -> Rows:
    """Of the snapshot where there is a current one."""
    snapshot = snapshot_for(store)
    return StoredRows(store, as_of, left) if snapshot is None else MappedRows(snapshot, as_of)

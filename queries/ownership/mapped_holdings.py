"""Holdings of a whole graph out of a snapshot, each subject read when it is first asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TypeVar

from graph.columns import Array
from graph.snapshot import NodeTable, Snapshot
from queries.model import Edge
from queries.ownership import reading
from queries.ownership.holdings import Holdings, Node
from queries.ownership.rows import MappedRows
from queries.ownership.stakes import Stake, stake

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _About:
    """What stands above one subject, and with whom it acts in concert."""

    into: dict[str, Stake]
    declared: dict[str, Edge]
    partners: dict[str, Edge]
    boards: dict[str, tuple[Edge, ...]]
    concert: dict[str, Edge]


_NOBODY = _About({}, {}, {}, {}, {})


class MappedHoldings(Holdings):
    """As `Holdings`, of everybody. `closed`: by index, above whom nobody is looked for."""

    def __init__(self, snapshot: Snapshot, as_of: str, closed: Array) -> None:
        self._subjects, self._closed = snapshot.subjects, closed
        self._rows = MappedRows(snapshot, as_of)
        self._abouts: dict[str, _About] = {}
        self._outs: dict[str, dict[str, Stake]] = {}
        super().__init__(
            as_of,
            nodes=_Nodes(snapshot.subjects),
            into=_Asked(lambda id: self._about(id).into),
            out=_Asked(self._out),
            declared=_Asked(lambda id: self._about(id).declared),
            partners=_Asked(lambda id: self._about(id).partners),
            holds=_Asked(lambda id: set(self._rows.held(id))),
            boards=_Asked(lambda id: self._about(id).boards),
            concert=_Asked(lambda id: self._about(id).concert),
        )

    @property
    def kept(self) -> int:
        """How many subjects are remembered."""
        return len(self._abouts) + len(self._outs) + len(self.arcs[True]) + len(self.arcs[False])

    def forget(self) -> None:
        """Read anew whatever is asked about next."""
        self._abouts, self._outs = {}, {}
        self._votes.clear()
        for arcs in self.arcs.values():
            arcs.clear()

    def _about(self, id: str) -> _About:
        found = self._abouts.get(id)
        if found is None:
            found = self._abouts[id] = self._read(id)
        return found

    def _read(self, id: str) -> _About:
        rows = self._rows.holdings([id], down=False)
        if not rows:
            return _NOBODY
        found = Holdings(self.as_of)
        appointed = reading.take(found, rows[0])
        concert = {other: edge for other, edge in found.concert.get(id, {}).items() if not self._is_closed(edge.target)}
        if self._is_closed(id):
            return _About({}, {}, {}, {}, concert)
        if appointed:
            found.nodes = self.nodes
            reading.seat(found, id, appointed, self._rows.seats([id])[id])
        return _About(
            into=found.into.get(id, {}),
            declared=found.declared.get(id, {}),
            partners=found.partners.get(id, {}),
            boards=found.boards.get(id, {}),
            concert=concert,
        )

    def _out(self, id: str) -> dict[str, Stake]:
        found = self._outs.get(id)
        if found is None:
            lots = defaultdict(list)
            for held, row in self._rows.stakes_of(id):
                if not self._is_closed(held):
                    lots[held].append(row)
            found = self._outs[id] = {held: stake((id, held), rows) for held, rows in lots.items()}
        return found

    def _is_closed(self, id: str) -> bool:
        return bool(self._closed[self._subjects.index(id)]) if self._closed.any() else False


class _Asked(Mapping[str, _T]):
    """What is asked for when it is asked for; who has none is not in it."""

    def __init__(self, ask: Callable[[str], _T]) -> None:
        self._ask = ask

    def __getitem__(self, id: str) -> _T:
        found = self._ask(id)
        if not found:
            raise KeyError(id)
        return found

    def __iter__(self) -> Iterator[str]:
        raise TypeError("of a whole graph nothing is gone through one by one")

    def __len__(self) -> int:
        raise TypeError("of a whole graph nothing is gone through one by one")


class _Nodes(MutableMapping[str, Node]):
    """All subjects; those set are remembered beside."""

    def __init__(self, subjects: NodeTable) -> None:
        self._subjects = subjects
        self._kept: dict[str, Node] = {}

    def __getitem__(self, id: str) -> Node:
        found = self._kept.get(id)
        if found is None:
            index = self._subjects.index(id)
            if index < 0:
                raise KeyError(id)
            found = self._kept[id] = Node.of(self._subjects.row(index), known=True)
        return found

    def __setitem__(self, id: str, node: Node) -> None:
        self._kept[id] = node

    def __delitem__(self, id: str) -> None:
        raise TypeError("nobody is taken out of a graph")

    def __iter__(self) -> Iterator[str]:
        return iter(self._subjects.ids)

    def __len__(self) -> int:
        return self._subjects.count

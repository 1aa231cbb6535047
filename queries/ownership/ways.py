"""The way that carries most from one subject to every other: the evidence beside a share.

Of all simple ways the one with the fewest unknown shares, then the largest product, then the fewest steps, then the
smallest ids. A declared controller without a stake is joined by the declaration.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from math import log

from queries.model import Edge, Json, Path
from queries.ownership.holdings import Arc, Holdings
from queries.ownership.printed import Printed
from queries.ownership.stakes import Stake

Rank = tuple[int, float, int, tuple[str, ...]]


class Ways:
    """The best ways from one subject up to its holders, or down to what it holds."""

    def __init__(self, known: Holdings, start: str, *, up: bool) -> None:
        self.start = start
        self._known, self._up = known, up
        self._edges: dict[str, tuple[str, Edge]] = {}
        self._paths = {start: Path((known.nodes[start].subject,))}
        self._told: dict[str, Json] = {start: {"nodes": [known.nodes[start].subject.to_json()], "edges": []}}
        self.reached: dict[str, Rank] = {}
        self._search(start)

    def path(self, end: str) -> Path:
        """The way from the start to `end`, a member of `reached`."""
        missing = [end]
        while missing[-1] not in self._paths:
            missing.append(self._edges[missing[-1]][0])
        while len(missing) > 1:
            before, here = self._paths[missing.pop()], missing[-1]
            subject, edge = self._known.nodes[here].subject, self._edges[here][1]
            self._paths[here] = Path((*before.nodes, subject), (*before.edges, edge))
        return self._paths[end]

    def steps(self, end: str) -> int:
        """Relations on the way to `end`."""
        return self.reached[end][2]

    def to_json(self, end: str, printed: Printed) -> Json:
        """PATH of the contract, made of that of the subject before `end`."""
        missing = [end]
        while missing[-1] not in self._told:
            missing.append(self._edges[missing[-1]][0])
        while len(missing) > 1:
            before, here = self._told[missing.pop()], missing[-1]
            subject, edge = self._known.nodes[here].subject, self._edges[here][1]
            nodes = [*before["nodes"], printed.subject(subject)]
            self._told[here] = {"nodes": nodes, "edges": [*before["edges"], printed.edge(edge)]}
        return self._told[end]

    def _search(self, start: str) -> None:
        waiting: list[tuple[Rank, str, tuple[str, Edge] | None]] = [((0, 0.0, 0, (start,)), start, None)]
        reached = self.reached
        while waiting:
            rank, here, how = heapq.heappop(waiting)
            if here in reached:
                continue
            reached[here] = rank
            if how is not None:
                self._edges[here] = how
            unknown, cost, steps, ids = rank
            for other, edge, open_, more in self._next(here):
                if other not in reached:
                    longer = (unknown + open_, round(cost + more, 12), steps + 1, (*ids, other))
                    heapq.heappush(waiting, (longer, other, (here, edge)))

    def _next(self, here: str) -> Sequence[Arc]:
        """The steps from one subject on, kept with the holdings they are made of."""
        known = self._known.arcs[self._up]
        steps = known.get(here)
        if steps is None:
            steps = known[here] = list(self._arcs(here))
        return steps

    def _arcs(self, here: str) -> Iterator[Arc]:
        known = self._known
        stakes = known.into.get(here, {}) if self._up else known.out.get(here, {})
        for other, stake in stakes.items():
            share = min(stake.capital.low, 1.0)
            yield other, largest(stake), int(share <= 0), -log(share) if share > 0 else 0.0
        declared = known.declared.get(here, {}) if self._up else self._declared_by(here)
        for other, edge in declared.items():
            if other not in stakes:
                yield other, edge, 1, 0.0

    def _declared_by(self, here: str) -> dict[str, Edge]:
        declared = self._known.declared
        return {
            over: declared[over][here] for over in self._known.holds.get(here, ()) if here in declared.get(over, {})
        }


def largest(stake: Stake) -> Edge:
    """The relation of a stake that tells most of it."""
    return stake.edges[0] if len(stake.edges) == 1 else max(stake.edges, key=lambda e: (e.ratio or 0.0, e.record or ""))

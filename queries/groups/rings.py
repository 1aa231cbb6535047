"""Elementary rings of a directed graph: found shortest first, bounded in length, number and time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import networkx as nx

from queries.hops import OutOfTimeError

SHORTEST, LONGEST = 3, 8  # guarantors of a ring; two who guarantee each other are told apart
MOST = 200  # rings given
CHECKED_EVERY = 2_000

Ring = tuple[str, ...]
Near = Mapping[str, set[str]]


def circles(near: Near) -> list[set[str]]:
    """Sets of at least two in which everybody reaches everybody, the largest first."""
    graph = nx.DiGraph((one, other) for one, others in near.items() for other in others)
    found = [set(circle) for circle in nx.strongly_connected_components(graph) if len(circle) > 1]
    return sorted(found, key=lambda circle: (-len(circle), min(circle)))


def mutual(near: Near) -> list[tuple[str, str]]:
    """Two who stand to each other both ways, in the order of their ids."""
    return sorted((a, b) for a, others in near.items() for b in others if a < b and a in near.get(b, ()))


def rings(near: Near, check: Callable[[], None], first: str = "") -> tuple[list[Ring], bool]:
    """Rings of 3 to 8, each once: those through `first` before the others, shorter before longer; and whether that
    are all. A ring begins with `first`, else with its smallest id. `check` is called now and then; when it raises
    OutOfTimeError, what was found stands.
    """
    found: list[Ring] = []
    try:
        for ring in _all(near, check, first):
            if len(found) == MOST:
                return found, False
            found.append(ring)
    except OutOfTimeError:
        return found, False
    return found, True


def _all(near: Near, check: Callable[[], None], first: str) -> Iterator[Ring]:
    parts = [{i: near[i] & circle for i in circle} for circle in circles(near)]
    for part in parts:
        if first in part:
            mine = _Rings(part, check)
            for length in range(SHORTEST, LONGEST + 1):
                yield from mine.of(length, first, "")
    for part in parts:
        others = _Rings({i: near_it - {first} for i, near_it in part.items() if i != first}, check)
        for length in range(SHORTEST, min(LONGEST, len(part)) + 1):
            for start in sorted(others.near):
                yield from others.of(length, start, start)


class _Rings:
    """Rings of one part of a graph, by length and the member they begin with."""

    def __init__(self, near: Near, check: Callable[[], None]) -> None:
        self.near, self._check = near, check
        self._before: dict[str, list[str]] = {}
        for one, others in near.items():
            for other in others:
                self._before.setdefault(other, []).append(one)

    def of(self, length: int, start: str, floor: str) -> Iterator[Ring]:
        """Rings of exactly so many through `start`, without ids below `floor`: depth first, never further from
        `start` than steps are left.
        """
        self._check()
        rest = self._rest(start, floor, length)
        waiting: list[Ring] = [(start,)]
        steps = 0
        while waiting:
            steps += 1
            if steps % CHECKED_EVERY == 0:
                self._check()
            ring = waiting.pop()
            left = length - len(ring)
            if not left:
                if start in self.near[ring[-1]]:
                    yield ring
                continue
            onward = (o for o in self.near[ring[-1]] if o not in ring and rest.get(o, length) <= left)
            waiting += [(*ring, other) for other in sorted(onward, reverse=True)]

    def _rest(self, start: str, floor: str, length: int) -> dict[str, int]:
        """How many steps each is from coming back to `start`, up to `length`."""
        rest, front = {start: 0}, {start}
        for far in range(1, length):
            front = {i for other in front for i in self._before.get(other, ()) if i not in rest and i >= floor}
            rest |= dict.fromkeys(front, far)
        return rest

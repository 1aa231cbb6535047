"""Two sets of subjects looking for each other, breadth first, a layer at a time, the smaller side first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from queries.hops import OutOfTimeError
from queries.links import Links
from queries.model import Edge

SEEN_AT_MOST = 50_000  # subjects looked at from both sides together

Way = tuple[tuple[str, ...], tuple[Edge, ...]]


class Meeting:
    """One search between the sets `a` and `b`, which may share members."""

    def __init__(self, links: Links, a: frozenset[str], b: frozenset[str]) -> None:
        self._links = links
        self._layers: tuple[list[set[str]], list[set[str]]] = ([set(a)], [set(b)])
        self._seen: tuple[set[str], set[str]] = (set(a), set(b))
        self._middle: set[str] = set(a & b)

    def search(self, hops: int) -> bool:
        """Grow until the two sides meet or `hops` relations lie between them; False when it had to be cut.

        After n steps every path of n relations has been seen: all its subjects but the one in the middle were
        gone on from, and that one is looked at too, as it may be one nothing goes through.
        """
        try:
            for _ in range(hops):
                if self._middle:
                    return True
                side = 0 if len(self._layers[0][-1]) <= len(self._layers[1][-1]) else 1
                self._grow(side)
                if not self._layers[side][-1]:
                    return True
                met = self._layers[side][-1] & self._layers[1 - side][-1]
                self._links.fetch(met)
                self._middle = {subject for subject in met if self._links.open(subject)}
                if len(self._seen[0]) + len(self._seen[1]) > SEEN_AT_MOST:
                    return bool(self._middle)
        except OutOfTimeError:
            return False
        return True

    def ways(self) -> Iterator[Way]:
        """All shortest ways, in the order of their node ids; each with the relation that joins each pair."""
        ahead = self._ahead()
        first = self._layers[0][0]
        waiting: list[tuple[str, ...]] = [
            (subject,) for subject in sorted(first & (self._middle | ahead.keys()), reverse=True)
        ]
        length = len(self._layers[0]) + len(self._layers[1]) - 1 if self._middle else 0
        while waiting:
            nodes = waiting.pop()
            if len(nodes) == length:
                yield nodes, tuple(self._edge(x, y) for x, y in pairwise(nodes))
            else:
                waiting += [(*nodes, other) for other in sorted(ahead[nodes[-1]], reverse=True)]

    def _grow(self, side: int) -> None:
        front, seen = self._layers[side][-1], self._seen[side]
        self._links.fetch(front)
        opened = [subject for subject in front if self._links.open(subject)]
        new = {other for subject in opened for other in self._links.places[subject].links} - seen
        self._layers[side].append(new)
        seen |= new

    def _ahead(self) -> dict[str, set[str]]:
        """What follows each subject on the ways from a to b, found backwards from the middle on either side."""
        ahead: dict[str, set[str]] = defaultdict(set)
        for side in (0, 1):
            level = self._middle
            for layer in reversed(self._layers[side][:-1]):
                pairs = [(near, far) for near in layer if self._links.open(near) for far in self._next(near, level)]
                for near, far in pairs:
                    one, other = (near, far) if side == 0 else (far, near)
                    ahead[one].add(other)
                level = {near for near, _ in pairs}
        return ahead

    def _next(self, subject: str, level: set[str]) -> set[str]:
        return level & self._links.places[subject].links.keys()

    def _edge(self, one: str, other: str) -> Edge:
        places = self._links.places
        known = places[one].links.get(other) if one in places else None
        return known or places[other].links[one]

"""Two sets of subjects looking for each other: ways between them, the shortest first.

The graph is fetched breadth first, a layer at a time, the smaller side first; after n layers every way of n
relations lies in what was fetched, and is enumerated there. A way meets nobody twice, and the two sets only with
its ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from queries.hops import OutOfTimeError
from queries.links import Links
from queries.model import Edge

SEEN_AT_MOST = 50_000  # subjects looked at from both sides together
CHECKED_EVERY = 2_000  # steps between two looks at the clock

Nodes = tuple[str, ...]
Way = tuple[Nodes, tuple[tuple[Edge, ...], ...]]


class Meeting:
    """One search between the sets `a` and `b`, which may share members. `complete`: False once it had to be cut."""

    def __init__(self, links: Links, a: frozenset[str], b: frozenset[str]) -> None:
        self.complete = True
        self._links, self._a, self._b = links, a, b
        self._fronts: list[set[str]] = [set(a), set(b)]
        self._seen: tuple[set[str], set[str]] = (set(a), set(b))
        self._known: set[str] = set()  # gone on from, or looked at in the middle

    def ways(self, hops: int) -> Iterator[Way]:
        """Ways of at most `hops` relations in the order of length, then of node ids; of each two neighbours all
        relations that join them.
        """
        try:
            for length in range(hops + 1):
                if length:
                    self._grow()
                for nodes in self._of(length):
                    yield nodes, tuple(self._edges(x, y) for x, y in pairwise(nodes))
                if len(self._seen[0]) + len(self._seen[1]) > SEEN_AT_MOST and length < hops:
                    self.complete = False
                    return
        except OutOfTimeError:
            self.complete = False

    def _grow(self) -> None:
        """One layer more from the smaller side; then also know who stands in the middle: he may be one nothing goes
        through. Once a side has seen all it can reach there is nothing more to fetch.
        """
        if all(self._fronts):
            side = 0 if len(self._fronts[0]) <= len(self._fronts[1]) else 1
            front = self._fronts[side]
            self._fetch(front)
            opened = [i for i in front if i in self._a or i in self._b or self._links.open(i)]
            new = {other for i in opened for other in self._links.places[i].links} - self._seen[side]
            self._fronts[side] = new
            self._seen[side].update(new)
        self._fetch(self._fronts[0] & self._fronts[1])

    def _fetch(self, subjects: set[str]) -> None:
        self._links.fetch(subjects)
        self._known |= subjects

    def _of(self, length: int) -> Iterator[Nodes]:
        """The ways of exactly so many relations, depth first, never further from `b` than relations are left."""
        if self._seen[0].isdisjoint(self._seen[1]):
            return
        near = self._near()
        rest = self._rest(near)
        order = {i: sorted(others & rest.keys(), reverse=True) for i, others in near.items()}
        waiting: list[Nodes] = [(i,) for i in sorted(self._a & rest.keys(), reverse=True) if rest[i] <= length]
        for step, nodes in enumerate(_popped(waiting), start=1):
            if step % CHECKED_EVERY == 0:
                self._links.check()
            left = length - len(nodes) + 1
            if not left:
                if nodes[-1] in self._b:
                    yield nodes
                continue
            waiting += [
                (*nodes, other)
                for other in order.get(nodes[-1], ())
                if rest[other] < left and other not in nodes and (left == 1 or self._inner(other))
            ]

    def _near(self) -> dict[str, set[str]]:
        """Who is joined to whom in what was fetched."""
        near: dict[str, set[str]] = {}
        for subject in self._known:
            for other in self._links.places[subject].links:
                near.setdefault(subject, set()).add(other)
                near.setdefault(other, set()).add(subject)
        return near

    def _rest(self, near: dict[str, set[str]]) -> dict[str, int]:
        """How many relations each is from `b` at least, over those a way may go through."""
        rest = dict.fromkeys(self._b, 0)
        front, far = set(self._b), 0
        while front:
            far += 1
            front = {other for i in front for other in near.get(i, ()) if other not in rest}
            rest |= dict.fromkeys(front, far)
            front = {i for i in front if self._inner(i)}
        return rest

    def _inner(self, subject: str) -> bool:
        """Whether a way may go through it. One not fetched stands at the rim, and no way that short goes through."""
        outside = subject not in self._a and subject not in self._b
        return outside and subject in self._known and self._links.open(subject)

    def _edges(self, one: str, other: str) -> tuple[Edge, ...]:
        places = self._links.places
        if one in places and other in places[one].links:
            return places[one].between(other)
        return places[other].between(one)


def _popped(waiting: list[Nodes]) -> Iterator[Nodes]:
    while waiting:
        yield waiting.pop()

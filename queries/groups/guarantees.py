"""Guarantee rings (担保圈), two who guarantee each other (互保), and the chains up and down from a subject.

What a chain comes to is the sum over all guarantees on it, each once, as the amounts were told: an upper look at what
may fall due, no valuation. Nothing is said of what the guarantees are worth or whether they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from graph.store import Store
from queries.groups.guarantee_graph import Guarantee, Guarantees, Pair, Total
from queries.groups.reading import Reading
from queries.groups.rings import circles, mutual, rings
from queries.model import Json, NotCrossed, Subject
from queries.walked import Walked

MEMBERS_GIVEN = 500  # of a chain, each with its path; the sums count all


@dataclass(frozen=True, slots=True)
class Steps:
    """A way over guarantees: who stands on it, and the guarantees between each two. Of a ring the first is the last."""

    nodes: tuple[Subject, ...]
    guarantees: tuple[tuple[Guarantee, ...], ...]

    def to_json(self) -> Json:
        """PATH; each edge with its amount, and the parallel ones in `also`."""
        edges = []
        for between in self.guarantees:
            edge = between[0].to_json()
            edges.append(edge | ({"also": [one.to_json() for one in between[1:]]} if len(between) > 1 else {}))
        return {"nodes": [node.to_json() for node in self.nodes], "edges": edges}


@dataclass(frozen=True, slots=True)
class Ring:
    """Subjects that guarantee one another in a circle. `through`: whether the asked subject is one of them."""

    way: Steps
    total: Total
    through: bool

    def to_json(self) -> Json:
        """One ring, with the guarantees that make it."""
        members = [node.to_json() for node in self.way.nodes[:-1]]
        return {"members": members, "through": self.through, **self.total.to_json(), "path": self.way.to_json()}


@dataclass(frozen=True, slots=True)
class Chain:
    """Whom a subject guarantees, those whom these guarantee, and so on; or the other way: who guarantees it."""

    members: tuple[Steps, ...]
    number: int
    total: Total

    def to_json(self) -> Json:
        """The members with the shortest way to each; `number` counts all."""
        members = [
            {"subject": way.nodes[-1].to_json(), "hops": len(way.guarantees), "path": way.to_json()}
            for way in self.members
        ]
        return {"number": self.number, **self.total.to_json(), "members": members}


@dataclass(frozen=True, slots=True)
class GuaranteeGroups:
    """Rings, mutual guarantees and chains; without a subject, no chains. `circles`: sets of more than two in which
    everybody reaches everybody over guarantees, whatever the length.
    """

    rings: tuple[Ring, ...]
    mutual: tuple[Ring, ...]
    circles: tuple[tuple[Subject, ...], ...]
    down: Chain | None
    up: Chain | None
    not_crossed: tuple[NotCrossed, ...]
    complete: bool

    def to_json(self) -> Json:
        """The section `guarantee` of `groups --json`."""
        chains = {"down": self.down, "up": self.up}
        return {
            "rings": [ring.to_json() for ring in self.rings],
            "mutual": [pair.to_json() for pair in self.mutual],
            "circles": [[subject.to_json() for subject in circle] for circle in self.circles],
            **{name: chain.to_json() for name, chain in chains.items() if chain is not None},
            "not_crossed": [stop.to_json() for stop in self.not_crossed],
            "complete": self.complete,
        }


def guarantee_groups(store: Store, reading: Reading, subject: str = "") -> GuaranteeGroups:
    """Those around a subject, by its id: rings of 3 to 8 in its circle, those it stands in first; else all there are.

    A subject with more guarantees one way than the fan-out cap (a guarantee company) is not walked through.
    """
    found = Guarantees.around(reading, subject) if subject else Guarantees.whole(reading)
    near = {guarantor: set(debtors) for guarantor, debtors in found.given.items()}
    mine = next((circle for circle in circles(near) if subject in circle), set())
    if subject:
        near = {i: others & mine for i, others in near.items() if i in mine}
    rounds, whole = found.rings or rings(near, reading.check, subject)
    pairs = [(a, b) for a, b in mutual(near) if not subject or subject in (a, b)]
    sets = [sorted(circle) for circle in circles(near) if len(circle) > 2]
    down, up = (_reached(found, subject, down=way) for way in (True, False))
    chains = {id for came in (down, up) for id in came} if subject else set()
    named = Walked(store, reading.snapshot).subjects(
        {*chains, *found.too_many, *(i for some in (*rounds, *pairs, *sets) for i in some)}
    )
    told = _Telling(found, named, subject)
    return GuaranteeGroups(
        rings=tuple(told.ring(one) for one in rounds),
        mutual=tuple(told.ring(_begin(pair, subject)) for pair in pairs),
        circles=tuple(tuple(named[i] for i in circle) for circle in sets),
        down=told.chain(down, down=True) if subject else None,
        up=told.chain(up, down=False) if subject else None,
        not_crossed=tuple(
            NotCrossed(named[i], "fanout", degree)
            for i, degree in sorted(found.too_many.items(), key=lambda stop: (-stop[1], stop[0]))
        ),
        complete=found.complete and whole and max(len(down), len(up)) - 1 <= MEMBERS_GIVEN,
    )


def _begin(pair: Pair, subject: str) -> Pair:
    return pair[::-1] if pair[1] == subject else pair


def _reached(found: Guarantees, start: str, *, down: bool) -> dict[str, str]:
    """Everybody down (or up) the guarantees, nearest first, with whom each was reached from; the start from nobody."""
    came, front = {start: ""}, [start]
    while front:
        reached: dict[str, str] = {}
        for here in front:
            for other in sorted((found.given if down else found.got).get(here, ())):
                if other not in came:
                    reached.setdefault(other, here)
        came |= reached
        front = sorted(reached)
    return came


class _Telling:
    """Ids of one answer told as subjects and guarantees."""

    def __init__(self, found: Guarantees, named: Mapping[str, Subject], asked: str) -> None:
        self._found, self._named, self._asked = found, named, asked

    def ring(self, ids: tuple[str, ...]) -> Ring:
        closed = (*ids, ids[0])
        return Ring(self._steps(closed, down=True), self._found.total(pairwise(closed)), self._asked in ids)

    def chain(self, came: Mapping[str, str], *, down: bool) -> Chain:
        members = [i for i in came if i != self._asked]
        ways = (self._way(came, i) for i in members[:MEMBERS_GIVEN])
        pairs = self._pairs(came, down=down)
        return Chain(tuple(self._steps(way, down=down) for way in ways), len(members), self._found.total(pairs))

    def _pairs(self, came: Iterable[str], *, down: bool) -> list[Pair]:
        """What all of them guarantee, or what guarantees them; not what comes back to where the chain began."""
        if down:
            return [(i, other) for i in came for other in self._found.given.get(i, ()) if other != self._asked]
        return [(other, i) for i in came for other in self._found.got.get(i, ()) if other != self._asked]

    def _way(self, came: Mapping[str, str], end: str) -> tuple[str, ...]:
        way = [end]
        while came[way[-1]]:
            way.append(came[way[-1]])
        return tuple(reversed(way))

    def _steps(self, ids: tuple[str, ...], *, down: bool) -> Steps:
        pairs = (pair if down else pair[::-1] for pair in pairwise(ids))
        between = (self._found.between(*pair) for pair in pairs)
        return Steps(tuple(self._named[i] for i in ids), tuple(tuple(some) for some in between))

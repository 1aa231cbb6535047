"""The part of the graph that questions of ownership are about: subjects, stakes, declared control, concert.

    known = Holdings.read(store, as_of="2026-06-01", up=["A"], down=["A"])

Read from the store breadth first, each subject once, whatever the depth: everybody above the subjects of `up`, and
everything below those of `down` with all who hold it (a company's holders are needed together: their shares add up).
What time or size cut off is said.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Any

from graph.cypher import text
from graph.errors import QueryTimeoutError
from graph.names import name_key
from graph.store import Store
from graph.vocabulary import Kind
from queries.model import Edge, Subject
from queries.ownership.stakes import HOLDING_TYPES, Stake, stake
from queries.question import SECONDS

CONTROLLER, PARTNER = "ACTUAL_CONTROLLER", "GENERAL_PARTNER"
TYPES = (*HOLDING_TYPES, CONTROLLER)
BATCH = 500
MOST = 50_000  # subjects read for one question
_COLUMNS = (
    "type", "ratio", "ratio_min", "ratio_max", "votes", "income",
    "title", "since", "until", "seen_on", "record", "origin",
)  # fmt: skip


@dataclass(frozen=True)
class Node:
    """One subject. `conducts`: whether risk passes through it; `state`: a government body, which may control but
    joins nobody to anybody; `known`: whether its own holders were read.
    """

    props: Mapping[str, Any]
    conducts: bool
    known: bool = True

    @cached_property
    def subject(self) -> Subject:
        """The subject as answers show it."""
        return Subject.read(self.props)

    @property
    def state(self) -> bool:
        """Whether it is a body of the state."""
        return self.props.get("kind") == Kind.GOVERNMENT

    @cached_property
    def person(self) -> bool:
        """Whether it is a natural person."""
        return self.props.get("kind") == Kind.PERSON

    @property
    def stops(self) -> bool:
        """Whether control, groups and drawings end here: the state, nominees and other holders for others."""
        return not self.conducts


@dataclass(slots=True)
class Holdings:
    """What was read. `into`: stakes by the held; `out`: stakes by the holder; `declared`: edges of declared control
    by the controlled; `partners`: general partners by the partnership; `holds`: by holder, all it has any of these
    relations to; `boards`: by organisation, which holder has appointed more than half of the directors, where
    their titles say so; `concert`: who acts with whom, and the edge. `cut`: why something was left out, "" if
    nothing was.
    """

    as_of: str
    nodes: dict[str, Node] = field(default_factory=dict)
    into: dict[str, dict[str, Stake]] = field(default_factory=lambda: defaultdict(dict))
    out: dict[str, dict[str, Stake]] = field(default_factory=lambda: defaultdict(dict))
    declared: dict[str, dict[str, Edge]] = field(default_factory=lambda: defaultdict(dict))
    partners: dict[str, dict[str, Edge]] = field(default_factory=lambda: defaultdict(dict))
    holds: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    boards: dict[str, dict[str, tuple[Edge, ...]]] = field(default_factory=lambda: defaultdict(dict))
    concert: dict[str, dict[str, Edge]] = field(default_factory=lambda: defaultdict(dict))
    cut: str = ""
    _votes: dict[str, Mapping[str, float]] = field(default_factory=dict)

    @classmethod
    def read(
        cls, store: Store, as_of: str, *, up: Iterable[str] = (), down: Iterable[str] = (), seconds: float = SECONDS
    ) -> Holdings:
        """Everything above `up` and below `down`, within `seconds` and MOST subjects."""
        return _Reader(store, as_of, time.monotonic() + seconds).read(list(up), list(down))

    @classmethod
    def whole(cls, store: Store, as_of: str, seconds: float = 600.0) -> Holdings:
        """Everything any subject holds, of the whole graph."""
        return _Reader(store, as_of, time.monotonic() + seconds).read_all()

    def add(self, ends: tuple[str, str], rows: Sequence[Mapping[str, Any]]) -> None:
        """Take in all relations from a holder to what it holds."""
        holder, held = ends
        self.holds[holder].add(held)
        capital = [row for row in rows if row["type"] in HOLDING_TYPES]
        if capital:
            self.into[held][holder] = self.out[holder][held] = stake(ends, capital)
        for row in rows:
            kept = self.declared if row["type"] == CONTROLLER else self.partners if row["type"] == PARTNER else None
            if kept is not None:
                kept[held].setdefault(holder, Edge.read(row["type"], ends, row))

    def acts_with(self, subject: str) -> set[str]:
        """The subject and all who act in concert with it, directly or through one another."""
        group, todo = {subject}, [subject]
        while todo:
            for other in self.concert.get(todo.pop(), ()):
                if other not in group:
                    group.add(other)
                    todo.append(other)
        return group

    def votes_over(self, held: str) -> Mapping[str, float]:
        """What each holder can vote, at least; scaled where the votes make more than all."""
        if held not in self._votes:
            votes = {holder: one.votes.low for holder, one in self.into.get(held, {}).items() if one.votes.low > 0}
            whole = max(1.0, sum(votes.values()))
            self._votes[held] = {holder: share / whole for holder, share in votes.items()}
        return self._votes[held]


class _Reader:
    """One reading of the graph, a layer a time."""

    def __init__(self, store: Store, as_of: str, deadline: float) -> None:
        self._store, self._deadline = store, deadline
        self._found = Holdings(as_of)
        self._statement = text("queries.ownership", "holdings", TYPES=TYPES)
        self._below: set[str] = set()
        self._appointed: dict[str, list[Edge]] = {}

    def read(self, up: Sequence[str], down: Sequence[str]) -> Holdings:
        """Both ways; those below first, as what is above them is not asked for unless it is in `up`."""
        try:
            self._descend(down)
            self._climb(up)
            self._seat()
            self._name_the_rest()
        except (QueryTimeoutError, _OutOfTimeError):
            self._found.cut = "time"
            self._name_the_rest()
        return self._found

    def read_all(self) -> Holdings:
        """Whatever holds, is held or acts in concert: all relations of a kind in one statement."""
        try:
            into = self._all("all_holdings", TYPES=TYPES)
            concert, appointed = self._all("all_concert"), self._all("all_appointed")
            ends = {end for kind in (into, concert) for id in kind for end in (id, *(told[0] for told in kind[id]))}
            self._name(ends)
            for id in sorted(ends & self._found.nodes.keys()):
                rows = {"into": into[id], "concert": concert[id], "appointed": appointed[id]}
                self._take({"props": self._found.nodes[id].props, **rows})
            self._seat()
        except (QueryTimeoutError, _OutOfTimeError):
            self._found.cut = "time"
        self._name_the_rest()
        return self._found

    def _all(self, name: str, **blanks: Iterable[str]) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = defaultdict(list)
        statement = text("queries.ownership", name, **blanks)
        for row in self._store.read(statement, timeout=self._left(), as_of=self._found.as_of):
            found[row["id"]].append(row["told"])
        return found

    def _left(self) -> int:
        """Seconds; _OutOfTimeError where there are none."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise _OutOfTimeError
        return ceil(left)

    def _descend(self, start: Sequence[str]) -> None:
        """Below `start`, and below those who act in concert with them."""
        frontier = list(dict.fromkeys(start))
        while frontier and self._room(frontier):
            below = dict.fromkeys(i for row in self._layer(frontier, down=True) for i in row["out"])
            below |= dict.fromkeys(i for one in start for i in sorted(self._found.acts_with(one)))
            self._below |= set(frontier)
            frontier = [i for i in below if i not in self._below]

    def _climb(self, start: Sequence[str]) -> None:
        climbed: set[str] = set()
        frontier = list(dict.fromkeys(start))
        while frontier and self._room(frontier):
            self._layer([i for i in frontier if not self._known(i)], down=False)
            climbed |= set(frontier)
            above = dict.fromkeys(h for i in frontier for h in self._holders(i))
            above |= dict.fromkeys(o for i in frontier if i not in start for o in self._found.concert.get(i, ()))
            frontier = [i for i in above if i not in climbed]

    def _holders(self, subject: str) -> Iterable[str]:
        found = self._found
        return (*found.into.get(subject, ()), *found.declared.get(subject, ()))

    def _known(self, subject: str) -> bool:
        node = self._found.nodes.get(subject)
        return node is not None and node.known

    def _room(self, more: Sequence[str]) -> bool:
        if len(self._found.nodes) + len(more) <= MOST:
            return True
        self._found.cut = "size"
        return False

    def _layer(self, ids: Sequence[str], *, down: bool) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = []
        for start in range(0, len(ids), BATCH):
            rows += self._store.read(
                self._statement,
                timeout=self._left(),
                ids=list(ids[start : start + BATCH]),
                as_of=self._found.as_of,
                down=down,
            )
        for row in rows:
            self._take(row)
        return rows

    def _take(self, row: Mapping[str, Any]) -> None:
        props, found = row["props"], self._found
        id = str(props["id"])
        found.nodes[id] = _node(props, known=True)
        by_holder: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for holder, *values in row["into"]:
            by_holder[holder].append(dict(zip(_COLUMNS, values, strict=True)))
        for holder, relations in by_holder.items():
            found.add((holder, id), relations)
        for other, record, since, until, title, onward in row["concert"]:
            told = {"record": record, "since": since, "until": until, "title": title}
            edge = Edge.read("CONCERT", (id, other) if onward else (other, id), told)
            found.concert[id][other] = found.concert[other][id] = edge
        for person, record, since, until, title, seen_on in row["appointed"]:
            told = {"record": record, "since": since, "until": until, "title": title, "seen_on": seen_on}
            self._appointed.setdefault(id, []).append(Edge.read("DIRECTOR", (person, id), told))

    def _seat(self) -> None:
        """Whose people hold more than half of a board: a holder whose name the titles of directors give."""
        found, ids = self._found, sorted(self._appointed)
        self._name(h for i in ids for h in found.into.get(i, ()))
        for start in range(0, len(ids), BATCH):
            batch, statement = ids[start : start + BATCH], text("queries.ownership", "boards")
            for row in self._store.read(statement, ids=batch, as_of=found.as_of):
                seated = self._appointed[row["id"]]
                for holder in found.into.get(row["id"], ()):
                    name = name_key(str(found.nodes[holder].props.get("name") or ""))
                    own = tuple(edge for edge in seated if name and name in name_key(edge.title or ""))
                    if len({edge.source for edge in own}) * 2 > row["seats"]:
                        found.boards[row["id"]][holder] = own
                        found.holds[holder].add(row["id"])

    def _name_the_rest(self) -> None:
        """Holders whom nobody asked about are known by name only."""
        found = self._found
        ends = {end for stakes in found.into.values() for end in stakes}
        ends |= {end for edges in (*found.declared.values(), *found.concert.values()) for end in edges}
        ends |= {edge.source for boards in found.boards.values() for seats in boards.values() for edge in seats}
        self._name(ends)

    def _name(self, ids: Iterable[str]) -> None:
        found = self._found
        missing = sorted({*ids} - found.nodes.keys())
        statement = text("queries.ownership", "names")
        for start in range(0, len(missing), BATCH):
            for row in self._store.read(statement, ids=missing[start : start + BATCH]):
                found.nodes[str(row["props"]["id"])] = _node(row["props"], known=False)


class _OutOfTimeError(Exception):
    """The reading ran past its time; what was read stands."""


def _node(props: Mapping[str, Any], *, known: bool) -> Node:
    said = props.get("conducts")
    return Node(props, props.get("kind") != Kind.GOVERNMENT if said is None else bool(said), known)

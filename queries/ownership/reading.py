"""Holdings out of the store, breadth first: a layer a statement, each subject once, whatever the depth.

    known = read(store, "2026-06-01", up=["A"], down=["A"])

Read is everybody above the subjects of `up`, and everything below those of `down` with all who hold it (a company's
holders are needed together: their shares add up). What time or size cut off is said in `cut`.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from graph.cypher import text
from graph.errors import QueryTimeoutError
from graph.names import name_key
from graph.store import Store
from queries.model import Edge
from queries.ownership.holdings import CONTROLLER, Holdings, Node
from queries.ownership.stakes import HOLDING_TYPES
from queries.question import SECONDS

TYPES = (*HOLDING_TYPES, CONTROLLER)
BATCH = 500
MOST = 50_000  # subjects read for one question
_APPOINTED = re.compile(r"(?:^|[（(，,、；;:：]|由)\s*由?\s*((?:[^（()），,、；;:：]|[（(][^（()）]*[）)])+?)\s*委派")
_COLUMNS = (
    "type", "ratio", "ratio_min", "ratio_max", "votes", "income",
    "title", "since", "until", "seen_on", "record", "origin",
)  # fmt: skip


def read(
    store: Store, as_of: str, *, up: Iterable[str] = (), down: Iterable[str] = (), seconds: float = SECONDS
) -> Holdings:
    """Everything above `up` and below `down`, within `seconds` and MOST subjects."""
    return _Reader(store, as_of, time.monotonic() + seconds).read(list(up), list(down))


def read_whole(store: Store, as_of: str, seconds: float = 600.0) -> Holdings:
    """Everything any subject holds, of the whole graph."""
    return _Reader(store, as_of, time.monotonic() + seconds).read_all()


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
        self._name([*up, *down])  # of a subject nothing was read of, its name
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
        found.nodes[id] = Node.of(props, known=True)
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
                    own = tuple(edge for edge in seated if name and name in _appointers(edge.title or ""))
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
                found.nodes[str(row["props"]["id"])] = Node.of(row["props"], known=False)


def _appointers(title: str) -> set[str]:
    """Who appointed a director, by his title: 「甲公司委派董事」, 「董事（由甲公司委派）」."""
    return {name_key(found[1]) for found in _APPOINTED.finditer(title)}


class _OutOfTimeError(Exception):
    """The reading ran past its time; what was read stands."""

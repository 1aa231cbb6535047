"""Holdings out of the store, breadth first: a layer a statement, each subject once, whatever the depth.

    known = read(store, "2026-06-01", up=["A"], down=["A"])

Read is everybody above the subjects of `up`, and everything below those of `down` with all who hold it (a company's
holders are needed together: their shares add up). What time or size cut off is said in `cut`.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from graph.errors import QueryTimeoutError
from graph.names import name_key
from graph.store import Store
from queries.model import Edge
from queries.ownership.holdings import Holdings, Node
from queries.ownership.rows import COLUMNS, TYPES, MappedRows, Row, Rows, StoredRows, rows_of
from queries.question import SECONDS

if TYPE_CHECKING:
    from graph.snapshot import Snapshot

BATCH = 500
MOST = 50_000  # subjects read for one question
_APPOINTED = re.compile(r"(?:^|[（(，,、；;:：]|由)\s*由?\s*((?:[^（()），,、；;:：]|[（(][^（()）]*[）)])+?)\s*委派")


def read(
    store: Store, as_of: str, *, up: Iterable[str] = (), down: Iterable[str] = (), seconds: float = SECONDS
) -> Holdings:
    """Everything above `up` and below `down`, within `seconds` and MOST subjects."""
    left = _until(seconds)
    return _Reader(rows_of(store, as_of, left), as_of, left).read(list(up), list(down))


def read_mapped(
    snapshot: Snapshot, as_of: str, *, up: Iterable[str] = (), down: Iterable[str] = (), seconds: float = SECONDS
) -> Holdings:
    """The same out of a snapshot."""
    return _Reader(MappedRows(snapshot, as_of), as_of, _until(seconds)).read(list(up), list(down))


def read_whole(store: Store, as_of: str, seconds: float = 600.0) -> Holdings:
    """Everything any subject holds, of the whole graph, asked of the store."""
    left = _until(seconds)
    rows = StoredRows(store, as_of, left)
    return _Reader(rows, as_of, left).read_all(rows)


def _until(seconds: float) -> Callable[[], int]:
    """Seconds that are left, from now on; _OutOfTimeError where there are none."""
    deadline = time.monotonic() + seconds

    def left() -> int:
        seconds_left = deadline - time.monotonic()
        if seconds_left <= 0:
            raise _OutOfTimeError
        return ceil(seconds_left)

    return left


class _Reader:
    """One reading of the graph, a layer a time."""

    def __init__(self, rows: Rows, as_of: str, left: Callable[[], int]) -> None:
        self._rows, self._left = rows, left
        self._found = Holdings(as_of)
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

    def read_all(self, rows: StoredRows) -> Holdings:
        """Whatever holds, is held or acts in concert: all relations of a kind in one statement."""
        try:
            into = _by_id(rows.all("all_holdings", TYPES=TYPES))
            concert, appointed = (_by_id(rows.all(name)) for name in ("all_concert", "all_appointed"))
            ends = {end for kind in (into, concert) for id in kind for end in (id, *(told[0] for told in kind[id]))}
            self._name(ends)
            for id in sorted(ends & self._found.nodes.keys()):
                told = {"into": into[id], "concert": concert[id], "appointed": appointed[id]}
                self._take({"props": self._found.nodes[id].props, **told})
            self._seat()
        except (QueryTimeoutError, _OutOfTimeError):
            self._found.cut = "time"
        self._name_the_rest()
        return self._found

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
            self._left()
            rows += self._rows.holdings(ids[start : start + BATCH], down=down)
        for row in rows:
            self._take(row)
        return rows

    def _take(self, row: Row) -> None:
        appointed = take(self._found, row)
        if appointed:
            self._appointed[str(row["props"]["id"])] = appointed

    def _seat(self) -> None:
        found, ids = self._found, sorted(self._appointed)
        self._name(h for i in ids for h in found.into.get(i, ()))
        for start in range(0, len(ids), BATCH):
            for id, seats in self._rows.seats(ids[start : start + BATCH]).items():
                seat(found, id, self._appointed[id], seats)

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
        for start in range(0, len(missing), BATCH):
            for props in self._rows.names(missing[start : start + BATCH]):
                found.nodes[str(props["id"])] = Node.of(props, known=False)


def take(found: Holdings, row: Row) -> list[Edge]:
    """Add what stands above a subject; its directors whom somebody appointed."""
    props = row["props"]
    id = str(props["id"])
    found.nodes[id] = Node.of(props, known=True)
    by_holder: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for holder, *values in row["into"]:
        by_holder[holder].append(dict(zip(COLUMNS, values, strict=True)))
    for holder, relations in by_holder.items():
        found.add((holder, id), relations)
    for other, record, since, until, title, onward in row["concert"]:
        told = {"record": record, "since": since, "until": until, "title": title}
        edge = Edge.read("CONCERT", (id, other) if onward else (other, id), told)
        found.concert[id][other] = found.concert[other][id] = edge
    appointed = []
    for person, record, since, until, title, seen_on in row["appointed"]:
        told = {"record": record, "since": since, "until": until, "title": title, "seen_on": seen_on}
        appointed.append(Edge.read("DIRECTOR", (person, id), told))
    return appointed


def seat(found: Holdings, id: str, appointed: Sequence[Edge], seats: int) -> None:
    """Add whose people hold more than half of a board: a holder whose name the titles of directors give."""
    for holder in found.into.get(id, ()):
        name = name_key(str(found.nodes[holder].props.get("name") or ""))
        own = tuple(edge for edge in appointed if name and name in appointers(edge.title or ""))
        if len({edge.source for edge in own}) * 2 > seats:
            found.boards[id][holder] = own
            found.holds[holder].add(id)


def _by_id(rows: Iterable[Row]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        found[row["id"]].append(row["told"])
    return found


def appointers(title: str) -> set[str]:
    """Who appointed a director, by his title: 「甲公司委派董事」, 「董事（由甲公司委派）」."""
    return {name_key(found[1]) for found in _APPOINTED.finditer(title)}


class _OutOfTimeError(Exception):
    """The reading ran past its time; what was read stands."""

"""The relations among a set of subjects.

They are read from the ends that have few: a hub among the subjects costs nothing as long as its neighbours are no
hubs. Shared contacts are relations too, unless too many gave them.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from math import ceil

from graph.cypher import text
from graph.errors import QueryTimeoutError
from graph.store import Store
from graph.vocabulary import RELATIONS, SUBJECT_RELATION_TYPES
from queries.expand_rows import in_force_on
from queries.hops import OutOfTimeError
from queries.links import NEVER, shared, via
from queries.model import Edge, Json
from queries.question import Question

HUB = 1_000  # relations from which a subject is read from its neighbours' side
BATCH = 400
MOST_ROWS = 100_000  # relations read at once: beyond, the answer says that it is not complete
SECONDS = 20.0


class Edges:
    """Edges among the subjects of `degree` (id -> relations in all) that touch one of `touched`.

    `busy`: contacts too many gave to be a relation. `complete`: false when time ran out or there were too many.
    """

    def __init__(
        self, store: Store, question: Question, ended: bool, degree: Mapping[str, int], touched: frozenset[str]
    ) -> None:
        self.busy: tuple[Json, ...] = ()
        self.complete = True
        self._store, self._question, self._ended = store, question, ended
        self._degree, self._touched = degree, touched
        self._deadline = time.monotonic() + SECONDS
        self._found: dict[str, Edge] = {}

    def fetch(self) -> None:
        """Fetch what time allows."""
        if not self._touched:
            return
        try:
            self._relations()
            self._contacts()
        except (OutOfTimeError, QueryTimeoutError):
            self.complete = False

    def once(self) -> list[Edge]:
        """In a steady order; the same fact once, also where it reads the same either way and is stored both ways."""
        kept: dict[tuple[str, ...], Edge] = {}
        for edge in sorted(self._found.values(), key=_order):
            kept.setdefault(same_fact(edge), edge)
        return list(kept.values())

    def _relations(self) -> None:
        """Those with few relations from their own side; what joins two hubs from that of a touched one."""
        few = [i for i, count in self._degree.items() if count < HUB]
        hubs = [i for i, count in self._degree.items() if count >= HUB]
        busy = [i for i in hubs if i in self._touched]
        self._among([i for i in few if i in self._touched], self._degree)
        self._among([i for i in few if i not in self._touched], busy)
        for hub in busy if len(hubs) > 1 else ():
            self._among([hub], hubs)

    def _among(self, frontier: Sequence[str], others: Iterable[str]) -> None:
        wanted = dict.fromkeys(others, True)
        statement = text("queries", "view_edges", TYPES=SUBJECT_RELATION_TYPES)
        for start in range(0, len(frontier) if wanted else 0, BATCH):
            rows = self._read(
                statement,
                frontier=frontier[start : start + BATCH],
                wanted=wanted,
                as_of=self._question.as_of,
                ended=self._ended,
                most=MOST_ROWS,
            )
            self.complete &= len(rows) < MOST_ROWS
            for row in rows:
                if row["source"] != row["target"]:
                    self._found[row["key"]] = Edge.read(row["type"], (row["source"], row["target"]), row["edge"])

    def _contacts(self) -> None:
        """Contacts two of the subjects gave, one of them touched."""
        day, cap = self._question.as_of, self._question.policy.fanout_cap
        both = self._shared_contacts()
        counted = self._read(text("queries", "view_contacts"), contacts=sorted(both), as_of=day)
        degree = {row["contact"]: row["degree"] for row in counted}
        self.busy = tuple({**via(both[key][0]), "degree": n} for key, n in sorted(degree.items()) if n > cap)
        for key, rows in both.items():
            if degree.get(key, 0) <= cap:
                self._join(key, rows)

    def _shared_contacts(self) -> dict[str, list[Json]]:
        first, last = ("", NEVER) if self._ended else (self._question.as_of, self._question.as_of)
        frontier = [{"id": i, "through": True} for i in self._degree]
        bearers: defaultdict[str, list[Json]] = defaultdict(list)
        for row in self._read(text("queries", "paths_contacts"), frontier=frontier, first=first, last=last):
            bearers[row["contact"]].append(row)
        return {
            key: rows
            for key, rows in bearers.items()
            if len({row["id"] for row in rows}) > 1 and any(row["id"] in self._touched for row in rows)
        }

    def _join(self, key: str, rows: Iterable[Json]) -> None:
        given = sorted(rows, key=lambda row: (row["id"], row["record"] or ""))
        for one, other in combinations(given, 2):
            if one["id"] == other["id"] or not {one["id"], other["id"]} & self._touched:
                continue
            edge = shared(one, other["id"], (other["since"], other["until"], other["record"]))
            if self._ended or in_force_on(edge, self._question.as_of):
                self._found[f"{key} {edge.source} {edge.target} {edge.record}"] = edge

    def _read(self, statement: str, **params: object) -> list[Json]:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        return self._store.read(statement, timeout=ceil(left), **params)


def same_fact(edge: Edge) -> tuple[str, ...]:
    """What two records of one fact have alike. What has other dates or other grounds is another fact."""
    if not RELATIONS[edge.type].symmetric:
        return _order(edge)
    told = (edge.since, edge.until, edge.title, edge.ratio)
    return (edge.type, *sorted((edge.source, edge.target)), *(str(value or "") for value in told))


def _order(edge: Edge) -> tuple[str, ...]:
    told = (edge.record, edge.since, edge.until, edge.title, edge.ratio, edge.via and edge.via["value"])
    return (edge.source, edge.target, edge.type, *(str(value or "") for value in told))

"""Answers by brute force from the rows of the package, for small graphs: what every peer is measured against first.

Shares no code with the peers nor with the product: exposure is `tests.oracle`, the rest is written out here.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from bench.generate import AS_OF
from bench.peers.protocol import Degrees, Exposures
from queries.policy import shipped
from tests.oracle import Oracle

Row = dict[str, Any]
HELD = ("SHAREHOLDER", "GENERAL_PARTNER", "LIMITED_PARTNER")
STEPS = 300
HOLDERS = 40  # whose shares are worked out, twice over
SYMMETRIC = ("CONCERT", "KIN", "MAYBE_SAME")


@dataclass(frozen=True)
class Owned:
    """Integrated shares of some holders: [holder, held]."""

    holders: list[str]
    held: list[str]
    share: np.ndarray


@dataclass(frozen=True)
class Reference:
    """The rows of a package."""

    package: Path

    def answer(self, work: str, question: Iterable[Any]) -> Any:
        """What a peer should answer; None for what is only compared between peers."""
        method = getattr(self, work, None)
        return method(*question) if method else None

    def degrees(self, subject: str) -> Degrees:
        """Relations of a subject by type and direction, all and in force."""
        found: defaultdict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0])
        for row in self.relations:
            for end, along in (("source", True), ("target", False)):
                if row[end] == subject:
                    found[row["type"], along][0] += 1
                    found[row["type"], along][1] += _active(row)
        return {key: (total, active) for key, (total, active) in found.items()}

    def around(self, subject: str) -> list[list[str]]:
        """Breadth first."""
        seen, front, layers = {subject}, {subject}, []
        for _ in range(3):
            opened = [i for i in front if i == subject or not self._stops(i)]
            front = {other for i in opened for other in self._near[i]} - seen
            seen |= front
            layers.append(sorted(front))
        return layers

    def exposure(self, subject: str) -> Exposures:
        """Every simple path, weighed."""
        return {e.listing: (e.score, e.hops, e.nodes) for e in self._oracle(3).exposures(subject)}

    def exposures(self, subjects: Iterable[str]) -> list[Exposures]:
        """One after the other."""
        return [self.exposure(subject) for subject in subjects]

    def path(self, a: str, b: str) -> int | None:
        """How many relations the shortest way has, up to four."""
        seen, front = {a}, {a}
        for length in range(5):
            if b in front:
                return length
            opened = [i for i in front if i == a or not self._stops(i)]
            front = {other for i in opened for other in self._near[i]} - seen
            seen |= front
        return None

    def score(self, subject: str) -> tuple[float, int]:
        """The best within four relations and in how many, the subject's own entries among them."""
        if subject in self._scores:
            return self._scores[subject]
        oracle = self._oracle(4)
        own = [oracle._score(row, ()) for row in oracle.listings if row["of"] == subject]
        found = [(e.score, e.hops) for e in oracle.exposures(subject)]
        found += [(float(score), 0) for score in own if score]
        best = max(found, key=lambda one: (one[0], -one[1]), default=(0.0, 0))
        return self._scores.setdefault(subject, best)

    def shares(self) -> Owned:
        """M_xy / M_xx for some x, M the inverse of I − A, among those who hold or are held."""
        held = [row for row in self.relations if row["type"] in HELD and row["ratio"] and _active(row)]
        ids = sorted({row[end] for row in held for end in ("source", "target")})
        place = {id: n for n, id in enumerate(ids)}
        ends = ([place[row["source"]] for row in held], [place[row["target"]] for row in held])
        matrix = sparse.csc_array(([row["ratio"] for row in held], ends), shape=(len(ids), len(ids)))
        matrix = matrix @ sparse.diags_array(1 / np.maximum(matrix.sum(axis=0), 1.0))
        # Those who hold most, who are in circles among them, and some others.
        some = np.unique(
            [*np.argsort(-np.diff(matrix.tocsr().indptr))[:HOLDERS], *range(0, len(ids), len(ids) // HOLDERS)]
        )
        wanted = np.zeros((len(ids), len(some)))
        wanted[some, np.arange(len(some))] = 1.0
        ways = splu(sparse.csc_array(sparse.eye_array(len(ids)) - matrix)).solve(wanted, trans="T").T
        own = ways[np.arange(len(some)), some]
        ways /= own[:, None]
        ways[np.arange(len(some)), some] = 0.0
        return Owned([ids[n] for n in some], ids, ways)

    def owned(self, subjects: Iterable[str]) -> dict[str, float]:
        """Chances of a walk to the holders, by what each is held, stepped until they stand still."""
        ours = set(subjects)
        into: defaultdict[str, dict[str, float]] = defaultdict(dict)
        for row in self.relations:
            if row["type"] in HELD and row["ratio"] and _active(row):
                into[row["target"]][row["source"]] = row["ratio"]
        whole = {held: max(1.0, sum(stakes.values())) for held, stakes in into.items()}
        share = dict.fromkeys(ours, 1.0)
        for _ in range(STEPS):
            share = dict.fromkeys(ours, 1.0) | {
                held: sum(ratio * share.get(holder, 0.0) for holder, ratio in stakes.items()) / whole[held]
                for held, stakes in into.items()
                if held not in ours
            }
        return {id: round(found, 9) for id, found in share.items() if found > 1e-3 and id not in ours}

    def circles(self) -> list[list[str]]:
        """Everybody who reaches one another over guarantees."""
        given: defaultdict[str, set[str]] = defaultdict(set)
        count: defaultdict[str, int] = defaultdict(int)
        for row in self.relations:
            if row["type"] == "GUARANTEES" and _active(row):
                given[row["source"]].add(row["target"])
                count[row["source"]] += 1
        near = {i: others for i, others in given.items() if count[i] <= shipped().fanout_cap}
        reach = {i: _reached(near, i) for i in near}
        found = {frozenset({i, *(o for o in reach[i] if i in reach.get(o, ()))}) for i in near}
        return sorted(sorted(circle) for circle in found if len(circle) > 1)

    @cached_property
    def relations(self) -> list[Row]:
        """All relations, ratios as numbers."""
        return [
            {**row, "ratio": float(row["ratio"]) if row["ratio"] else None} for row in _rows(self.package, "relations")
        ]

    @cached_property
    def _scores(self) -> dict[str, tuple[float, int]]:
        return {}

    @cached_property
    def _oracles(self) -> dict[int, Oracle]:
        return {}

    def _oracle(self, hops: int) -> Oracle:
        if hops not in self._oracles:
            over = max(AS_OF, date.today().isoformat())
            listings = [{**row, "of": row["subject"]} for row in _rows(self.package, "listings")]
            self._oracles[hops] = Oracle(
                _rows(self.package, "subjects"), self.relations, listings,
                policy=shipped().to_json(), as_of=AS_OF, hops=hops, possible=False, over=over,
            )  # fmt: skip
        return self._oracles[hops]

    @cached_property
    def _near(self) -> defaultdict[str, set[str]]:
        types = {k.relation for k in shipped().keeps if k.weight > 0} - {"MAYBE_SAME"}
        near: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.relations:
            if row["type"] in types and _active(row):
                near[row["source"]].add(row["target"])
                near[row["target"]].add(row["source"])
                self._degree[row["source"]].add(_counted(row))
                self._degree[row["target"]].add(_counted(row))
        return near

    @cached_property
    def _degree(self) -> defaultdict[str, set[Any]]:
        return defaultdict(set)

    @cached_property
    def _offices(self) -> set[str]:
        return {row["id"] for row in _rows(self.package, "subjects") if row["kind"] == "government"}

    def _stops(self, subject: str) -> bool:
        return subject in self._offices or len(self._degree[subject]) > shipped().fanout_cap


def _rows(package: Path, name: str) -> list[Row]:
    """As the store would have them: what is empty is not there, what is expected there is."""
    with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


def _active(row: Row) -> bool:
    return (row["since"] or "") <= AS_OF < (row["until"] or "9999")


def _counted(row: Row) -> Any:
    twice = row["type"] in SYMMETRIC
    return (row["type"], frozenset((row["source"], row["target"]))) if twice else row["record"]


def _reached(near: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = near.get(waiting.pop(), set()) - seen
        seen |= new
        waiting += new
    return seen

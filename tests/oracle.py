"""Exposure by brute force, from the contract's words alone: every simple path, weighed one by one.

Shares no code with `queries`: it reads the rows a test wrote and the policy as `policy --json` prints it.
Numbers are fractions, so nothing is rounded but the score.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Row = Mapping[str, Any]
SYMMETRIC = {"CONCERT", "KIN", "MAYBE_SAME"}
RATED = {"SHAREHOLDER", "GENERAL_PARTNER", "LIMITED_PARTNER", "SUPPLIES"}
Edge = tuple[str, str, str, str]  # type, source, target, record


@dataclass(frozen=True)
class Expected:
    """One exposure: listing, score, hops, node ids and edges of the path, whether it is only possible."""

    listing: str
    score: float
    hops: int
    nodes: tuple[str, ...]
    edges: tuple[Edge, ...]
    possible: bool


@dataclass(frozen=True)
class Hop:
    other: str
    weight: Fraction
    edge: Edge


class Oracle:
    """The answers for one graph on one day."""

    def __init__(
        self, subjects: Sequence[Row], relations: Sequence[Row], listings: Sequence[Row], **asked: Any
    ) -> None:
        self.policy: Row = asked["policy"]
        self.as_of: str = asked["as_of"]
        self.hops: int = asked["hops"]
        self.possible: bool = asked["possible"]
        self.over: str = asked["over"]
        self.subjects = {row["id"]: row for row in subjects}
        self.listings = [row for row in listings if self._in_force(row)]
        self.around: dict[str, dict[str, Hop]] = {i: {} for i in self.subjects}
        self.degree: dict[str, int] = {}
        self._join([r for r in relations if self._active(r) and (self.possible or r["type"] != "MAYBE_SAME")])

    def exposures(self, asked: str) -> list[Expected]:
        """All exposures of one subject in the order of an answer."""
        own = {row["id"] for row in self.listings if row["of"] == asked}
        best: dict[str, tuple[Any, ...]] = {}
        for nodes, hops in self._ways(asked):
            for row in self.listings:
                if row["of"] == nodes[-1] and row["id"] not in own and len(nodes) > 1:
                    score = self._score(row, hops)
                    edges = tuple(h.edge for h in hops)
                    rank = (-score, len(hops), nodes, edges)
                    if score >= Fraction(str(self.policy["floor"])):
                        best[row["id"]] = min(best.get(row["id"], rank), rank)
        found = [
            Expected(i, float(-s), n, nodes, edges, any(e[0] == "MAYBE_SAME" for e in edges))
            for i, (s, n, nodes, edges) in best.items()
        ]
        return sorted(found, key=lambda e: (-e.score, e.hops, e.listing))

    def not_crossed(self, asked: str) -> set[tuple[str, str, int]]:
        """(subject, reason, degree) of every subject reached in fewer hops than asked and not gone on from."""
        return {
            (nodes[-1], self._stop(nodes[-1]), self.degree[nodes[-1]])
            for nodes, hops in self._ways(asked)
            if 0 < len(hops) < self.hops and self._stop(nodes[-1])
        }

    def _ways(self, asked: str) -> Iterator[tuple[tuple[str, ...], tuple[Hop, ...]]]:
        """Every simple path from the asked subject whose product is not below the floor."""
        waiting: list[tuple[tuple[str, ...], tuple[Hop, ...]]] = [((asked,), ())]
        while waiting:
            nodes, hops = waiting.pop()
            if _rounded(_product(hops)) < Fraction(str(self.policy["floor"])):
                continue
            yield nodes, hops
            here = nodes[-1]
            if len(hops) < self.hops and (here == asked or not self._stop(here)):
                ahead = [hop for hop in self.around[here].values() if hop.other not in nodes]
                waiting += [((*nodes, hop.other), (*hops, hop)) for hop in ahead]

    def _stop(self, subject: str) -> str:
        row = self.subjects[subject]
        conducts = row.get("conducts")
        if conducts is False or (conducts is None and row["kind"] == "government"):
            return "conducts"
        return "fanout" if self.degree[subject] > self.policy["fanout_cap"] else ""

    def _join(self, relations: Sequence[Row]) -> None:
        counted: dict[str, set[Any]] = defaultdict(set)
        for number, row in enumerate(relations):
            kind, source, target = row["type"], row["source"], row["target"]
            ways = [(target, source, self._weight(row, "backward")), (source, target, self._weight(row, "forward"))]
            if not any(weight > 0 for _, _, weight in ways):
                continue
            for here, other, weight in ways:
                once = (kind, frozenset((source, target))) if kind in SYMMETRIC else number
                counted[here].add(once)
                if weight > 0 and here != other:
                    self._offer(other, Hop(here, weight, (kind, source, target, row["record"])))
        self.degree = {i: len(counted[i]) for i in self.subjects}

    def _offer(self, here: str, hop: Hop) -> None:
        """`here` walks to the listed end over `hop`, if it is the best between the two."""
        known = self.around[here].get(hop.other)
        if known is None or (-hop.weight, hop.edge) < (-known.weight, known.edge):
            self.around[here][hop.other] = hop

    def _weight(self, row: Row, direction: str) -> Fraction:
        """What passes of a listing on the first subject ("forward") or on the second ("backward")."""
        kind, ratio = row["type"], row.get("ratio")
        if kind in SYMMETRIC:
            direction = "forward"
        rows = [k for k in self.policy["keeps"] if k["relation"] == kind and k["direction"] == direction]
        if ratio is None or kind not in RATED:
            fitting = [k for k in rows if k["min_ratio"] is None]
        else:
            under = [k for k in rows if k["min_ratio"] is not None and k["min_ratio"] <= ratio]
            fitting = sorted(under, key=lambda k: -k["min_ratio"])[:1]
        return Fraction(str(fitting[0]["weight"])) if fitting else Fraction(0)

    def _score(self, row: Row, hops: Sequence[Hop]) -> Fraction:
        severity = Fraction(str(self.policy["severity"].get(row["list"], 0)))
        tier = Fraction(str(self.policy["tier"][row["tier"]])) if row.get("tier") else Fraction(1)
        return _rounded(severity * tier * _product(hops))

    def _active(self, row: Row) -> bool:
        return (row.get("since") or "") <= self.as_of < (row.get("until") or "9999")

    def _in_force(self, row: Row) -> bool:
        past = [e for e in row.get("events", []) if e[:10] <= self.as_of]
        suspended = bool(past) and past[-1][11:].startswith("suspended")
        begun = (row.get("listed_on") or "") <= self.as_of
        gone = (row.get("removed_on") or "9999") <= self.over or (row.get("expires_on") or "9999") < self.over
        return begun and not gone and not suspended


def _product(hops: Sequence[Hop]) -> Fraction:
    product = Fraction(1)
    for hop in hops:
        product *= hop.weight
    return product


def _rounded(number: Fraction) -> Fraction:
    return round(number, 9)

"""The relations a way goes over: of several between two neighbours the one with the largest weight."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from graph.cypher import text
from graph.store import Store
from queries.model import Edge
from queries.question import Question
from queries.weights import weights

BATCH = 500
Pair = tuple[str, str]


def edges(store: Store, question: Question, ways: Iterable[tuple[str, ...]]) -> dict[Pair, Edge]:
    """The edge between each two neighbours on these ways, told towards the listed subject.

    Of equal weights the smallest (type, source, target, record).
    """
    pairs = sorted({asking for ids in ways for asking in _asked(ids)})
    types = question.policy.carrying(include_possible=question.include_possible)
    keeps = weights(question.policy, types, towards_listed=True)
    found: dict[Pair, list[Edge]] = {}
    for start in range(0, len(pairs), BATCH):
        batch = pairs[start : start + BATCH]
        asked = [{"n": n, "from": a, "to": b, "onward": onward} for n, (a, b, onward) in enumerate(batch)]
        statement = text("queries", "exposure_edges", TYPES=types)
        for row in store.read(statement, pairs=asked, keeps=keeps, as_of=question.as_of):
            here, there, onward = batch[row["n"]]
            pair = (here, there) if onward else (there, here)
            found.setdefault(pair, []).append(_edge((here, there), row))
    return {pair: smallest(between) for pair, between in found.items()}


def asked_pairs(ways: Iterable[tuple[str, ...]]) -> set[Pair]:
    """Each two neighbours on these ways, in the order of the way."""
    return {pair for ids in ways for pair in pairwise(ids)}


def smallest(between: Iterable[Edge]) -> Edge:
    """The relation that counts between two: the largest weight, then (type, source, target, record)."""
    return min(between, key=_order)


def _asked(ids: tuple[str, ...]) -> Iterable[tuple[str, str, bool]]:
    """(from, to, whether the way goes so) for each two neighbours; only the ends of a way may be hubs."""
    for number, (here, there) in enumerate(pairwise(ids)):
        yield (there, here, False) if number == 0 and len(ids) > 2 else (here, there, True)


def _edge(ends: Pair, row: dict[str, Any]) -> Edge:
    return Edge.read(row["type"], ends if row["along"] else ends[::-1], row["props"], row["weight"])


def _order(edge: Edge) -> tuple[Any, ...]:
    rest = (edge.title, edge.since, edge.until, edge.ratio, edge.seen_on)
    told = (edge.type, edge.source, edge.target, edge.record or "")
    return (-(edge.weight or 0), *told, *(str(value or "") for value in rest))

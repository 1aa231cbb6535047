"""What each subject is joined to and how much passes: the rows a search walks, made from relations in one pass.

All relations between two neighbours count as the one that lets most through. A row is sorted by what passes, most
first, then by neighbour, so that a search may stop at the first that is too weak.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.columns import Array
from graph.compiled import compiled, prange
from graph.snapshot import LinkTable

NOTHING = np.iinfo(np.uint8).max  # the class of what lets nothing through


@dataclass(frozen=True, slots=True)
class Carriage:
    """What relations let through, as classes: 0 lets most through, NOTHING nothing.

    `along`, `against`: class by [type, code of the ratio], walking as the relation is stored and the other way.
    `carries`: by the same, whether it passes anything at all in some direction. `once`: types that count once
    between two although stored twice. `active`: by relation, whether it is in force.
    """

    along: Array
    against: Array
    carries: Array
    once: Array
    active: Array


@dataclass(frozen=True, slots=True)
class Rows:
    """Neighbours of subject i are `neighbour[starts[i]:starts[i + 1]]`; `passing` is the class of what passes to each.
    `degree`: relations in force that carry anything, by subject.
    """

    starts: Array
    neighbour: Array
    passing: Array
    degree: Array


def rows(relations: LinkTable, count: int, carriage: Carriage) -> Rows:
    """The rows of `count` subjects."""
    ratios = relations.codes("ratio")
    links = (
        relations.starts_first, relations.second, relations.starts_second, relations.by_second, relations.first,
        relations.kind, ratios, carriage.active,
    )  # fmt: skip
    told = (carriage.along, carriage.against, carriage.carries, carriage.once)
    degree, sizes = np.zeros(count, np.int32), np.zeros(count, np.int64)
    _count(links, told, degree, sizes)
    starts = np.zeros(count + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    neighbour, passing = np.zeros(starts[-1], np.uint32), np.zeros(starts[-1], np.uint8)
    _fill(links, told, starts, neighbour, passing)
    return Rows(starts, neighbour, passing, degree)


@compiled()
def _next(i: Any, i_end: Any, j: Any, j_end: Any, second: Any, by_second: Any, first: Any) -> Any:
    """The nearest neighbour not looked at yet."""
    one = second[i] if i < i_end else -1
    other = first[by_second[j]] if j < j_end else -1
    if one < 0:
        return other
    return one if other < 0 or one < other else other


@compiled()
def _between(node: Any, other: Any, i: Any, i_end: Any, j: Any, j_end: Any, links: Any, told: Any) -> Any:
    """All relations between two: (relations counted, the class of what passes, where to go on in either list)."""
    _, second, _, by_second, first, kind, ratios, active = links
    along, against, carries, once = told
    counted, best, seen = 0, NOTHING, 0
    while i < i_end and second[i] == other:
        t, ratio = kind[i], ratios[i]
        if active[i] and carries[t, ratio]:
            if not once[t] or not (seen >> t) & 1:
                counted += 1
                seen |= 1 << t
            best = min(best, along[t, ratio])
        i += 1
    while j < j_end and first[by_second[j]] == other:
        r = by_second[j]
        t, ratio = kind[r], ratios[r]
        # One that joins somebody to himself stands in both lists and counts once.
        if active[r] and carries[t, ratio] and other != node:
            if not once[t] or not (seen >> t) & 1:
                counted += 1
                seen |= 1 << t
            best = min(best, against[t, ratio])
        j += 1
    return counted, best, i, j


@compiled(parallel=True)
def _count(links: Any, told: Any, degree: Any, sizes: Any) -> Any:
    starts_first, second, starts_second, by_second, first = links[:5]
    for node in prange(len(degree)):
        i, i_end = np.int64(starts_first[node]), np.int64(starts_first[node + 1])
        j, j_end = np.int64(starts_second[node]), np.int64(starts_second[node + 1])
        relations, neighbours = 0, 0
        while i < i_end or j < j_end:
            other = _next(i, i_end, j, j_end, second, by_second, first)
            counted, best, i, j = _between(node, other, i, i_end, j, j_end, links, told)
            relations += counted
            if best != NOTHING and other != node:
                neighbours += 1
        degree[node] = relations
        sizes[node] = neighbours


@compiled(parallel=True)
def _fill(links: Any, told: Any, starts: Any, neighbour: Any, passing: Any) -> Any:
    starts_first, second, starts_second, by_second, first = links[:5]
    for node in prange(len(starts) - 1):
        i, i_end = np.int64(starts_first[node]), np.int64(starts_first[node + 1])
        j, j_end = np.int64(starts_second[node]), np.int64(starts_second[node + 1])
        at = starts[node]
        while i < i_end or j < j_end:
            other = _next(i, i_end, j, j_end, second, by_second, first)
            _, best, i, j = _between(node, other, i, i_end, j, j_end, links, told)
            if best != NOTHING and other != node:
                neighbour[at] = other
                passing[at] = best
                at += 1
        _sort(neighbour, passing, starts[node], at)


@compiled()
def _sort(neighbour: Any, passing: Any, start: Any, end: Any) -> Any:
    """Sort a row by what passes, those that let through alike staying in order."""
    if end - start <= 32:
        for k in range(start + 1, end):
            n, p = neighbour[k], passing[k]
            at = k
            while at > start and passing[at - 1] > p:
                neighbour[at], passing[at] = neighbour[at - 1], passing[at - 1]
                at -= 1
            neighbour[at], passing[at] = n, p
        return
    places = np.zeros(NOTHING + 1, np.int64)
    for k in range(start, end):
        places[passing[k] + 1] += 1
    for c in range(1, NOTHING + 1):
        places[c] += places[c - 1]
    others, classes = neighbour[start:end].copy(), passing[start:end].copy()
    for k in range(end - start):
        at = start + places[classes[k]]
        places[classes[k]] += 1
        neighbour[at], passing[at] = others[k], classes[k]

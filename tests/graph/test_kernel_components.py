"""Parts and rings of arrays against those of NetworkX, and against the search the groups use."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from graph.kernel_components import Circling
from queries.groups.rings import circles, mutual, rings

Pair = tuple[int, int]


def _pairs(seed: int) -> tuple[int, list[Pair]]:
    rnd = random.Random(seed)
    count = rnd.randint(2, 12)
    return count, [(rnd.randrange(count), rnd.randrange(count)) for _ in range(rnd.randint(0, 3 * count))]


def _of(count: int, pairs: list[Pair]) -> Circling:
    first, second = (np.array([pair[n] for pair in pairs], dtype=np.int64) for n in (0, 1))
    return Circling.of(count, first, second)


@pytest.mark.parametrize("seed", range(60))
def test_random_graphs(seed: int) -> None:
    count, pairs = _pairs(seed)
    found = _of(count, pairs)
    graph = nx.DiGraph(pair for pair in pairs if pair[0] != pair[1])
    wanted = {tuple(sorted(part)) for part in nx.strongly_connected_components(graph) if len(part) > 1}
    assert {tuple(part.tolist()) for part in found.parts} == wanted
    told, whole = found.rings(2, 6, 10_000)
    assert whole
    assert len(told) == len(set(told))
    assert {_turned(ring) for ring in nx.simple_cycles(graph) if len(ring) <= 6} == set(told)
    # In the order the groups tell them, under names that sort as the numbers do.
    near = {f"{i:02}": {f"{b:02}" for a, b in pairs if a == i != b} for i in range(count)}
    named, _ = rings(near, lambda: None)
    assert [tuple(f"{i:02}" for i in ring) for ring in found.rings(3, 8, 200)[0]] == named
    assert [{f"{i:02}" for i in part} for part in found.parts] == circles(near)
    assert sorted(tuple(f"{i:02}" for i in ring) for ring in found.rings(2, 2, 999)[0]) == mutual(near)


def _turned(ring: list[int]) -> tuple[int, ...]:
    low = ring.index(min(ring))
    return (*ring[low:], *ring[:low])


def test_more_than_asked_for_says_so() -> None:
    everybody = [(a, b) for a in range(8) for b in range(8) if a != b]
    told, whole = _of(8, everybody).rings(3, 8, 10)
    assert (told[0], len(told), whole) == ((0, 1, 2), 10, False)


def test_without_a_way_back_there_is_no_ring() -> None:
    found = _of(4, [(0, 1), (1, 2), (0, 2), (3, 3)])
    assert (found.parts, found.rings(2, 6, 10)) == ([], ([], True))
    assert _of(0, []).parts == []

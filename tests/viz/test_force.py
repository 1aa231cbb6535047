"""Places of cards: the same for the same, apart from each other, and never moved once they are there."""

from __future__ import annotations

import math
import random
import time
from itertools import combinations
from typing import get_args

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viz.force import Kind, positions
from viz.room import CARD

Places = dict[str, tuple[float, float]]
NETWORKS = st.integers(0, 40).flatmap(
    lambda count: st.tuples(
        st.just([f"n{i}" for i in range(count)]),
        st.lists(
            st.tuples(st.integers(0, max(0, count - 1)), st.integers(0, max(0, count - 1))).map(
                lambda pair: (f"n{pair[0]}", f"n{pair[1]}")
            ),
            max_size=80,
        ),
    )
)
KINDS = st.sampled_from(get_args(Kind))


def network(count: int, each: int = 1) -> tuple[list[str], list[tuple[str, str]]]:
    made = nx.barabasi_albert_graph(count, each, seed=7)
    return [f"n{i}" for i in made], [(f"n{a}", f"n{b}") for a, b in made.edges]


def overlapping(places: Places, of: set[str] | None = None) -> list[tuple[str, str]]:
    return [
        (a, b)
        for (a, (ax, ay)), (b, (bx, by)) in combinations(places.items(), 2)
        if abs(ax - bx) < CARD[0] and abs(ay - by) < CARD[1] and (of is None or a in of or b in of)
    ]


@settings(max_examples=60, deadline=None)
@given(NETWORKS, KINDS)
def test_places_are_finite_apart_and_the_same_every_time(
    drawn: tuple[list[str], list[tuple[str, str]]], kind: Kind
) -> None:
    nodes, edges = drawn
    found = positions(nodes, edges, kind=kind)
    assert list(found) == nodes
    assert all(math.isfinite(v) for place in found.values() for v in place)
    assert not overlapping(found)
    assert positions(nodes, edges, kind=kind) == found


@settings(max_examples=60, deadline=None)
@given(NETWORKS, KINDS, st.randoms(use_true_random=False))
def test_what_has_a_place_keeps_it_and_nobody_comes_to_stand_on_it(
    drawn: tuple[list[str], list[tuple[str, str]]], kind: Kind, chance: random.Random
) -> None:
    nodes, edges = drawn
    placed = {n: (chance.uniform(-900, 900), chance.uniform(-900, 900)) for n in nodes if chance.random() < 0.5}
    found = positions(nodes, edges, placed, kind)
    assert {n: found[n] for n in placed} == placed
    assert not overlapping(found, of=set(nodes) - set(placed))


def test_new_ones_stand_near_their_neighbour() -> None:
    nodes, edges = network(60)
    placed = positions(nodes, edges)
    new = [f"new{i}" for i in range(20)]
    found = positions([*nodes, *new], [*edges, *(("n50", n) for n in new)], placed)
    far = [math.dist(found["n50"], found[n]) for n in new]
    assert max(far) < 1_500
    assert not overlapping(found)


def test_neighbours_stand_nearer_than_strangers() -> None:
    nodes, edges = network(80)
    found = positions(nodes, edges)
    joined = [math.dist(found[a], found[b]) for a, b in edges]
    every = [math.dist(found[a], found[b]) for a, b in combinations(nodes, 2)]
    assert sum(joined) / len(joined) < sum(every) / len(every) / 2


def test_in_layers_every_relation_leads_down() -> None:
    tree = nx.balanced_tree(3, 3)
    edges = [(f"n{a}", f"n{b}") for a, b in tree.edges]
    found = positions([f"n{i}" for i in tree], edges, kind="layered")
    assert all(found[a][1] < found[b][1] for a, b in edges)


def test_circles_unknown_ends_and_repetitions_do_no_harm() -> None:
    edges = [("a", "b"), ("b", "c"), ("c", "a"), ("a", "a"), ("a", "z"), ("b", "a"), ("a", "b")]
    for kind in get_args(Kind):
        found = positions(["a", "b", "c", "a"], edges, kind=kind)
        assert list(found) == ["a", "b", "c"]
        assert not overlapping(found)


def test_many_on_one_spot_are_told_apart() -> None:
    found = positions(["hub", *(f"n{i}" for i in range(150))], [("hub", f"n{i}") for i in range(150)])
    assert not overlapping(found)


def test_nobody_and_one() -> None:
    assert positions([], []) == {}
    assert positions(["a"], []) == {"a": (0.0, 0.0)}


@pytest.mark.parametrize("each", [1, 2])
def test_a_thousand_cards_take_two_seconds_at_most(each: int) -> None:
    nodes, edges = network(1_000, each)
    began = time.process_time()
    found = positions(nodes, edges)
    assert time.process_time() - began <= 2.0
    assert not overlapping(found)

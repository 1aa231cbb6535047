"""The fix-point of shares that count in full: the examples of OFAC FAQ 398–401, and random graphs by brute force."""

from __future__ import annotations

import random
from itertools import product

import pytest

from queries.regimes.closure import Bound, Caught, caught, chain, resting_on

HALF = Bound(0.5, strict=False)
OVER_HALF = Bound(0.5, strict=True)


def stakes(*lines: str) -> dict[tuple[str, str], float]:
    return {(one, held): float(share) for one, share, held in (line.split() for line in lines)}


@pytest.mark.parametrize(
    ("lines", "blocked", "expected"),
    [
        (["X 0.5 A", "A 0.5 B"], "X", "AB"),
        (["X 0.5 A", "X 0.5 B", "A 0.25 C", "B 0.25 C"], "X", "ABC"),
        (["X 0.5 A", "X 0.1 B", "A 0.4 B"], "X", "AB"),
        (["X 0.5 A", "X 0.25 B", "A 0.25 C", "B 0.25 C"], "X", "A"),
        (["X 0.25 A", "B 0.25 C", "X 0.25 B", "A 0.25 C"], "X", ""),
        (["X 0.25 A", "Y 0.25 A"], "XY", "A"),
        (["X 0.5 A", "A 0.5 B", "Y 0.1 B"], "XY", "AB"),
        (["X 0.49 A", "A 1.0 B"], "X", ""),
        (["X 0.4999 A"], "X", ""),
        (["A 0.5 X", "B 1.0 A"], "X", ""),  # what holds a blocked one is not blocked for that
        (["A 0.5 B", "B 0.5 A"], "X", ""),  # a circle that nobody blocked holds
        (["X 0.2 A", "A 0.4 A", "Y 0.3 A"], "X", ""),  # shares in itself do not help
        (["X 0.3 A", "X 0.3 B", "A 0.2 B", "B 0.2 A"], "X", ""),  # neither comes to it first
        (["X 0.5 A", "A 0.3 B", "B 0.5 C", "X 0.2 B", "C 1.0 X"], "X", "ABC"),
    ],
)
def test_examples_of_the_rule(lines: list[str], blocked: str, expected: str) -> None:
    found = caught(stakes(*lines), list(blocked), HALF)
    assert set(found) == set(expected)
    for held in found:
        assert chain(found, held)[-1] in blocked


def test_more_than_half_and_each_for_himself() -> None:
    graph = stakes("X 0.5 A", "Y 0.5 A", "X 0.5001 B", "B 0.5 C", "B 0.51 D")
    assert set(caught(graph, ["X"], OVER_HALF)) == {"B", "D"}
    assert set(caught(graph, ["X", "Y"], OVER_HALF)) == {"A", "B", "D"}
    assert set(caught(graph, ["Y"], OVER_HALF)) == set()


def test_what_is_held_together_is_told() -> None:
    found = caught(stakes("X 0.5 A", "X 0.1 B", "A 0.4 B", "Y 0.2 B"), ["X"], HALF)
    assert found["B"] == Caught("B", 0.5, (("A", 0.4), ("X", 0.1)))
    assert resting_on(found, ["X"]) == {"A", "B"}
    assert resting_on(found, ["A"]) == {"B"}
    assert resting_on(found, ["Y"]) == set()


def test_control_counts_where_it_is_asked_for() -> None:
    graph = stakes("X 0.4 A", "A 0.6 B")
    assert set(caught(graph, ["X"], HALF)) == set()
    found = caught(graph, ["X"], HALF, lambda who: ["A"] if who == "X" else [])
    assert set(found) == {"A", "B"}
    assert found["A"].controller == "X"
    assert set(caught(graph, ["Y"], HALF, lambda who: ["A"] if who == "X" else [])) == set()


@pytest.mark.parametrize("seed", range(60))
def test_against_brute_force_on_random_graphs(seed: int) -> None:
    chance = random.Random(seed)
    ids = [f"n{n}" for n in range(chance.randint(3, 9))]
    graph: dict[tuple[str, str], float] = {}
    for holder, held in product(ids, ids):
        if chance.random() < 0.4:
            graph[holder, held] = chance.choice([0.1, 0.2, 0.25, 0.3, 0.5, 0.6])
    blocked = chance.sample(ids, chance.randint(1, 2))
    bound = Bound(chance.choice([0.25, 0.5]), strict=chance.random() < 0.5)
    assert set(caught(graph, blocked, bound)) == brute(graph, blocked, bound)


def brute(graph: dict[tuple[str, str], float], blocked: list[str], bound: Bound) -> set[str]:
    """The smallest set that holds the blocked and whatever the set holds at the number: over all sets there are."""
    ids = sorted({end for pair in graph for end in pair} | set(blocked))
    rest = [i for i in ids if i not in blocked]
    best: set[str] | None = None
    for chosen in product([False, True], repeat=len(rest)):
        inside = set(blocked) | {i for i, taken in zip(rest, chosen, strict=True) if taken}
        closed = all(
            not bound.met(sum(graph.get((h, held), 0.0) for h in inside if h != held)) for held in set(ids) - inside
        )
        if closed and (best is None or len(inside) < len(best)):
            best = inside
    assert best is not None
    return best - set(blocked)

"""The largest possible share, against the shares that can be: never exceeded by any, and reached by one of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import permutations, product

import pytest

from queries.ownership.bounds import at_most
from queries.ownership.holdings import Holdings
from tests.queries.ownership import reference

Bounds = dict[str, dict[str, tuple[float, float]]]  # held: holder: at least, at most
NEAR = 1e-9


def known(bounds: Bounds) -> Holdings:
    found = Holdings("2026-06-01")
    for held, holders in bounds.items():
        for holder, (low, high) in holders.items():
            row = {"type": "SHAREHOLDER", "ratio_min": low, "ratio_max": high}
            found.add((holder, held), [{"type": "SHAREHOLDER", "ratio": low} if low == high else row])
    return found


def drawn(chance: random.Random) -> Bounds:
    """Three to five firms with two or three holders each, some of them firms of the same, some shares open."""
    firms = "abcde"[: chance.randint(3, 5)]
    bounds: Bounds = {}
    for held in firms:
        bounds[held] = {}
        left, open_ones = 0.9, 0
        for holder in chance.sample([*firms, "p", "q"], chance.randint(2, 3)):
            low = round(chance.random() * left / 2, 2)
            width = 0.0 if open_ones == 2 or chance.random() < 0.5 else round(chance.random(), 2)
            open_ones += width > 0
            bounds[held][holder] = (low, min(1.0, round(low + width, 2)))
            left -= low
    return bounds


def filled(holders: dict[str, tuple[float, float]], order: tuple[str, ...]) -> dict[str, float]:
    """What is left of the whole goes to whoever is first in order, as far as he can have it, and so on."""
    shares = {holder: low for holder, (low, _) in holders.items()}
    left = 1.0 - sum(shares.values())
    for holder in order:
        more = min(left, holders[holder][1] - holders[holder][0])
        shares[holder] += more
        left -= more
    return shares


def corners(bounds: Bounds) -> Iterator[reference.Shares]:
    """Every way to give each firm's rest to its holders one after the other."""
    orders = [[*permutations(h for h, (low, high) in one.items() if high > low)] for one in bounds.values()]
    for chosen in product(*orders):
        yield {
            (holder, held): share
            for (held, holders), order in zip(bounds.items(), chosen, strict=True)
            for holder, share in filled(holders, order).items()
        }


def inside(bounds: Bounds, chance: random.Random) -> reference.Shares:
    """Some shares that fit, anywhere between the bounds."""
    shares = {}
    for held, holders in bounds.items():
        left = 1.0 - sum(low for low, _ in holders.values())
        for holder in chance.sample(sorted(holders), len(holders)):
            low, high = holders[holder]
            more = chance.random() * min(left, high - low)
            shares[holder, held] = low + more
            left -= more
    return shares


@pytest.mark.parametrize("seed", range(3))
def test_random_bounds(seed: int) -> None:
    chance = random.Random(seed)
    for number in range(100):
        bounds = drawn(chance)
        told = {held: at_most(known(bounds), "p", held) for held in bounds}
        best = dict.fromkeys(bounds, 0.0)
        for shares in corners(bounds):
            for held, share in reference.integrated(shares, "p").items():
                best[held] = max(best[held], share)
        assert told == pytest.approx(best, abs=NEAR), (seed, number, bounds)
        for _ in range(10):
            for held, share in reference.integrated(inside(bounds, chance), "p").items():
                assert share <= told[held] + NEAR


def test_what_is_known_is_the_most() -> None:
    exact: Bounds = {"a": {"p": (0.3, 0.3), "b": (0.5, 0.5)}, "b": {"a": (0.4, 0.4), "p": (0.6, 0.6)}}
    share = reference.integrated({(h, y): low for y, one in exact.items() for h, (low, _) in one.items()}, "p")["a"]
    assert at_most(known(exact), "p", "a") == pytest.approx(share, abs=NEAR)
    assert at_most(known(exact), "q", "a") == 0.0


def test_an_open_share_takes_what_the_others_leave_and_no_more() -> None:
    open_one = Holdings("2026-06-01")
    open_one.add(("p", "a"), [{"type": "SHAREHOLDER"}])
    open_one.add(("q", "a"), [{"type": "SHAREHOLDER", "ratio": 0.7}])
    assert at_most(open_one, "p", "a") == pytest.approx(0.3)
    assert at_most(open_one, "q", "a") == pytest.approx(0.7)

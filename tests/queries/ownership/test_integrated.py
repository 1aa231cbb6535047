"""Integrated shares alone, without a store: thousands of tiny matrices, circles that hold nearly all of themselves,
deep chains, hubs, and the whole graph at once.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest

from queries.ownership.integrated import Shares
from tests.queries.ownership import reference

NEAR = 1e-9
Triple = tuple[str, str, float]


def owned(triples: list[Triple]) -> dict[str, dict[str, float]]:
    """By holder, what each subject owns; the three ways to ask give the same."""
    shares = Shares.build(triples)
    found = {i: shares.from_holder(i) for i in shares.ids}
    table = shares.everything()
    for n, held in enumerate(shares.ids):
        from_above = {i: found[i][held] for i in shares.ids if held in found[i]}
        assert shares.into(held) == pytest.approx(from_above, rel=NEAR)
        column = table[:, [n]].toarray().ravel()
        whole = {shares.ids[k]: column[k] for k in column.nonzero()[0]}
        assert whole == pytest.approx(from_above, rel=NEAR)
    return found


def tiny(chance: random.Random) -> list[Triple]:
    """Up to six subjects, as densely held as can be, sums around the whole."""
    ids = "abcdef"[: chance.randint(1, 6)]
    triples = []
    for held in ids:
        holders = [one for one in ids if chance.random() < 0.5]
        weights = [chance.random() + 0.01 for _ in holders]
        total = chance.choice((0.3, 0.9, 1.0, 1.0, 1.4))
        triples += [(h, held, total * w / sum(weights)) for h, w in zip(holders, weights, strict=True)]
    return triples


@pytest.mark.parametrize("seed", range(4))
def test_tiny_matrices(seed: int) -> None:
    chance = random.Random(seed)
    for number in range(250):
        triples = tiny(chance)
        shares = {(holder, held): share for holder, held, share in triples}
        for holder, told in owned(triples).items():
            assert told == pytest.approx(reference.integrated(shares, holder), abs=NEAR), (seed, number, triples)
            assert all(0 < share <= 1 for share in told.values())


def exactly(triples: list[Triple], holder: str) -> dict[str, float]:
    """The definition in fractions; what a sum misses of the whole by rounding alone is not missing."""
    parts = [(source, held, Fraction(share)) for source, held, share in triples]
    sums = {held: sum((share for _, one, share in parts if one == held), Fraction(0)) for _, held, _ in parts}
    whole = {
        held: total if abs(total - 1) < Fraction(1, 10**12) else max(total, Fraction(1)) for held, total in sums.items()
    }
    ids = sorted({i for source, held, _ in parts for i in (source, held)} - {holder})
    rows = {one: {other: Fraction(one == other) for other in ids} for one in ids}
    right = dict.fromkeys(ids, Fraction(0))
    for source, held, share in parts:
        if held == holder:
            continue
        if source == holder:
            right[held] += share / whole[held]
        else:
            rows[held][source] -= share / whole[held]
    reached = set(reference.integrated({(s, h): float(x) for s, h, x in parts}, holder))
    for one in [i for i in ids if i in reached]:
        for other in (i for i in ids if i in reached and i != one):
            factor = rows[other][one] / rows[one][one]
            rows[other] = {i: rows[other][i] - factor * rows[one][i] for i in ids}
            right[other] -= factor * right[one]
    return {i: float(right[i] / rows[i][i]) for i in ids if i in reached}


@pytest.mark.parametrize("leak", [1e-3, 1e-6, 1e-9])
def test_circles_that_hold_nearly_all_of_themselves(leak: float) -> None:
    mutual = [("a", "b", 1 - leak), ("b", "a", 1 - leak), ("p", "a", leak), ("q", "b", leak), ("b", "s", 0.5)]
    one_way_out = [
        ("a", "b", 1.0),
        ("b", "c", 1.0),
        ("c", "a", 1 - leak),
        ("p", "a", leak / 4),
        ("q", "a", 3 * leak / 4),
    ]
    in_itself = [("a", "a", 1 - leak), ("p", "a", leak), ("a", "b", 1 - leak), ("q", "b", leak)]
    dense = [(h, y, (1 - leak) / 3) for y in "abc" for h in "abc"] + [("p", y, leak) for y in "abc"]
    for triples in (mutual, one_way_out, in_itself, dense):
        found = owned(triples)
        for holder in sorted({holder for holder, _, _ in triples}):
            assert found[holder] == pytest.approx(exactly(triples, holder), rel=NEAR), (holder, triples)
    assert owned(one_way_out)["p"]["c"] == pytest.approx(0.25, rel=NEAR)
    assert owned(in_itself)["p"]["a"] == pytest.approx(1.0, rel=NEAR)


def test_a_circle_that_holds_all_of_itself_is_owned_by_nobody() -> None:
    found = owned([("a", "b", 1.0), ("b", "a", 1.0), ("a", "c", 0.4), ("p", "c", 0.6), ("d", "d", 1.0)])
    assert found["a"] == pytest.approx({"b": 1.0, "c": 0.4})
    assert found["b"] == pytest.approx({"a": 1.0, "c": 0.4})
    assert found["p"] == pytest.approx({"c": 0.6})
    assert found["d"] == found["c"] == {}
    # somebody outside holds some of it too: the sum is above the whole, and scaled it is all his
    shares = Shares.build([("a", "b", 1.0), ("b", "a", 1.0), ("p", "a", 0.25)])
    assert shares.scaled == {"a": 1.25}
    assert shares.from_holder("p") == pytest.approx({"a": 1.0, "b": 1.0})


def test_rounded_thirds_are_the_whole_only_where_nothing_is_missing() -> None:
    thirds = [
        ("a", "b", 1 / 3),
        ("c", "b", 1 / 3),
        ("d", "b", 1 / 3),
        ("b", "a", 1.0),
        ("b", "c", 1.0),
        ("b", "d", 1.0),
    ]
    assert owned(thirds)["b"] == pytest.approx({"a": 1.0, "c": 1.0, "d": 1.0})
    loose = [(h, y, 0.333333) for h, y, _ in thirds[:3]] + thirds[3:]
    assert owned(loose)["a"] == pytest.approx(reference.integrated({(h, y): s for h, y, s in loose}, "a"), rel=1e-9)


@pytest.mark.parametrize("levels", [40, 200])
def test_deep_chains_with_circles_hanging_off(levels: int) -> None:
    chain = [f"f{n}" for n in range(levels)]
    triples: list[Triple] = [(holder, held, 0.95) for holder, held in pairwise(chain)]
    for n, firm in enumerate(chain[::5]):  # each holds a firm that holds it back, and itself
        triples += [(firm, f"g{n}", 0.5), (f"g{n}", firm, 0.03), (f"g{n}", f"g{n}", 0.1)]
    shares = {(holder, held): share for holder, held, share in triples}
    built = Shares.build(triples)
    expected = reference.integrated(shares, "f0")
    assert built.from_holder("f0") == pytest.approx(expected, rel=NEAR)
    assert built.into(chain[-1])["f0"] == pytest.approx(expected[chain[-1]], rel=NEAR)
    assert len(expected) > levels


def test_a_hub_with_thousands_of_holdings() -> None:
    held = [f"f{n}" for n in range(2_000)]
    triples: list[Triple] = [("hub", one, 0.4) for one in held] + [(one, "top", 0.0004) for one in held]
    triples += [("top", "hub", 0.25), ("hub", "hub", 0.05)]
    built = Shares.build(triples)
    assert built.from_holder("hub") == pytest.approx({**dict.fromkeys(held, 0.4), "top": 0.32}, rel=NEAR)
    # of itself the hub holds 5 % directly: M of a holder counts ways back to him once
    expected = reference.integrated({(h, y): s for h, y, s in triples}, "top")
    assert built.into("f7")["top"] == pytest.approx(expected["f7"], rel=NEAR)


def test_nobody_and_nothing() -> None:
    assert Shares.build([]).everything().shape == (0, 0)
    assert Shares.build([]).into("a") == Shares.build([("a", "b", 0.0)]).from_holder("a") == {}

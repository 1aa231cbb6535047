"""Ownership of whole graphs by arrays, against the exact answers for one subject after another."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from dataclasses import dataclass

import numpy as np
import pytest

from graph.compiled import SETTING
from graph.kernel_ownership import Limit, Stakes, belonging, each_alone, owned
from queries.ownership.integrated import Shares
from queries.regimes.closure import Bound, caught

NEAR = 1e-9
SEEDS, MORE = range(60), range(1_000, 2_000)


@dataclass(frozen=True, slots=True)
class Case:
    """A random graph of holdings; the last subject holds nothing and is held by nobody."""

    count: int
    shares: dict[tuple[int, int], float]

    @property
    def stakes(self) -> Stakes:
        holder, held = (np.array([pair[n] for pair in self.shares], dtype=np.int64) for n in (0, 1))
        return Stakes.of(self.count, holder, held, np.array(list(self.shares.values())))

    @property
    def exact(self) -> Shares:
        return Shares.build((str(x), str(y), share) for (x, y), share in self.shares.items())


def _case(seed: int) -> Case:
    """Self-holdings, circles, groups that hold all of themselves or next to all, sums above the whole."""
    rnd = random.Random(seed)
    count = rnd.randint(3, 14)
    shares: dict[tuple[int, int], float] = {}
    for held in range(count):
        holders = rnd.sample(range(count), rnd.randint(0, min(4, count)))
        total = rnd.choice([0.3, 0.9, 1.0, 1.0, 1.4])
        for holder in holders:
            shares[holder, held] = round(total / len(holders), 4)
    if rnd.random() < 0.5:
        ring = rnd.sample(range(count), rnd.randint(2, 3))
        own = rnd.choice([1.0, 1.0 - 1e-7, 0.5])
        for holder, held in zip(ring, [*ring[1:], ring[0]], strict=True):
            for pair in [pair for pair in shares if pair[1] == held]:
                del shares[pair]
            shares[holder, held] = own
        outside = next((i for i in range(count) if i not in ring), None)
        if own < 1 and outside is not None:
            shares[outside, ring[0]] = 1 - own
    return Case(count + 1, shares)


def _compare_owned(case: Case) -> None:
    stakes, exact = case.stakes, case.exact
    for holder in range(case.count):
        found = owned(stakes, np.array([holder]))
        wanted = exact.from_holder(str(holder))
        assert found.residual < NEAR
        for other in range(case.count):
            expected = 1.0 if other == holder else wanted.get(str(other), 0.0)
            assert found.share[other] == pytest.approx(expected, abs=NEAR, rel=NEAR), (holder, other)


def _dense(case: Case, group: set[int]) -> np.ndarray:
    """By the equations themselves; where a circle holds all of itself, the smallest solution."""
    stakes = case.stakes.scaled
    matrix = np.zeros((case.count, case.count))
    matrix[stakes.held, stakes.holder] = stakes.share
    value = np.array([float(i in group) for i in range(case.count)])
    for _ in range(3_000):
        value = np.array([1.0 if i in group else matrix[i] @ value for i in range(case.count)])
    return value


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_of_one(seed: int) -> None:
    _compare_owned(_case(seed))


@pytest.mark.long
def test_shares_of_one_on_many_graphs() -> None:
    for seed in MORE:
        _compare_owned(_case(seed))


@pytest.mark.parametrize("seed", range(0, 60, 6))
def test_a_group_is_counted_as_one(seed: int) -> None:
    case = _case(seed)
    if min(case.shares.values(), default=1.0) < 1e-6:
        return  # going round so often would take an age
    group = set(random.Random(seed).sample(range(case.count), 2))
    found = owned(case.stakes, np.array(sorted(group))).share
    assert found == pytest.approx(_dense(case, group), abs=NEAR)


def test_nobody_owns_more_than_the_whole_and_strangers_nothing() -> None:
    case = Case(4, {(0, 1): 0.9, (1, 0): 0.9, (0, 2): 0.7, (1, 2): 0.7})
    assert owned(case.stakes, np.array([0])).share == pytest.approx([1.0, 0.9, 0.95, 0.0])
    assert owned(case.stakes, np.array([0, 1])).share == pytest.approx([1.0, 1.0, 1.0, 0.0])
    assert owned(case.stakes, np.array([3])).share.tolist() == [0.0, 0.0, 0.0, 1.0]


def test_a_large_circle_and_one_that_never_ends() -> None:
    size = 450  # more than are eliminated one by one
    shares = {(i, (i + 1) % size): 0.9 for i in range(size)} | {(size, i): 0.1 for i in range(size)}
    shares |= {(size + 1, size + 2): 1.0, (size + 2, size + 1): 1.0}
    found = owned(Case(size + 3, shares).stakes, np.array([size]))
    assert found.share[:size] == pytest.approx(1.0)
    assert found.share[size + 1 :].tolist() == [0.0, 0.0]
    assert found.residual < NEAR


def _compare_belonging(case: Case, seed: int) -> None:
    rnd = random.Random(seed)
    group = rnd.sample(range(case.count), rnd.randint(1, 2))
    limit = Limit(rnd.choice([0.25, 0.3, 0.5]), rnd.random() < 0.5)
    bound = Bound(limit.share, limit.strict)
    ends = np.array([rnd.random() < 0.15 for _ in range(case.count)])
    shares = {(str(x), str(y)): share for (x, y), share in case.shares.items()}
    open_to_all = {pair: share for pair, share in shares.items() if not ends[int(pair[1])]}
    found = belonging(case.stakes, np.array(group), limit, ends)
    alone = each_alone(case.stakes, np.array(group), limit, ends)
    for one in range(case.count):
        # Asked about one who holds for others, he is an end himself; asked about another, nobody is above him.
        mine = open_to_all | {pair: share for pair, share in shares.items() if pair[1] == str(one)}
        together = caught(mine, [str(i) for i in group], bound)
        assert found.inside[one] == (str(one) in together or one in group)
        if str(one) in together and not ends[one]:  # else what he then holds counts in him too
            assert found.total[one] == pytest.approx(together[str(one)].share)
        if one not in group:
            assert alone[one] == any(str(one) in caught(mine, [str(i)], bound) for i in group)


@pytest.mark.parametrize("seed", SEEDS)
def test_belonging_is_that_of_the_closure(seed: int) -> None:
    _compare_belonging(_case(seed), seed)


@pytest.mark.long
def test_belonging_on_many_graphs() -> None:
    for seed in MORE:
        _compare_belonging(_case(seed), seed)


def test_without_a_compiler_the_answers_are_the_same() -> None:
    case, group = _case(7), np.array([0, 1])
    limit, ends = Limit(0.3, False), np.zeros(case.count, dtype=bool)
    wanted = [
        owned(case.stakes, group).share.round(9).tolist(),
        belonging(case.stakes, group, limit, ends).inside.tolist(),
        each_alone(case.stakes, group, limit, ends).tolist(),
    ]
    run = subprocess.run(
        [sys.executable, "-c", _PLAIN], env={**os.environ, SETTING: "off"}, capture_output=True, text=True, check=True
    )
    assert json.loads(run.stdout) == wanted


_PLAIN = """
import json
import numpy as np
from graph.compiled import COMPILED
from graph.compiled import SETTING
from graph.kernel_ownership import Limit, belonging, each_alone, owned
from tests.graph.test_kernel_ownership import _case
assert not COMPILED
case, group = _case(7), np.array([0, 1])
limit, ends = Limit(0.3, False), np.zeros(case.count, dtype=bool)
print(json.dumps([
    owned(case.stakes, group).share.round(9).tolist(),
    belonging(case.stakes, group, limit, ends).inside.tolist(),
    each_alone(case.stakes, group, limit, ends).tolist(),
]))
"""

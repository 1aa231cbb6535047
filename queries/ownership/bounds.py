"""How much a holder may own at most, where shares are known as intervals or not at all.

The most over all shares that fit: each company's holders have at least their lower bounds, at most their upper ones,
and all of them together at most the whole. Read as a walk from the held to its holders (see `integrated`), it is the
best chance to come to the holder when every step may choose among the shares that fit: found by value iteration from
below, which ends at the least fixed point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from queries.ownership.holdings import Holdings
from queries.ownership.stakes import Stake

ROUNDS = 2_000
NEAR = 1e-12
MOST = 3_000  # subjects above which the bound is not worked out: it is then the whole


def at_most(known: Holdings, holder: str, held: str) -> float:
    """The largest integrated share of `held` that `holder` may have, 0–1."""
    between = _between(known, holder, held)
    if held not in between:
        return 0.0
    if len(between) > MOST:
        return 1.0
    steps = {here: _choices(known.into[here]) for here in between if here != holder}
    chance = dict.fromkeys(between, 0.0) | {holder: 1.0}
    for _ in range(ROUNDS):
        moved = 0.0
        for here, step in steps.items():
            value = _best(step, chance)
            moved = max(moved, value - chance[here])
            chance[here] = value
        if moved < NEAR:
            break
    return min(1.0, chance[held])


def spread(start: Iterable[str], along: Mapping[str, Iterable[str]]) -> set[str]:
    """The start, and all that can be come to from it."""
    return _walk(start, lambda i: along.get(i, ()))


def _between(known: Holdings, holder: str, held: str) -> set[str]:
    """Subjects on ways from `holder` down to `held`, both included; empty without a way."""
    above = _walk([held], lambda i: known.into.get(i, ()))
    if holder not in above:
        return set()
    return {i for i in _walk([holder], lambda i: known.out.get(i, ())) if i in above}


def _walk(start: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    seen = set(start)
    todo = list(seen)
    while todo:
        for other in step(todo.pop()):
            if other not in seen:
                seen.add(other)
                todo.append(other)
    return seen


def _choices(stakes: Mapping[str, Stake]) -> list[tuple[str, float, float]]:
    """(holder, share at least, what may come on top), scaled where the lower bounds make more than the whole."""
    low = sum(one.capital.low for one in stakes.values())
    whole = max(1.0, low)
    rest = max(0.0, 1.0 - low)
    chosen = []
    for holder, one in stakes.items():
        more = rest if one.capital.high is None else min(rest, max(0.0, one.capital.high - one.capital.low))
        chosen.append((holder, one.capital.low / whole, more))
    return chosen


def _best(step: Iterable[tuple[str, float, float]], chance: Mapping[str, float]) -> float:
    choices = [(chance.get(holder, 0.0), low, more) for holder, low, more in step]
    value = sum(worth * low for worth, low, _ in choices)
    left = max(0.0, 1.0 - sum(low for _, low, _ in choices))
    for worth, _, more in sorted(choices, reverse=True):
        taken = min(left, more)
        value += worth * taken
        left -= taken
    return value

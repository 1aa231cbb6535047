"""Rows of cards, each relation from an upper row to a lower one: for holdings, branches and other trees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from viz.layout import separated
from viz.room import CELL, Points

ROW = 150.0  # from row to row
WIDEST = 24  # cards side by side; more go on in a row below
_SWEEPS = 6


def layered(count: int, links: Sequence[tuple[int, int]]) -> Points:
    """Points of `count` subjects; links that close a circle do not count for the rows."""
    down = _without_circles(count, links)
    rows = _rows(count, down)
    near: defaultdict[int, list[int]] = defaultdict(list)
    for a, b in links:
        near[a].append(b)
        near[b].append(a)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for i in range(count):
        members[rows[i]].append(i)
    x = dict.fromkeys(range(count), 0.0)
    order = sorted(members)
    for row in order:
        _spread(members[row], {i: float(k) for k, i in enumerate(members[row])}, x)
    for _ in range(_SWEEPS):
        for row in (*order, *reversed(order)):
            wish = {i: float(np.mean([x[o] for o in near[i]])) if near[i] else x[i] for i in members[row]}
            members[row].sort(key=lambda i: round(wish[i], 3))
            _spread(members[row], wish, x)
    return _points(count, members, x)


def _without_circles(count: int, links: Sequence[tuple[int, int]]) -> dict[int, list[int]]:
    """Links by their upper end, those left out that lead back to where the walk is on its way."""
    ahead: defaultdict[int, list[int]] = defaultdict(list)
    incoming = [0] * count
    for a, b in links:
        ahead[a].append(b)
        incoming[b] += 1
    kept: defaultdict[int, list[int]] = defaultdict(list)
    state = [0] * count  # 0 not seen, 1 on the way, 2 done
    for start in sorted(range(count), key=lambda i: (incoming[i] > 0, i)):
        stack = [(start, iter(ahead[start]))] if state[start] == 0 else []
        state[start] = max(state[start], 1)
        while stack:
            here, left = stack[-1]
            for other in left:
                if state[other] != 1:
                    kept[here].append(other)
                if state[other] == 0:
                    state[other] = 1
                    stack.append((other, iter(ahead[other])))
                    break
            else:
                state[here] = 2
                stack.pop()
    return kept


def _rows(count: int, down: Mapping[int, Sequence[int]]) -> list[int]:
    """The row of each: below all that lead to it; those nobody leads to, right above what they lead to."""
    waits = [0] * count
    for below in down.values():
        for other in below:
            waits[other] += 1
    top = [i for i in range(count) if not waits[i]]
    rows, ready = [0] * count, list(top)
    while ready:
        here = ready.pop()
        for other in down.get(here, ()):
            rows[other] = max(rows[other], rows[here] + 1)
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    for i in top:
        if down.get(i):
            rows[i] = min(rows[other] for other in down[i]) - 1
    return rows


def _spread(members: Sequence[int], wish: Mapping[int, float], x: dict[int, float]) -> None:
    """The places nearest to the wishes (least squares) that keep their order and a card's width between them."""
    gap = CELL[0] / max(1, -(-len(members) // WIDEST))
    x.update(zip(members, separated([wish[i] for i in members], gap), strict=True))


def _points(count: int, members: Mapping[int, Sequence[int]], x: Mapping[int, float]) -> Points:
    """Row below row; a row too wide takes several lines, filled card by card in turn."""
    points = np.zeros((count, 2))
    y = 0.0
    for row in sorted(members):
        lines = max(1, -(-len(members[row]) // WIDEST))
        for k, i in enumerate(members[row]):
            points[i] = x[i], y + (k % lines) * CELL[1]
        y += (lines - 1) * CELL[1] + ROW
    return points

"""Positions of the cards: columns by distance from the asked subject, computed here so that no physics runs.

The asked subject stands at (0, 0); columns 1, 2, … to the right hold what its risk paths and outgoing relations
lead to, −1, −2, … to the left who holds or serves it. Within a column cards are ordered to avoid crossings and
put as near to their neighbours as the spacing allows (least squares under order constraints). A long relation
takes part as an unseen card in every column it passes. Nothing is random: equal input, equal picture.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

CARD = (178.0, 60.0)  # width and height of every card, pixels at scale 1
COLUMN_GAP = 164.0
LANE_GAP = 30.0
PITCH = 80.0
LANE_PITCH = 88.0
RING = 8.0  # the asked subject (column 0) wears a ring: lines keep off it
_SWEEPS = 8

Column: TypeAlias = int


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each card stands; left and right edge of each column; and through which columns, at which height,
    each long relation passes on its way (in the direction it was given)."""

    places: dict[str, tuple[float, float]]
    columns: dict[str, Column]
    spans: dict[Column, tuple[float, float]]
    passes: dict[tuple[str, str], tuple[tuple[Column, float], ...]]


def place(columns: Mapping[str, Column], links: Sequence[tuple[str, str, float]]) -> Plan:
    """Positions for cards with given `columns` and weighted `links`.

    The first card is the asked subject; the order of the others is the wished order within their columns.
    """
    grid = _Grid()
    for key, column in columns.items():
        grid.add(key, column)
    unseen = {(a, b): grid.join(a, b, weight) for a, b, weight in links}
    grid.settle(_rows(len(columns)))
    xs, zero = grid.xs(), grid.y[next(iter(columns))]
    places = {key: (xs[key], grid.y[key] - zero) for key in columns}
    passes = {ends: tuple((grid.column[k], grid.y[k] - zero) for k in keys) for ends, keys in unseen.items()}
    return Plan(places, dict(columns), {c: _span(c, [xs[k] for k in m]) for c, m in grid.members.items()}, passes)


def reach(column: Column) -> float:
    """How far a card of that column reaches from its middle to either side."""
    return CARD[0] / 2 + (0 if column else RING)


def _span(column: Column, xs: Sequence[float]) -> tuple[float, float]:
    return min(xs) - reach(column), max(xs) + reach(column)


def bounds(points: Iterable[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the cards standing at `points`."""
    xs, ys = zip(*points, strict=True)
    return min(xs) - CARD[0] / 2, min(ys) - CARD[1] / 2, max(xs) + CARD[0] / 2, max(ys) + CARD[1] / 2


def _rows(cards: int) -> int:
    """How many cards a column holds before it is split into lanes: more cards, higher picture."""
    return max(14, min(24, round(2.1 * math.sqrt(cards))))


@dataclass(slots=True)
class _Grid:
    """Cards, and the unseen ones of long links, in their columns with their heights."""

    column: dict[str, Column] = field(default_factory=dict)
    members: dict[Column, list[str]] = field(default_factory=lambda: defaultdict(list))
    near: dict[str, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    y: dict[str, float] = field(default_factory=dict)
    lanes: dict[Column, int] = field(default_factory=dict)

    def add(self, key: str, column: Column) -> None:
        self.column[key] = column
        self.members[column].append(key)
        self.y[key] = 0.0

    def join(self, a: str, b: str, weight: float) -> list[str]:
        """Note a link; returns the unseen cards made in the columns it passes."""
        first, last = self.column[a], self.column[b]
        step = 1 if last > first else -1
        chain = [a]
        for column in range(first + step, last, step):
            chain.append(f"{a}|{b}|{column}")
            if chain[-1] not in self.column:
                self.add(chain[-1], column)
        chain.append(b)
        for one, other in pairwise(chain):
            self.near[one].append((other, weight))
            self.near[other].append((one, weight))
        return chain[1:-1]

    def settle(self, rows: int) -> None:
        """Order and height of every column: outward from the middle, then back and forth."""
        self.lanes = {c: max(1, math.ceil(len(m) / rows)) for c, m in self.members.items()}
        outward = sorted(self.members, key=lambda c: (abs(c), c))
        for column in outward:
            self._spread(column, lambda other, here: abs(other) < abs(here), reorder=True)
        for sweep in range(_SWEEPS):
            for column in (*reversed(outward), *outward):
                self._spread(column, lambda other, here: other != here, reorder=sweep < _SWEEPS // 2)

    def _spread(self, column: Column, counts: Callable[[Column, Column], bool], *, reorder: bool) -> None:
        members = self.members[column]
        wish = {key: self._wish(key, counts) for key in members}
        if reorder:
            members.sort(key=lambda key: round(wish[key], 3))  # stable: ties keep their order
        lanes = self.lanes[column]
        gap = PITCH if lanes == 1 else LANE_PITCH / lanes
        self.y.update(zip(members, separated([wish[key] for key in members], gap), strict=True))

    def _wish(self, key: str, counts: Callable[[Column, Column], bool]) -> float:
        near = [(self.y[o], w) for o, w in self.near[key] if counts(self.column[o], self.column[key])]
        total = sum(w for _, w in near)
        return sum(y * w for y, w in near) / total if total else self.y[key]

    def xs(self) -> dict[str, float]:
        """x of every card; a full column is split into lanes, filled card by card in turn."""
        found: dict[str, float] = {}
        for sign in (1, -1):
            edge = CARD[0] / 2
            for column in sorted((c for c in self.members if c * sign > 0), key=abs):
                lanes = self.lanes[column]
                for i, key in enumerate(self.members[column]):
                    lane = (i % lanes) * (CARD[0] + LANE_GAP)
                    found[key] = sign * (edge + COLUMN_GAP + CARD[0] / 2 + lane)
                edge += COLUMN_GAP + lanes * (CARD[0] + LANE_GAP) - LANE_GAP
        return found | dict.fromkeys(self.members[0], 0.0)


def separated(wishes: Sequence[float], gap: float) -> list[float]:
    """The heights nearest to `wishes` (least squares) that keep their order and stand `gap` apart."""
    blocks: list[tuple[float, int]] = []
    for i, wish in enumerate(wishes):
        mean, size = wish - i * gap, 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean, size = (before * count + mean * size) / (count + size), size + count
        blocks.append((mean, size))
    flat = (mean for mean, size in blocks for _ in range(size))
    return [mean + i * gap for i, mean in enumerate(flat)]

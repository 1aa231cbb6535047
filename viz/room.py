"""Room for cards: no two of them overlap, each stands as near to its wish as that allows; groups beside each other."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

CARD = (150.0, 56.0)  # width and height of a card of the explorer, pixels at scale 1
CELL = (CARD[0] + 34.0, CARD[1] + 44.0)  # a card with the room around it
Points: TypeAlias = NDArray[np.float64]
Box: TypeAlias = tuple[float, float, float, float]
_ROUNDS = 120
_CROWDED = 0.75  # overlaps a card from which the whole picture grows, and by how much
_WIDER = 1.06
_BLOCK_GAP = 120.0
_SHAPE = 1.6  # width to height of all groups together
_NEAR = 1e-6


def spread(points: Points) -> Points:
    """The points pushed apart until no two cards overlap; what pushing cannot solve stands in rows and columns."""
    at = points / np.array(CELL)  # two cards overlap where they are less than 1 apart both ways
    for _ in range(_ROUNDS):
        pairs = cKDTree(at).query_pairs(1 - _NEAR, p=np.inf, output_type="ndarray")
        if not len(pairs):
            break
        if len(pairs) > len(at) * _CROWDED:
            at = at * _WIDER
        at = at + _pushes(at, pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))])
    else:
        at = _in_rows(at)
    apart: Points = at * np.array(CELL)
    return apart


def _in_rows(at: Points) -> Points:
    """Each takes the free cell of a lattice nearest to its place, those in the middle first."""
    found = np.empty_like(at)
    taken: set[tuple[int, int]] = set()
    middle = at.mean(axis=0)
    for i in np.lexsort((np.arange(len(at)), np.abs(at - middle).max(axis=1))):
        column, row = (int(v) for v in np.round(at[i]))
        cells = ((column + a, row + b) for reach in range(len(at) + 1) for a, b in _square(reach))
        cell = next(cell for cell in cells if cell not in taken)
        taken.add(cell)
        found[i] = cell
    return found


@cache
def _square(reach: int) -> tuple[tuple[int, int], ...]:
    """The cells that far from the middle one, nearest first."""
    side = range(-reach, reach + 1)
    edge = ((a, b) for a in side for b in side if max(abs(a), abs(b)) == reach)
    return tuple(sorted(edge, key=lambda cell: (cell[0] ** 2 + cell[1] ** 2, cell)))


def _pushes(at: Points, pairs: NDArray[np.intp]) -> Points:
    """How far each point gives way: of every overlapping pair both go half the way, along the shorter one."""
    first, second = pairs[:, 0], pairs[:, 1]
    apart = at[second] - at[first]
    same = np.abs(apart).max(axis=1) < _NEAR  # on one spot: told apart by their order
    apart[same] = np.stack([np.cos(second[same] * 2.4), np.sin(second[same] * 2.4)], axis=1) * _NEAR
    lack = 1 - np.abs(apart)
    sideways = lack[:, 0] <= lack[:, 1]
    push = np.zeros_like(apart)
    push[sideways, 0] = (np.sign(apart[:, 0]) * lack[:, 0])[sideways]
    push[~sideways, 1] = (np.sign(apart[:, 1]) * lack[:, 1])[~sideways]
    push *= 0.52
    moved = np.zeros_like(at)
    for axis in (0, 1):
        moved[:, axis] = np.bincount(second, push[:, axis], len(at)) - np.bincount(first, push[:, axis], len(at))
    crowd = np.maximum(1.0, np.bincount(pairs.ravel(), minlength=len(at)) / 3)
    return np.asarray(moved / crowd[:, None])


class Room:
    """Which places are taken."""

    def __init__(self) -> None:
        self._tries: dict[tuple[float, float], Iterator[tuple[float, float]]] = {}
        self._cells: defaultdict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)

    def free(self, x: float, y: float) -> bool:
        """Whether a card fits there."""
        column, row = _cell(x, y)
        return not any(
            abs(x - other_x) < CELL[0] - _NEAR and abs(y - other_y) < CELL[1] - _NEAR
            for i in (-1, 0, 1)
            for j in (-1, 0, 1)
            for other_x, other_y in self._cells.get((column + i, row + j), ())
        )

    def put(self, x: float, y: float) -> None:
        """Take a place, free or not."""
        self._cells[_cell(x, y)].append((x, y))

    def take(self, x: float, y: float) -> tuple[float, float]:
        """Take the free place nearest to a wish."""
        for dx, dy in self._tries.setdefault((x, y), _spiral()):  # what was tried before is still taken
            if self.free(x + dx, y + dy):
                self.put(x + dx, y + dy)
                return x + dx, y + dy
        raise AssertionError("the plane has an end")


def _cell(x: float, y: float) -> tuple[int, int]:
    return math.floor(x / CELL[0]), math.floor(y / CELL[1])


def _spiral() -> Iterator[tuple[float, float]]:
    """Steps of a third of a card, nearest first, without end."""
    reach = 0
    while True:
        yield from _ring(reach)
        reach += 12


@cache
def _ring(reach: int) -> tuple[tuple[float, float], ...]:
    wide, step = reach + 12, (CELL[0] / 3, CELL[1] / 3)
    tall = wide + wide // 2
    found = [(i * step[0], j * step[1]) for i in range(-wide, wide + 1) for j in range(-tall, tall + 1)]
    near = [(math.hypot(dx, dy * 1.4), dx, dy) for dx, dy in found]
    inner, outer = reach * step[0], wide * step[0]
    return tuple((dx, dy) for far, dx, dy in sorted(near) if inner <= far < outer or far == inner == 0)


def box(points: Points) -> Box:
    """Left, top, right, bottom of the cards standing at `points`, with their room."""
    left, top = points.min(axis=0) - np.array(CELL) / 2
    right, bottom = points.max(axis=0) + np.array(CELL) / 2
    return float(left), float(top), float(right), float(bottom)


def pack(groups: Sequence[Points], taken: Box | None = None) -> list[Points]:
    """The groups on shelves, largest first; to the right of what is `taken`, else around (0, 0)."""
    boxes = [box(group) for group in groups]
    sizes = [(right - left + _BLOCK_GAP, bottom - top + _BLOCK_GAP) for left, top, right, bottom in boxes]
    order = sorted(range(len(groups)), key=lambda i: (-sizes[i][1], -sizes[i][0], i))
    wide = max([math.sqrt(_SHAPE * sum(w * h for w, h in sizes)), *(w for w, _ in sizes)], default=0.0)
    x = y = shelf = 0.0
    corners: dict[int, tuple[float, float]] = {}
    for i in order:
        if x and x + sizes[i][0] > wide:
            x, y, shelf = 0.0, y + shelf, 0.0
        corners[i] = (x, y)
        x, shelf = x + sizes[i][0], max(shelf, sizes[i][1])
    moved = [groups[i] - np.array(boxes[i][:2]) + np.array(corners[i]) for i in range(len(groups))]
    if not moved:
        return []
    left, top, right, bottom = box(np.concatenate(moved))
    start = (-(left + right) / 2, -(top + bottom) / 2)
    if taken is not None:
        start = (taken[2] + _BLOCK_GAP - left, (taken[1] + taken[3]) / 2 - (top + bottom) / 2)
    return [group + np.array(start) for group in moved]

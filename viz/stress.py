"""Where the subjects of one connected network stand: distances in the picture follow distances in the network.

Stress majorization over pairs of subjects, from a start by pivot distances: all pairs of a small network; of a large
one each subject with some pivots and with its neighbours. Nothing is random, so equal input gives an equal picture.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import dijkstra

from viz.room import Points

EDGE = 215.0  # wished length of a relation, pixels
ROOM = 62.0  # of a crowd of n cards around one: a disc of radius ROOM·√n
_ALL_PAIRS = 320  # subjects up to which every pair counts
_PIVOTS = 48
_ROUNDS = 110
Index = NDArray[np.intp]


def stress(count: int, first: Index, second: Index) -> Points:
    """Points of `count` connected subjects whose relations are (first[i], second[i]), each pair once."""
    if count == 1:
        return np.zeros((1, 2))
    lengths = _lengths(count, first, second)
    network = coo_matrix((lengths, (first, second)), shape=(count, count)).tocsr()
    pivots, far = _pivots(network, count)
    points = _start(far)
    one, other, wished = _pairs(count, (first, second, lengths), pivots, far)
    return _settle(points, one, other, wished)


def _lengths(count: int, first: Index, second: Index) -> NDArray[np.float64]:
    """Longer where one end has many: their cards need a disc around it."""
    degree = np.bincount(np.concatenate([first, second]), minlength=count)
    most, least = np.maximum(degree[first], degree[second]), np.minimum(degree[first], degree[second])
    crowd = np.where(least <= 2, ROOM * np.sqrt(most), ROOM * 0.7 * np.sqrt(least + most))
    return np.asarray(np.maximum(EDGE, crowd))


def _pivots(network: coo_matrix, count: int) -> tuple[Index, NDArray[np.float64]]:
    """Subjects far from each other (all of them in a small network), and everybody's distance from each."""
    if count <= _ALL_PAIRS:
        return np.arange(count), dijkstra(network, directed=False)
    chosen, nearest = [0], np.full(count, np.inf)
    rows: list[NDArray[np.float64]] = []
    while len(rows) < _PIVOTS:
        rows.append(dijkstra(network, directed=False, indices=chosen[-1]))
        nearest = np.minimum(nearest, rows[-1])
        chosen.append(int(nearest.argmax()))
    return np.array(chosen[:-1]), np.array(rows)


def _start(far: NDArray[np.float64]) -> Points:
    """Two main directions of the centred squared distances (pivot MDS); signs fixed, so that it is always the same."""
    squared = far.T**2
    centred = -0.5 * (squared - squared.mean(axis=0) - squared.mean(axis=1)[:, None] + squared.mean())
    values, vectors = np.linalg.eigh(centred.T @ centred)
    axes = vectors[:, ::-1][:, :2]
    axes = axes * np.where(axes[np.abs(axes).argmax(axis=0), range(axes.shape[1])] < 0, -1.0, 1.0)
    points = centred @ axes
    scale = np.sqrt(np.maximum(values[::-1][:2], 1e-9))
    points = points / np.sqrt(scale)
    # Those told apart by nothing (leaves of one centre) start apart all the same, on a steady spiral.
    angle = np.arange(len(points)) * 2.399963
    nudge = np.stack([np.cos(angle), np.sin(angle)], axis=1) * (EDGE * 0.4)
    return np.asarray((points if points.shape[1] == 2 else np.pad(points, ((0, 0), (0, 1)))) + nudge)


def _pairs(
    count: int, near: tuple[Index, Index, NDArray[np.float64]], pivots: Index, far: NDArray[np.float64]
) -> tuple[Index, Index, NDArray[np.float64]]:
    """Pairs of subjects with their wished distance."""
    if len(pivots) == count:
        one, other = np.triu_indices(count, 1)
        return one, other, far[one, other]
    one = np.repeat(pivots, count)
    other = np.tile(np.arange(count), len(pivots))
    wished = far.ravel()
    apart = one != other
    return (
        np.concatenate([one[apart], near[0]]),
        np.concatenate([other[apart], near[1]]),
        np.concatenate([wished[apart], near[2]]),
    )


def _settle(points: Points, one: Index, other: Index, wished: NDArray[np.float64]) -> Points:
    """Everybody to the mean of where all pairs would have it, again and again."""
    count = len(points)
    weight = wished**-2.0
    total = np.bincount(one, weight, count) + np.bincount(other, weight, count)
    for _ in range(_ROUNDS):
        x, y = points[:, 0], points[:, 1]
        dx, dy = x[one] - x[other], y[one] - y[other]
        pull = weight * (wished / np.maximum(np.sqrt(dx * dx + dy * dy), 1e-3) - 1.0)
        px, py = pull * dx, pull * dy
        moved_x = (np.bincount(one, px, count) - np.bincount(other, px, count)) / total
        moved_y = (np.bincount(one, py, count) - np.bincount(other, py, count)) / total
        points = points + np.stack([moved_x, moved_y], axis=1)
        if max(np.abs(moved_x).max(), np.abs(moved_y).max()) < 1.0:
            break
    return points

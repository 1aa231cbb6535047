"""Circles taken out of a walk, all of them at once, so that what is left never comes back.

As `queries.ownership.elimination` does it for one graph, for a graph with many small circles: those of one size are
taken together. Nothing is subtracted, after Grassmann, Taksar and Heyman (Operations Research 33, 1985): a circle
that holds next to all of itself keeps its figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from graph.columns import Array

NOTHING = 1e-12  # of the shares of a subject, what is missing to the whole below this is rounding
EXACT = 400  # members of a circle above which a sparse LU takes its place, for speed


@dataclass(frozen=True, slots=True)
class Circles:
    """`leaving[i, j]`: the chance that the next step goes from i to j, outside of the circle of i. `blocks`: circles of
    one size, [circle, member], and [circle, from, to] how often a walk is at a member before it leaves; `large`: the
    members of one, and what solves it.
    """

    leaving: sparse.csr_array
    blocks: tuple[tuple[Array, Array], ...]
    large: tuple[tuple[Array, Any], ...]

    @classmethod
    def of(cls, walk: sparse.csr_array, out: Array, missing: Array) -> Self:
        """`walk[i, j]`: the chance of a step from i to j; `out`: of one to somewhere else; `missing`: of none."""
        size = walk.shape[0]
        entries = walk.tocoo()
        rows, columns = entries.coords
        label, members = _labels(walk)
        inside = label[rows] == label[columns]
        shape = (size, size)
        leaving = sparse.csr_array((entries.data[~inside], (rows[~inside], columns[~inside])), shape=shape)
        ending = out + np.asarray(leaving.sum(axis=1)).ravel() + np.where(missing > NOTHING, missing, 0.0)
        within = sparse.csr_array((entries.data[inside], (rows[inside], columns[inside])), shape=shape)
        blocks, large = [], []
        for group in members:
            if group.shape[1] <= EXACT:
                blocks.append((group, _visits(_filled(within, group), ending[group])))
            else:
                large += [(one, splu((sparse.eye_array(len(one)) - within[one][:, one]).tocsc())) for one in group]
        return cls(leaving, tuple(blocks), tuple(large))

    def visited(self, entered: Array) -> Array:
        """What comes of chances to enter: of everybody in a circle, with all ways round it."""
        found = entered.copy()
        for members, visits in self.blocks:
            found[members] = np.einsum("bij,bj->bi", visits, entered[members])
        for members, solved in self.large:
            found[members] = solved.solve(entered[members])
        return found


def _labels(walk: sparse.csr_array) -> tuple[Array, list[Array]]:
    """The strongly connected part of each, and the members of those that have a circle, by size: [part, member]."""
    _, label = connected_components(walk, directed=True, connection="strong")
    return label, list(grouped(label, walk.diagonal() > 0))


def grouped(label: Array, alone: Array) -> Iterator[Array]:
    """The members of all parts of more than one, and of those of one that counts `alone`, by size: [part, member]."""
    sizes = np.bincount(label)
    kept = np.flatnonzero((sizes[label] > 1) | alone)
    kept = kept[np.lexsort((kept, label[kept], sizes[label[kept]]))]
    of_size = sizes[label[kept]]
    for size in np.unique(of_size):
        yield kept[of_size == size].reshape(-1, size)


def _filled(within: sparse.csr_array, groups: Array) -> Array:
    """Steps inside of each of these circles: [circle, from, to]."""
    parts, size = groups.shape
    place = np.empty(within.shape[0], dtype=np.int64)
    place[groups] = np.arange(size)
    rows = within[groups.ravel()].tocoo()
    member, column = rows.coords
    steps = np.zeros((parts, size, size))
    steps[member // size, member % size, place[column]] = rows.data
    return steps


def _visits(step: Array, end: Array) -> Array:
    """How often a walk that starts at each member is at each before it ends; `end`: the chance that the next step
    leaves. Of a circle nobody ever leaves, nothing: nobody outside of it is above it.
    """
    size = step.shape[1]
    end = np.where(end.any(axis=1, keepdims=True), end, 1.0)
    own = np.arange(size)
    step[:, own, own] = 0.0
    pivots = np.empty((len(step), size))
    for k in range(size):
        pivots[:, k] = step[:, k, k + 1 :].sum(axis=1) + end[:, k]
        step[:, k + 1 :, k] /= pivots[:, k, None]
        share = step[:, k + 1 :, k]
        step[:, k + 1 :, k + 1 :] += share[:, :, None] * step[:, None, k, k + 1 :]
        end[:, k + 1 :] += share * end[:, k, None]
    visits = np.broadcast_to(np.identity(size), step.shape).copy()
    for k in range(1, size):
        visits[:, k] += np.einsum("bj,bjm->bm", step[:, k, :k], visits[:, :k])
    for k in reversed(range(size)):
        later = np.einsum("bj,bjm->bm", step[:, k, k + 1 :], visits[:, k + 1 :])
        visits[:, k] = (visits[:, k] + later) / pivots[:, k, None]
    return visits

"""Circles of holdings taken out of a walk, so that what is left has none.

Read from the held to its holders, shares are the chances of a walk's next step (see `integrated`). Of each circle this
gives how often the walk is at every member before it leaves for good. Where next to nothing
leaves (a circle that holds all but a millionth of itself), 1 − share would lose all its figures. So nothing is ever
subtracted: a diagonal is the sum of what else can happen, as in the elimination of Grassmann, Taksar and Heyman
(Operations Research 33, 1985), which keeps the relative precision of every entry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

NOTHING = 1e-12  # of a subject's shares, what is missing to the whole below this is rounding
EXACT = 800  # members of a circle above which the elimination is left to LAPACK, for speed


@dataclass(frozen=True, slots=True)
class Walk:
    """A walk from the held to its holders, taken a circle at a time, so that no way ever comes back.

    `visits[i, j]`: how often it is at j before it leaves the circle of i, from i on; 1 at i itself outside of circles.
    `leaving[i, j]`: the chance that the next step goes from i to j, outside of the circle of i.
    """

    visits: sparse.csr_array
    leaving: sparse.csr_array

    @classmethod
    def of(cls, steps: sparse.csr_array) -> Walk:
        """`steps[i, j]`: what j holds of i; no row above 1."""
        size = steps.shape[0]
        groups = circles(steps)
        member = np.full(size, -1)
        for n, group in enumerate(groups):
            member[group] = n
        entries = steps.tocoo()
        rows, columns = entries.coords
        out = (member[rows] < 0) | (member[rows] != member[columns])
        leaving = sparse.csr_array((entries.data[out], (rows[out], columns[out])), shape=(size, size))
        plain = np.flatnonzero(member < 0)
        alone = sparse.csr_array((np.ones(len(plain)), (plain, plain)), shape=(size, size))
        if not groups:
            return cls(alone, leaving)
        missing = 1.0 - np.asarray(steps.sum(axis=1)).ravel()
        ending = np.asarray(leaving.sum(axis=1)).ravel() + np.where(missing > NOTHING, missing, 0.0)
        turning = np.concatenate(groups)  # cut out once: a slice of the whole costs its width, for every circle
        within, ends = steps[turning][:, turning], np.cumsum([len(group) for group in groups])
        blocks = [
            _block(_visits_of(within[last - len(group) : last, last - len(group) : last], ending[group]), group, size)
            for group, last in zip(groups, ends.tolist(), strict=True)
        ]
        return cls(alone + _joined(blocks, size), leaving)


def circles(steps: sparse.csr_array) -> list[np.ndarray]:
    """The members of each strongly connected part that has a circle, one that holds itself included."""
    _, labels = connected_components(steps, directed=True, connection="strong")
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(labels) else []
    own = steps.diagonal() > 0
    return [group for group in groups if len(group) > 1 or own[group[0]]]


def _visits_of(steps: sparse.csr_array, ending: np.ndarray) -> np.ndarray:
    """Visits of each member of a circle, from each member on. `ending`: the chance that the next step leaves it."""
    within = steps.toarray()
    if not ending.any():  # the group holds all of itself: a walk comes to every member, again and again
        return np.ones_like(within)
    return _visits(within, ending) if len(ending) <= EXACT else np.linalg.inv(np.identity(len(ending)) - within)


def _visits(within: np.ndarray, ending: np.ndarray) -> np.ndarray:
    """How often a walk that starts at each member is at each before it ends: (I − within)⁻¹, without a subtraction.

    `ending`: by member, the chance that the next step leaves.
    """
    size = len(ending)
    step, end = within.copy(), ending.copy()
    np.fill_diagonal(step, 0.0)
    pivots = np.empty(size)
    for k in range(size):
        pivots[k] = step[k, k + 1 :].sum() + end[k]
        step[k + 1 :, k] /= pivots[k]
        share = step[k + 1 :, k]
        step[k + 1 :, k + 1 :] += np.outer(share, step[k, k + 1 :])
        end[k + 1 :] += share * end[k]
    visits = np.identity(size)
    for k in range(1, size):
        visits[k] += step[k, :k] @ visits[:k]
    for k in reversed(range(size)):
        visits[k] = (visits[k] + step[k, k + 1 :] @ visits[k + 1 :]) / pivots[k]
    return visits


def _block(values: np.ndarray, group: np.ndarray, size: int) -> sparse.coo_array:
    rows, columns = np.meshgrid(group, group, indexing="ij")
    return sparse.coo_array((values.ravel(), (rows.ravel(), columns.ravel())), shape=(size, size))


def _joined(blocks: list[sparse.coo_array], size: int) -> sparse.csr_array:
    values = np.concatenate([block.data for block in blocks])
    rows, columns = (np.concatenate([block.coords[n] for block in blocks]) for n in (0, 1))
    return sparse.csr_array((values, (rows, columns)), shape=(size, size))

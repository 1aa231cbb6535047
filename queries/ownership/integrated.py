"""Integrated ownership: the sum over all ways from a holder to what it holds, cycles included.

`integrated(x, y)`, x≠y, is the sum over all ways from x to y of the product of the shares on them, with the relations
into x itself left out, so that nobody owns more than all of a company through himself (contract.md). With A the
matrix of shares it is M_xy / M_xx, M = (I − A)⁻¹, where that exists. Read backwards it is the chance that a walk from
y, which goes from what is held to one of its holders by their shares, ever comes to x: so it lies between 0 and 1 and
always exists, also where a group of companies holds all of itself and I − A has no inverse.

Shares above 1 in all are scaled to 1 before (`scaled`). Every unknown share counts as its lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from queries.ownership.holdings import Holdings

OVER = 1e-6  # sums above 1 by more than this are reported
CLOSED = 1e-12  # a group of which outsiders hold less than this in all holds all of itself
DENSE = 2_500  # members of a circle solved as a dense matrix


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of capital (or votes) as a matrix: `of[i, j]` is what `ids[i]` holds of `ids[j]`, no column above 1."""

    ids: tuple[str, ...]
    place: Mapping[str, int]
    of: sparse.csr_array
    scaled: Mapping[str, float]

    @classmethod
    def of_capital(cls, known: Holdings) -> Shares:
        """The lower bounds of all capital shares."""
        return cls.build(
            (holder, held, one.capital.low) for held, all_of in known.into.items() for holder, one in all_of.items()
        )

    @classmethod
    def build(cls, triples: Iterable[tuple[str, str, float]]) -> Shares:
        """From (holder, held, share); what is not above 0 is left out."""
        kept = [(holder, held, share) for holder, held, share in triples if share > 0]
        ids = tuple(dict.fromkeys(i for holder, held, _ in kept for i in (held, holder)))
        place = {id: n for n, id in enumerate(ids)}
        rows = np.fromiter((place[holder] for holder, _, _ in kept), dtype=np.int64, count=len(kept))
        columns = np.fromiter((place[held] for _, held, _ in kept), dtype=np.int64, count=len(kept))
        values = np.fromiter((share for _, _, share in kept), dtype=np.float64, count=len(kept))
        sums = np.bincount(columns, weights=values, minlength=len(ids))
        over = np.maximum(sums, 1.0)
        matrix = sparse.csr_array((values / over[columns], (rows, columns)), shape=(len(ids), len(ids)))
        scaled = {ids[n]: float(sums[n]) for n in np.flatnonzero(sums > 1 + OVER)}
        return cls(ids, place, matrix, scaled)

    def from_holder(self, holder: str) -> dict[str, float]:
        """What one subject owns, directly and through others, of everything it reaches."""
        start = self.place.get(holder)
        if start is None:
            return {}
        inside = self._reached(start, self.of)
        part = self.of[inside][:, inside].tocsc()
        here = int(np.searchsorted(inside, start))
        part = _without_column(part, here)
        unit = np.zeros(len(inside))
        unit[here] = 1.0
        owned = splu((sparse.identity(len(inside), format="csc") - part).T.tocsc()).solve(unit)
        return {self.ids[n]: float(share) for n, share in zip(inside, owned, strict=True) if n != start}

    def into(self, held: str) -> dict[str, float]:
        """What everybody above one subject owns of it, directly and through others."""
        end = self.place.get(held)
        if end is None:
            return {}
        inside = self._reached(end, self.of.T.tocsr())
        part = self.of[inside][:, inside].tocsr()
        shares = _chances(part, int(np.searchsorted(inside, end)))
        return {self.ids[n]: float(share) for n, share in zip(inside, shares, strict=True) if n != end}

    def circles(self) -> list[list[str]]:
        """Groups of subjects each of which holds shares in every other, directly or through others."""
        return [[self.ids[n] for n in members] for members in _circles(self.of)]

    def _reached(self, start: int, along: sparse.csr_array) -> np.ndarray:
        """Subjects that lie on the ways from one, in ascending order."""
        seen = np.zeros(len(self.ids), dtype=bool)
        frontier = np.array([start])
        while frontier.size:
            seen[frontier] = True
            parts = [along.indices[along.indptr[n] : along.indptr[n + 1]] for n in frontier]
            following = np.unique(np.concatenate(parts))
            frontier = following[~seen[following]]
        return np.flatnonzero(seen)


def _without_column(matrix: sparse.csc_array, column: int) -> sparse.csc_array:
    changed = matrix.copy()
    changed.data[changed.indptr[column] : changed.indptr[column + 1]] = 0.0
    return changed


def _circles(matrix: sparse.csr_array) -> list[np.ndarray]:
    """The members of each strongly connected part that has a circle, one that holds itself included."""
    _, labels = connected_components(matrix, directed=True, connection="strong")
    order = np.argsort(labels, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(labels[order])) + 1) if len(labels) else []
    own = matrix.diagonal() > 0
    return [group for group in groups if len(group) > 1 or own[group[0]]]


def _chances(part: sparse.csr_array, end: int) -> np.ndarray:
    """M_xy / M_xx for all x and the one y at `end`, with everything in `part` above y."""
    size = part.shape[0]
    circles = _circles(part)
    closed = [group for group in circles if _is_closed(part, group)]
    apart = np.zeros(size, dtype=bool)
    for group in closed:
        apart[group] = True
    ways = np.zeros(size)  # M_xy, of all that do not hold all of themselves
    free = np.flatnonzero(~apart)
    if not apart[end]:
        system = sparse.identity(len(free), format="csc") - part[free][:, free].tocsc()
        unit = np.zeros(len(free))
        unit[int(np.searchsorted(free, end))] = 1.0
        ways[free] = splu(system.tocsc()).solve(unit)
    shares = ways.copy()
    for group in circles:
        if apart[group[0]]:
            # A walk that never leaves a group comes to every member of it.
            outward = float((part[group][:, free] @ ways[free]).sum()) if len(free) else 0.0
            shares[group] = 1.0 if apart[end] and end in group else outward
        else:
            shares[group] = ways[group] / _returns(part, group)
    return np.clip(shares, 0.0, 1.0)


def _is_closed(part: sparse.csr_array, group: np.ndarray) -> bool:
    within = np.asarray(part[group][:, group].sum(axis=0)).ravel()
    return bool(np.all(within > 1 - CLOSED))


def _returns(part: sparse.csr_array, group: np.ndarray) -> np.ndarray:
    """M_xx of the members of a circle: how often a way that starts at x is at x."""
    within = part[group][:, group]
    if len(group) <= DENSE:
        return np.diag(np.linalg.inv(np.identity(len(group)) - within.toarray()))
    factors = splu((sparse.identity(len(group), format="csc") - within.tocsc()).tocsc())
    diagonal = np.empty(len(group))
    for n in range(len(group)):
        unit = np.zeros(len(group))
        unit[n] = 1.0
        diagonal[n] = factors.solve(unit)[n]
    return diagonal

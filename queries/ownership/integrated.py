"""Integrated ownership: the sum over all ways from a holder to what it holds, cycles included.

`integrated(x, y)`, x≠y, is the sum over all ways from x to y of the product of the shares on them, with the relations
into x itself left out, so that nobody owns more than all of a company through himself (contract.md). With A the
matrix of shares it is M_xy / M_xx, M = (I − A)⁻¹, where that exists. Read backwards it is the chance that a walk from
y, which goes from what is held to one of its holders by their shares, ever comes to x: so it lies between 0 and 1 and
always exists, also where a group of companies holds all of itself and I − A has no inverse.

Once the circles are taken out of that walk (`elimination`) it is a sum of as many products as the graph is deep.
Shares above 1 in all are scaled to 1 before (`scaled`). Every unknown share counts as its lower bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from scipy import sparse

from queries.ownership.elimination import Walk, circles
from queries.ownership.holdings import Holdings

OVER = 1e-6  # sums above 1 by more than this are reported


class Owned(Protocol):
    """What subjects own of each other in the end."""

    @property
    def scaled(self) -> Mapping[str, float]:
        """By subject, what the shares in it add up to where that is more than the whole."""

    def from_holder(self, holder: str) -> Mapping[str, float]:
        """What one subject owns, directly and through others, of everything it has a part in."""

    def into(self, held: str) -> Mapping[str, float]:
        """What everybody above one subject owns of it, directly and through others."""


@dataclass(frozen=True)
class Shares:
    """Shares of capital (or votes) as a matrix: `of[i, j]` is what `ids[i]` holds of `ids[j]`, no column above 1."""

    ids: tuple[str, ...]
    place: Mapping[str, int]
    of: sparse.csr_array
    scaled: Mapping[str, float]
    _asked: dict[str, dict[str, float]] = field(default_factory=dict, repr=False)

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
        """What one subject owns, directly and through others, of everything it has a part in."""
        start = self.place.get(holder)
        if start is None:
            return {}
        walk = self._walk
        chance = walk.visits[:, [start]].toarray().ravel() / self._own[start]
        total = chance
        while chance.any():  # there is no circle any more, so it ends
            chance = walk.visits @ (walk.leaving @ chance)
            total = total + chance
        return self._named(total, start)

    def into(self, held: str) -> dict[str, float]:
        """What everybody above one subject owns of it, directly and through others."""
        if held in self._asked:
            return self._asked[held]
        end = self.place.get(held)
        if end is None:
            return {}
        visits, leaving = self._back
        entered = np.zeros(len(self.ids))
        entered[end] = 1.0
        total = np.zeros(len(self.ids))
        while entered.any():
            visited = visits @ entered
            total = total + visited
            entered = leaving @ visited
        self._asked.clear()  # the last one only: an answer asks for its subject more than once
        return self._asked.setdefault(held, self._named(total / self._own, end))

    def everything(self) -> sparse.csr_array:
        """All integrated shares at once: [i, j] is what `ids[i]` owns of `ids[j]`, directly and through others."""
        visits, leaving = self._walk.visits, self._walk.leaving
        onward = visits @ leaving
        ways = step = sparse.eye_array(len(self.ids), format="csr")
        while step.nnz:
            step = step @ onward
            ways = ways + step
        owned = (ways @ visits @ sparse.diags_array(1.0 / self._own)).T.tocsr()
        owned.setdiag(0.0)
        owned.eliminate_zeros()
        np.minimum(owned.data, 1.0, out=owned.data)
        return owned

    def circles(self) -> list[list[str]]:
        """Groups of subjects each of which holds shares in every other, directly or through others."""
        return [[self.ids[n] for n in members] for members in circles(self.of)]

    @cached_property
    def _walk(self) -> Walk:
        return Walk.of(self.of.T.tocsr())

    @cached_property
    def _back(self) -> tuple[sparse.csr_array, sparse.csr_array]:
        """Visits and leaving, read from where the walk comes to."""
        return self._walk.visits.T.tocsr(), self._walk.leaving.T.tocsr()

    @cached_property
    def _own(self) -> np.ndarray:
        """M_xx: how often a walk that starts at x is at x."""
        return np.asarray(self._walk.visits.diagonal())

    def _named(self, shares: np.ndarray, without: int) -> dict[str, float]:
        shares[without] = 0.0
        found = np.flatnonzero(shares)
        values = np.minimum(shares[found], 1.0).tolist()
        return {self.ids[n]: share for n, share in zip(found.tolist(), values, strict=True)}

"""Everybody's nearest listing at once: rounds in which each subject takes the best its neighbours had a round before.

Exact for whoever is not listed itself. Who is may be met by its own listing, which does not count: such subjects are
searched one by one (`graph.kernel`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.columns import Array
from graph.compiled import COMPILED, compiled, prange
from graph.kernel import View

NOBODY = np.iinfo(np.uint32).max


@dataclass(frozen=True, slots=True)
class Nearest:
    """By subject: the highest `score` (0: none), in the view's units; over how many relations (`hops`); to which
    `entry` (row of listings). `onward[h - 1]`: by subject, the neighbour its best way of h relations goes to.
    """

    score: Array
    hops: Array
    entry: Array
    onward: tuple[Array, ...]

    def way(self, subject: int) -> list[int]:
        """The subjects on the way that counts, from this one to the listed one; itself alone where there is none."""
        found = [subject]
        for hop in range(int(self.hops[subject]), 0, -1):
            found.append(int(self.onward[hop - 1][found[-1]]))
        return found


def nearest(view: View, hops: int) -> Nearest:
    """The nearest listing of every subject within so many relations."""
    count = len(view.stop)
    product, entry = _seeds(view, hops)
    best, score, at = product.copy(), np.zeros(count, np.int64), np.zeros(count, np.uint8)
    nearest_entry, onward = np.full(count, NOBODY, np.uint32), []
    for hop in range(1, hops + 1):
        made, to, chosen = np.zeros(count, np.int64), np.full(count, NOBODY, np.uint32), np.zeros(count, np.uint32)
        sent = (product, entry, int(product.max(initial=0)))
        (_round if COMPILED else _round_by_columns)(
            (view.rows.starts, view.rows.neighbour, view.rows.passing), (view.weights, view.scale), sent,
            (view.score_floor[hops], best), made, to, chosen,
        )  # fmt: skip
        new = made > 0
        score[new], at[new], nearest_entry[new] = made[new], hop, chosen[new]
        best[new] = made[new]
        onward.append(to)
        made[view.stop > 0] = 0  # reached, and not gone on from
        product, entry = made, chosen
    return Nearest(score, at, nearest_entry, tuple(onward))


def _seeds(view: View, hops: int) -> tuple[Array, Array]:
    """What the listed start with: their heaviest entry, of equal ones the first by id."""
    count = len(view.stop)
    product, entry = np.zeros(count, np.int64), np.full(count, NOBODY, np.uint32)
    listed = np.flatnonzero(np.diff(view.entry_starts))
    first = view.entry_starts[listed]
    product[listed] = view.severity[first] * view.scale**hops
    entry[listed] = view.entry[first]
    return product, entry


@compiled(parallel=True)
def _round(rows: Any, passing: Any, sent: Any, known: Any, made: Any, onward: Any, chosen: Any) -> None:
    """One round: the highest product, of equal ones the first entry, then the first neighbour."""
    starts, neighbour, classes = rows
    weights, scale = passing
    product, entry, highest = sent
    floor, best = known
    for subject in prange(len(made)):
        top, first, to = np.int64(0), np.uint32(0), np.uint32(0)
        for k in range(starts[subject], starts[subject + 1]):
            weight = weights[classes[k]]
            if highest // scale * weight < top:
                break  # sorted by weight: nobody further on can give as much
            other = neighbour[k]
            if product[other] == 0:
                continue
            given = product[other] // scale * weight
            if given > top or (given == top and (entry[other] < first or (entry[other] == first and other < to))):
                top, first, to = given, entry[other], other
        if top >= floor and top > best[subject]:
            made[subject], onward[subject], chosen[subject] = top, to, first


def _round_by_columns(rows: Any, passing: Any, sent: Any, known: Any, made: Any, onward: Any, chosen: Any) -> None:
    """The same round, a column at a time, for machines without a compiler."""
    starts, neighbour, classes = rows
    weights, scale = passing
    product, entry, _ = sent
    floor, best = known
    given = product[neighbour] // scale * weights[classes]
    subject = np.repeat(np.arange(len(made)), np.diff(starts))
    kept = np.flatnonzero(given >= floor)
    if not len(kept):
        return
    order = kept[np.lexsort((neighbour[kept], entry[neighbour[kept]], -given[kept], subject[kept]))]
    heads = order[np.unique(subject[order], return_index=True)[1]]
    heads = heads[given[heads] > best[subject[heads]]]
    made[subject[heads]] = given[heads]
    onward[subject[heads]] = neighbour[heads]
    chosen[subject[heads]] = entry[neighbour[heads]]

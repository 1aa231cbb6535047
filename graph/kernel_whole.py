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

NOBODY = np.uint32(np.iinfo(np.uint32).max)


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
    # What is read at random, once for each relation: half the bytes are a third of the time.
    narrow = np.int32 if view.unit(hops) < np.iinfo(np.int32).max else np.int64
    best, sent, onward = product.copy(), (product // view.scale).astype(narrow), []
    score, at = np.zeros(count, np.int64), np.zeros(count, np.uint8)
    met = np.full(count, NOBODY, np.uint32)
    rows = (view.rows.starts, view.rows.neighbour, view.rows.passing)
    for hop in range(1, hops + 1):
        to, following, chosen = np.full(count, NOBODY, np.uint32), np.zeros(count, narrow), entry.copy()
        # What a relation of each class can give at most in this round.
        weights = (view.weights, int(sent.max(initial=0)) * view.weights)
        told = (view.score_floor[hops], view.stop, view.scale, hop)
        (_round if COMPILED else _round_by_columns)(
            rows, weights, (sent, entry), told, best, score, at, met, to, following, chosen
        )
        onward.append(to)
        sent, entry = following, chosen
    return Nearest(score, at, met, tuple(onward))


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
def _round(
    rows: Any, passing: Any, given: Any, told: Any,
    best: Any, score: Any, at: Any, met: Any, onward: Any, following: Any, chosen: Any,
) -> None:  # fmt: skip
    """One round: the highest product, of equal ones the first entry, then the first neighbour.

    `given`: what each subject gives, before the weight (a division for each relation would cost more than all the
    rest), and its entry. What is found is written to all that follows `told`.
    """
    starts, neighbour, classes = rows
    weights, most = passing
    sent, entry = given
    floor, stop, scale, hop = told
    for subject in prange(len(best)):
        top, first, to = max(best[subject], floor - 1, 0), NOBODY, NOBODY
        for k in range(starts[subject], starts[subject + 1]):
            passed = classes[k]
            if most[passed] < top or (to == NOBODY and most[passed] == top):
                break  # sorted by weight: nobody further on can give as much
            other = neighbour[k]
            product = sent[other] * weights[passed]
            if product < top:
                continue
            if product > top or (to != NOBODY and (entry[other] < first or (entry[other] == first and other < to))):
                top, first, to = product, entry[other], other
        if to != NOBODY:
            best[subject], score[subject], at[subject], met[subject] = top, top, hop, first
            onward[subject], chosen[subject] = to, first
            if not stop[subject]:  # who stops is reached, and not gone on from
                following[subject] = top // scale


def _round_by_columns(
    rows: Any, passing: Any, given: Any, told: Any,
    best: Any, score: Any, at: Any, met: Any, onward: Any, following: Any, chosen: Any,
) -> None:  # fmt: skip
    """The same round, a column at a time, for machines without a compiler."""
    starts, neighbour, classes = rows
    weights, _ = passing
    sent, entry = given
    floor, stop, scale, hop = told
    product = sent[neighbour] * weights[classes]
    subject = np.repeat(np.arange(len(best)), np.diff(starts))
    kept = np.flatnonzero((product >= floor) & (product > best[subject]))
    order = kept[np.lexsort((neighbour[kept], entry[neighbour[kept]], -product[kept], subject[kept]))]
    heads = order[np.unique(subject[order], return_index=True)[1]]
    found, to = subject[heads], neighbour[heads]
    best[found] = score[found] = product[heads]
    at[found], onward[found] = hop, to
    met[found] = chosen[found] = entry[to]
    following[found] = np.where(stop[found] > 0, 0, product[heads] // scale)

"""The exact search over rows of neighbours: best products within so many hops, with their paths.

Products are whole numbers: a weight w is w·scale, a product after h of H hops is kept times scale^H, so nothing is
rounded and equal products are equal. (Where scores are told rounded, products within a `margin` of each other may
become equal: a search that met such a pair says that it is doubtful.) The best is kept for each subject and number of
hops (a heavier but longer way may hide the lighter, shorter one that can still go on); of equal ones the smallest list
of nodes, read from the asked subject, or towards it where the search goes outward. As node numbers are ranks of ids,
they compare as ids do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.columns import Array
from graph.compiled import compiled
from graph.kernel_rows import Rows

LABELS = 1 << 14  # room for labels at first; doubled until all fit


@dataclass(frozen=True, slots=True)
class View:
    """A snapshot through a policy on a day.

    `rows`: who is next to whom. `weights`: by class, in `scale`ths. `stop`: by subject, 0 passes, 1 does not
    conduct, 2 has too many relations. `entry_starts`: the entries in force on subject i are
    `entry[entry_starts[i]:entry_starts[i + 1]]` (rows of listings), heaviest first; they weigh `severity`, in
    `severity_scale`ths.
    `floor`: the lowest product gone on from, by number of hops asked, in scale^hopsths; `score_floor`: the lowest
    score told, in scale^hops·severity_scaleths; `margin`: how far apart two products may be, by number of hops, whose
    scores rounding could make equal (0 where no score is rounded).
    """

    rows: Rows
    weights: Array
    scale: int
    stop: Array
    entry_starts: Array
    entry: Array
    severity: Array
    severity_scale: int
    floor: Sequence[int]
    score_floor: Sequence[int]
    margin: Sequence[int]

    def unit(self, hops: int) -> int:
        """What a score of 1 is, for so many hops asked."""
        return int(self.scale**hops * self.severity_scale)


@dataclass(frozen=True, slots=True)
class Reached:
    """What one search found. Ways are told by label; label 0 is the asked subject.

    `node`, `product`, `parent`: by label; `hops`: by label. `stops`: subjects not gone on from. `entries`: rows
    [label, place in the view's `entry`, score], one for each entry met, by the way that counts. `doubtful`: rounding
    may make another way count.
    """

    node: Array
    product: Array
    parent: Array
    hops: Array
    stops: Array
    entries: Array
    doubtful: bool

    def way(self, label: int) -> list[int]:
        """The nodes from the asked subject to that of a label."""
        found = []
        while label >= 0:
            found.append(int(self.node[label]))
            label = int(self.parent[label])
        return found[::-1]


class Searcher:
    """Room for one search at a time; a thread needs one of its own."""

    def __init__(self, view: View) -> None:
        self.view = view
        count = len(view.stop)
        self._epoch = 0
        self._best = np.zeros(count, np.int64)
        self._place = np.zeros(count, np.int32)  # of the newest label
        self._seen = np.zeros(count, np.int32)  # in which search `best` and `place` were set
        self._doubt = np.zeros(1, np.int64)
        self._room(LABELS)

    def search(self, asked: int, hops: int, *, outward: bool = False) -> Reached:
        """Search from one subject. `outward`: from the listed to those it reaches; then no entries are looked for."""
        view = self.view
        while True:
            # As many numbers as a search may use: one for each hop.
            if self._epoch > np.iinfo(np.int32).max - 16:
                self._seen[:] = 0
                self._epoch = 0
            self._epoch += 1
            labels = _search(
                asked, hops, outward, (view.rows.starts, view.rows.neighbour, view.rows.passing),
                (view.weights, view.scale, view.scale**hops, view.floor[hops], view.margin[hops]), view.stop,
                (self._best, self._place, self._seen, self._epoch), (*self._labels, self._doubt),
            )  # fmt: skip
            if labels >= 0:
                break
            self._room(2 * len(self._labels[0]))
        node, product, parent, hop, stopped = (array[:labels] for array in self._labels)
        entries = np.zeros((0, 3), np.int64) if outward else self._entries(labels, hops)
        stops = np.unique(node[stopped > 0])
        return Reached(node.copy(), product.copy(), parent.copy(), hop.copy(), stops, entries, bool(self._doubt[0]))

    def _entries(self, labels: int, hops: int) -> Array:
        view, room = self.view, 64
        node, product = self._labels[:2]
        while True:
            out = np.empty((room, 3), np.int64)
            found = _entries(
                labels, node, product, self._place, view.entry_starts, view.severity, view.score_floor[hops], out
            )
            if found <= room:
                return out[:found]
            room = int(found)

    def _room(self, labels: int) -> None:
        self._labels = (
            np.zeros(labels, np.uint32), np.zeros(labels, np.int64), np.zeros(labels, np.int32),
            np.zeros(labels, np.uint8), np.zeros(labels, np.uint8),
        )  # fmt: skip


@compiled()
def _search(asked: Any, hops: Any, outward: Any, rows: Any, passing: Any, stop: Any, room: Any, labels: Any) -> Any:
    """Fill `labels`; how many, or -1 when they do not fit."""
    starts, neighbour, classes = rows
    weights, scale, one, floor, margin = passing
    best, place, seen, epoch = room
    node, product, parent, hop_of, stopped, doubt = labels
    doubt[0] = 0
    node[0], product[0], parent[0], hop_of[0], stopped[0] = asked, one, -1, 0, 0
    seen[asked], best[asked], place[asked] = epoch, one, 0
    begin, end = 0, 1
    for hop in range(1, hops + 1):
        count = end
        for label in range(begin, end):
            here = node[label]
            if stop[here] and hop > 1:
                stopped[label] = 1
                continue
            part = product[label] // scale
            for k in range(starts[here], starts[here + 1]):
                reached = part * weights[classes[k]]
                if reached < floor:
                    break
                other = neighbour[k]
                if seen[other] == epoch:
                    known = place[other]
                    if known < end:  # of an earlier hop: only a higher product goes on
                        if reached <= best[other]:
                            continue
                        if reached - best[other] <= margin:
                            doubt[0] = 1
                    else:
                        if reached != product[known] and abs(reached - product[known]) <= margin:
                            doubt[0] = 1
                        if reached > product[known] or (
                            reached == product[known] and _before(label, parent[known], outward, node, parent)
                        ):
                            product[known], parent[known] = reached, label
                        continue
                if count == len(node):
                    return -1
                node[count], product[count], parent[count] = other, reached, label
                hop_of[count], stopped[count] = hop, 0
                seen[other], place[other] = epoch, count
                count += 1
        for label in range(end, count):
            best[node[label]] = product[label]
        begin, end = end, count
        if begin == end:
            break
    return end


@compiled()
def _before(one: Any, other: Any, outward: Any, node: Any, parent: Any) -> Any:
    """Whether the way of label `one` is smaller than that of `other`, of as many hops, read as an answer reads it."""
    if outward:  # the nearest to the reached one comes first
        return node[one] < node[other]
    less = False
    while one != other:
        if node[one] != node[other]:
            less = node[one] < node[other]
        one, other = parent[one], parent[other]
    return less


@compiled()
def _entries(labels: Any, node: Any, product: Any, place: Any, starts: Any, severity: Any, floor: Any, out: Any) -> Any:
    """The entries met, each by the newest label of its subject: every later label has a higher product.

    How many there are, which may be more than there is room for; an entry is told by its place in the view.
    """
    found = 0
    for label in range(1, labels):
        subject = node[label]
        if place[subject] != label:
            continue
        for k in range(starts[subject], starts[subject + 1]):
            score = product[label] * severity[k]
            if score < floor:
                break
            if found < len(out):
                out[found, 0], out[found, 1], out[found, 2] = label, k, score
            found += 1
    return found

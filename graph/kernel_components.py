"""Who reaches whom and back: strongly connected parts of a graph of arrays, and the rings inside of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from graph.columns import Array
from graph.compiled import compiled

STEPS = 200_000_000  # of a search for rings, after which it is cut: some seconds
LONGEST = 16  # members a ring may have


@dataclass(frozen=True)
class Circling:
    """The parts of a graph in which everybody reaches everybody. `members`: all who stand in one of more than one, in
    the order of their indexes; `part`: of which part each is, the largest first, then by the first member; `starts`,
    `near`: by member, to whom of his part he is joined (places in `members`), ascending.
    """

    members: Array
    part: Array
    starts: Array
    near: Array

    @classmethod
    def of(cls, count: int, first: Array, second: Array) -> Self:
        """Of links from `first` to `second` among `count`; parallel ones, and those to oneself, do not count."""
        links = sparse.csr_array((np.ones(len(first)), (first, second)), shape=(count, count))
        _, label = connected_components(links, directed=True, connection="strong")
        sizes = np.bincount(label, minlength=1)
        members = np.flatnonzero(sizes[label] > 1)
        labels, lowest, of = np.unique(label[members], return_index=True, return_inverse=True)
        rank = np.empty(len(labels), dtype=np.int64)
        rank[np.lexsort((lowest, -sizes[labels]))] = np.arange(len(labels))
        inside = (label[first] == label[second]) & (sizes[label[first]] > 1) & (first != second)
        pairs = np.unique(np.stack([first[inside], second[inside]]).astype(np.int64), axis=1)
        place = np.searchsorted(members, pairs)
        starts = np.concatenate([[0], np.cumsum(np.bincount(place[0], minlength=len(members)))])
        return cls(members, rank[of], starts, place[1])

    @cached_property
    def parts(self) -> list[Array]:
        """The members of each part, ascending; the largest part first."""
        order = np.argsort(self.part, kind="stable")
        return np.split(self.members[order], np.flatnonzero(np.diff(self.part[order])) + 1) if len(order) else []

    def rings(self, shortest: int, longest: int, most: int) -> tuple[list[tuple[int, ...]], bool]:
        """Rings of so many members, at most LONGEST, each once from its first member on; and whether that are all.

        Part by part, the shorter ones first, then in the order of their members. At most `most` of them.
        """
        order = np.argsort(self.part, kind="stable")
        bounds = np.searchsorted(self.part[order], np.arange(len(self.parts) + 1))
        back = np.argsort(self.near, kind="stable")
        origin = np.repeat(np.arange(len(self.members)), np.diff(self.starts))
        out = np.zeros((most + 1, longest), dtype=np.int64)
        lengths = np.zeros(most + 1, dtype=np.int64)
        found, cut = _rings(
            (self.starts, self.near), (_starts(self.near, len(self.members)), origin[back]), (order, bounds),
            (shortest, longest, STEPS), (out, lengths),
        )  # fmt: skip
        kept = min(int(found), most)
        told = [tuple(self.members[out[n, : lengths[n]]].tolist()) for n in range(kept)]
        return told, not cut and found <= most


def _starts(near: Array, count: int) -> Array:
    return np.concatenate([[0], np.cumsum(np.bincount(near, minlength=count))])


@compiled()
def _rings(forward: Any, backward: Any, parts: Any, bounds: Any, room: Any) -> Any:
    """How many there are, at most one more than there is room for less one; and whether the search was cut."""
    starts, near = forward
    order, ends = parts
    shortest, longest, budget = bounds
    out, lengths = room
    rest, seen = np.zeros(len(starts) - 1, np.int64), np.full(len(starts) - 1, -1, np.int64)
    queue = np.empty(len(starts) - 1, np.int64)
    path, at = np.zeros(longest, np.int64), np.zeros(longest, np.int64)
    found = steps = turn = 0
    for part in range(len(ends) - 1):
        size = ends[part + 1] - ends[part]
        for length in range(shortest, min(longest, size) + 1):
            for begin in order[ends[part] : ends[part + 1]]:
                turn += 1
                _back(begin, length, backward, turn, (rest, seen, queue))
                path[0], at[0] = begin, starts[begin]
                depth = 0
                while depth >= 0:
                    steps += 1
                    if steps > budget:
                        return found, True
                    if at[depth] == starts[path[depth] + 1]:
                        depth -= 1
                        continue
                    other = near[at[depth]]
                    at[depth] += 1
                    if depth == length - 1:
                        if other == begin:
                            out[found, :length] = path[:length]
                            lengths[found] = length
                            found += 1
                            if found == len(lengths):
                                return found, False
                        continue
                    if other <= begin or seen[other] != turn or rest[other] > length - depth - 1:
                        continue
                    twice = False
                    for k in range(depth + 1):
                        twice = twice or path[k] == other
                    if not twice:
                        depth += 1
                        path[depth], at[depth] = other, starts[other]
    return found, False


@compiled()
def _back(begin: Any, length: Any, backward: Any, turn: Any, room: Any) -> Any:
    """How many steps each is from coming back to where the ring begins, less than `length`."""
    starts, near = backward
    rest, seen, queue = room
    queue[0], rest[begin], seen[begin] = begin, 0, turn
    at, end = 0, 1
    while at < end:
        here = queue[at]
        at += 1
        if rest[here] == length - 1:
            break
        for k in range(starts[here], starts[here + 1]):
            other = near[k]
            if other > begin and seen[other] != turn:
                seen[other], rest[other] = turn, rest[here] + 1
                queue[end] = other
                end += 1

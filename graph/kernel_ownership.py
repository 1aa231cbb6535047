"""Ownership over a whole graph at once: what a group owns in the end, whom it blocks, whom somebody controls.

Nothing here knows a store, a day or a law: shares are arrays, and who counts how is told by flags. Every answer is
that of the exact question for one subject (`queries.ownership`, `queries.regimes`), asked for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from scipy import sparse

from graph.columns import Array
from graph.compiled import compiled
from graph.kernel_circles import Circles

SLACK = 1e-9  # sums of decimal shares are exact to this
ROOM = 1 << 16  # pairs at first; doubled until all fit


@dataclass(frozen=True)
class Stakes:
    """Who holds what: `holder[k]` has `share[k]` (0–1) of `held[k]`; each pair once, sorted by holder, then held."""

    count: int
    holder: Array
    held: Array
    share: Array

    @classmethod
    def of(cls, count: int, holder: Array, held: Array, share: Array) -> Self:
        """From pairs in any order, each once; what is not above 0 is left out."""
        key = holder.astype(np.int64) * count + held
        # Those of a snapshot are sorted, and there are millions.
        order = np.arange(len(key)) if (key[1:] > key[:-1]).all() else np.argsort(key)
        order = order[share[order] > 0]
        return cls(count, holder[order].astype(np.int64), held[order].astype(np.int64), share[order])

    @cached_property
    def sums(self) -> Array:
        """By subject, what all stakes in it add up to."""
        return np.bincount(self.held, weights=self.share, minlength=self.count)

    @cached_property
    def scaled(self) -> Stakes:
        """The same with shares that add up to more than the whole made to be the whole."""
        over = np.maximum(self.sums, 1.0)
        return Stakes(self.count, self.holder, self.held, self.share / over[self.held])

    @cached_property
    def starts(self) -> Array:
        """The stakes of holder i are the rows starts[i] to starts[i + 1]."""
        return np.concatenate([[0], np.cumsum(np.bincount(self.holder, minlength=self.count))])

    @cached_property
    def steps(self) -> sparse.csr_array:
        """[held, holder]: the chances of a walk from what is held to its holders; no row above 1."""
        scaled = self.scaled
        shape = (self.count, self.count)
        return sparse.csr_array((scaled.share, (scaled.held, scaled.holder)), shape=shape)


@dataclass(frozen=True, slots=True)
class Owned:
    """What a group owns of everybody, directly and through others: `share` by subject, 1 for the group itself.

    `residual`: by how much the shares miss the equations they solve, at most.
    """

    share: Array
    residual: float


def owned(stakes: Stakes, group: Array) -> Owned:
    """What the subjects of `group` (by index) own together of each other one, circles included.

    The chance that a walk from what is held, to a holder by the shares each has, ever comes to one of the group; of a
    group of one it is its integrated share (contract.md). Nothing is counted twice where one of the group owns
    another: whatever stands above the group is left out.
    """
    inside = np.zeros(stakes.count, dtype=bool)
    inside[group] = True
    below = _below(stakes, group)
    mine = np.flatnonzero(below & ~inside)
    steps = stakes.steps[mine]
    ours = np.asarray(steps @ inside.astype(np.float64))
    walk = steps[:, mine].tocsr()
    others = np.ones(stakes.count)
    others[mine] = 0.0
    circles = Circles.of(walk, np.asarray(steps @ others), 1.0 - np.asarray(steps.sum(axis=1)).ravel())
    found = circles.visited(ours)
    moved = found
    # There is no way round any more, so it ends.
    while moved.any():
        moved = circles.visited(circles.leaving @ moved)
        found = found + moved
    residual = float(np.abs(found - (walk @ found + ours)).max(initial=0.0))
    share = inside.astype(np.float64)
    share[mine] = np.minimum(found, 1.0)
    return Owned(share, residual)


def _below(stakes: Stakes, group: Array) -> Array:
    """Whether each subject is of the group or held by one of it, directly or through others."""
    reached = np.zeros(stakes.count, dtype=bool)
    _spread(np.asarray(group, dtype=np.int64), stakes.starts, stakes.held, reached, np.empty(stakes.count, np.int64))
    return reached


@compiled()
def _spread(start: Any, starts: Any, held: Any, reached: Any, queue: Any) -> Any:
    end = 0
    for node in start:
        if not reached[node]:
            reached[node] = True
            queue[end] = node
            end += 1
    at = 0
    while at < end:
        for k in range(starts[queue[at]], starts[queue[at] + 1]):
            if not reached[held[k]]:
                reached[held[k]] = True
                queue[end] = held[k]
                end += 1
        at += 1
    return end


@dataclass(frozen=True, slots=True)
class Limit:
    """The number that makes something belong: a share of at least, or (`strict`) of more than."""

    share: float
    strict: bool


@dataclass(slots=True)
class Belonging:
    """Who belongs to a group. `inside`: who does, the group included; `passing`: whose own stakes count; `total`: by
    subject, what these hold of it.
    """

    inside: Array
    passing: Array
    total: Array

    @classmethod
    def nobody(cls, count: int) -> Self:
        """Of so many subjects none."""
        return cls(np.zeros(count, dtype=bool), np.zeros(count, dtype=bool), np.zeros(count))

    def add(self, stakes: Stakes, more: Array, limit: Limit, ends: Array) -> Array:
        """Take these in, and whatever they then hold at the limit, on and on; all who came in, or pass on now.

        What belongs counts in full for whatever it holds. Whoever `ends` may come in that way, but passes nothing on.
        """
        queue, came = np.empty(stakes.count, np.int64), np.empty(2 * stakes.count, np.int64)
        found = _belong(
            np.asarray(more, dtype=np.int64), (stakes.starts, stakes.held, stakes.share), (limit.share, limit.strict),
            ends, (self.inside, self.passing, self.total), (queue, came),
        )  # fmt: skip
        return came[:found]


def belonging(stakes: Stakes, group: Array, limit: Limit, ends: Array) -> Belonging:
    """Whom a group holds at the limit, alone or with all who belong to it already (OFAC FAQ 398–401)."""
    found = Belonging.nobody(stakes.count)
    found.add(stakes, group, limit, ends)
    return found


@compiled()
def _belong(more: Any, stakes: Any, limit: Any, ends: Any, known: Any, room: Any) -> Any:
    starts, held, share = stakes
    number, strict = limit
    inside, passing, total = known
    queue, came = room
    waiting = found = 0
    for node in more:
        if not passing[node]:
            inside[node] = passing[node] = True
            queue[waiting], came[found] = node, node
            waiting += 1
            found += 1
    at = 0
    while at < waiting:
        here = queue[at]
        at += 1
        for k in range(starts[here], starts[here + 1]):
            other = held[k]
            if other == here:
                continue
            total[other] += share[k]
            if inside[other]:
                continue
            if total[other] > number + SLACK if strict else total[other] >= number - SLACK:
                inside[other] = True
                came[found] = other
                found += 1
                if not ends[other]:
                    passing[other] = True
                    queue[waiting] = other
                    waiting += 1
    return found


def each_alone(stakes: Stakes, group: Array, limit: Limit, ends: Array) -> Array:
    """Whom any one of the group holds at the limit, each counted for itself: by subject, whether it is so held."""
    found = np.zeros(stakes.count, dtype=bool)
    seen, inside = np.full(stakes.count, -1, np.int64), np.full(stakes.count, -1, np.int64)
    _alone(
        np.asarray(group, dtype=np.int64), (stakes.starts, stakes.held, stakes.share), (limit.share, limit.strict),
        ends, (seen, inside, np.zeros(stakes.count)), np.empty(stakes.count, np.int64), found,
    )  # fmt: skip
    return found


@compiled()
def _alone(group: Any, stakes: Any, limit: Any, ends: Any, room: Any, queue: Any, found: Any) -> Any:
    starts, held, share = stakes
    number, strict = limit
    seen, inside, total = room
    for one in group:
        queue[0], inside[one] = one, one
        at, end = 0, 1
        while at < end:
            here = queue[at]
            at += 1
            for k in range(starts[here], starts[here + 1]):
                other = held[k]
                if other == here or inside[other] == one:
                    continue
                if seen[other] != one:
                    seen[other], total[other] = one, 0.0
                total[other] += share[k]
                if total[other] > number + SLACK if strict else total[other] >= number - SLACK:
                    inside[other] = one
                    found[other] = True
                    if not ends[other]:
                        queue[end] = other
                        end += 1


@dataclass(frozen=True)
class Sayings:
    """Who has a say in what: `over[k]` for the rows starts[i] to starts[i + 1] of subject i.

    `votes`: the share of the votes, scaled to the whole. `sure`: whether it is control by itself (declared, or most of
    the board). `partner`: whether it is one of the managing partners, who have to be all on one side; `partners`: by
    organisation, how many these are: where there are any, votes do not count. `acts`: who can control at all; `stops`:
    through whom nobody controls anything.
    """

    starts: Array
    over: Array
    votes: Array
    sure: Array
    partner: Array
    partners: Array
    acts: Array
    stops: Array


def controls(says: Sayings, subjects: Array, bounds: Array, threshold: float) -> tuple[Array, Array]:
    """(group, over): everything each of these groups controls as one, by more than `threshold` of the votes or as
    `Sayings` tells, also through whatever it controls. The members of group g are `subjects[bounds[g]:bounds[g + 1]]`.
    """
    count, room = len(says.acts), max(ROOM, len(subjects))
    while True:
        who, over = np.empty(room, np.int64), np.empty(room, np.int64)
        found = _controls(
            (np.asarray(subjects, dtype=np.int64), np.asarray(bounds, dtype=np.int64)),
            (says.starts, says.over, says.votes, says.sure, says.partner),
            (says.partners, says.acts, says.stops, threshold + SLACK),
            (np.full(count, -1, np.int64), np.full(count, -1, np.int64), np.zeros(count), np.zeros(count, np.int64)),
            np.empty(count, np.int64), (who, over),
        )  # fmt: skip
        if found <= room:
            return who[:found], over[:found]
        room = int(found)


@compiled()
def _controls(groups: Any, says: Any, rules: Any, room: Any, queue: Any, out: Any) -> Any:
    """How many pairs there are, which may be more than there is room for."""
    subjects, bounds = groups
    starts, over_of, votes_of, sure, partner = says
    partners, acts, stops, threshold = rules
    under, seen, votes, agreed = room
    who, over = out
    found = 0
    for turn in range(len(bounds) - 1):
        at = end = 0
        for one in subjects[bounds[turn] : bounds[turn + 1]]:
            if acts[one]:
                queue[end], under[one] = one, turn
                end += 1
        while at < end:
            here = queue[at]
            at += 1
            for k in range(starts[here], starts[here + 1]):
                other = over_of[k]
                if under[other] == turn:
                    continue
                if seen[other] != turn:
                    seen[other], votes[other], agreed[other] = turn, 0.0, 0
                votes[other] += votes_of[k]
                if partner[k]:
                    agreed[other] += 1
                held = sure[k] or (
                    votes[other] > threshold if partners[other] == 0 else agreed[other] == partners[other]
                )
                if not held:
                    continue
                under[other] = turn
                if found < len(who):
                    who[found], over[found] = turn, other
                found += 1
                if not stops[other]:
                    queue[end] = other
                    end += 1
    return found

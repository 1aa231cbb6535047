"""Control over the whole graph: who has a say in what, and whom each controls, in arrays of a snapshot.

What `control` says of one subject after another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from graph.columns import Array
from graph.kernel_ownership import Sayings, controls
from graph.names import name_key
from graph.snapshot import LinkTable, Snapshot
from queries import mapped
from queries.ownership import reading
from queries.ownership.arrays import DayStakes, partners
from queries.ownership.control import HALF
from queries.ownership.rows import APPOINTED


@dataclass(frozen=True)
class Says:
    """Who has a say in what on a day, worked out once for however many are asked about."""

    day: DayStakes

    @cached_property
    def rules(self) -> Sayings:
        """As the kernel takes them."""
        return self.day.sayings(boards(self.day), _managing(self.day.snapshot, self.day.as_of))

    @cached_property
    def sayers(self) -> _Sayers:
        """By organisation."""
        return _Sayers(self.day)

    @cached_property
    def concert(self) -> tuple[Array, Array]:
        """Who acts in concert with somebody, and by subject a number for all who do so together."""
        links, count = self.day.snapshot.relations, self.day.snapshot.subjects.count
        rows = mapped.of_types(links, ("CONCERT",), self.day.as_of)
        joined = sparse.csr_array((np.ones(len(rows)), (links.first[rows], links.second[rows])), shape=(count, count))
        return in_concert(self.day.snapshot, self.day.as_of), connected_components(joined, directed=False)[1]


def controlled(says: Says, subjects: Array, threshold: float = HALF) -> tuple[Array, Array]:
    """(who, over): everything each of these subjects controls, alone or jointly with those it acts in concert with."""
    who, over = controls(says.rules, subjects, np.arange(len(subjects) + 1), threshold)
    jointly = np.array(list(_jointly(says, subjects, threshold)), dtype=np.int64).reshape(-1, 2)
    return np.concatenate([subjects[who], jointly[:, 0]]), np.concatenate([over, jointly[:, 1]])


def _jointly(says: Says, subjects: Array, threshold: float) -> Iterator[tuple[int, int]]:
    """What each of these controls with others only; see `control`."""
    rules = says.rules
    members, bounds = _groups(says, subjects)
    group, over = controls(rules, members, bounds, threshold)
    who, alone = controls(rules, members, np.arange(len(members) + 1), threshold)
    ends, own = np.searchsorted(group, np.arange(len(bounds))), np.searchsorted(who, np.arange(len(members) + 1))
    wanted = frozenset(subjects.tolist())
    for number, (first, last) in enumerate(zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)):
        together = frozenset(over[ends[number] : ends[number + 1]].tolist())
        shared = together - frozenset(alone[own[first] : own[last]].tolist())
        for place in range(first, last) if shared else ():
            one = int(members[place])
            if one in wanted and rules.acts[one]:
                mine = frozenset((one, *alone[own[place] : own[place + 1]].tolist()))
                yield from ((one, held) for held in sorted(shared) if _takes_part(says.sayers, mine, held, together))


class _Sayers:
    """Who has any say in each organisation: votes, a declaration, a part in a partnership or most of the board."""

    def __init__(self, day: DayStakes) -> None:
        links, voting = day.snapshot.relations, day.voted > 0
        rows = np.concatenate([day.declared, partners(day.snapshot, day.as_of)])
        seated = boards(day)
        who = np.concatenate([day.holder[voting], links.first[rows], seated[:, 0]])
        over = np.concatenate([day.held[voting], links.second[rows], seated[:, 1]])
        order = np.argsort(over, kind="stable")
        self._who, self._over = who[order], over[order]

    def of(self, over: int) -> frozenset[int]:
        """Of one organisation."""
        first, last = np.searchsorted(self._over, [over, over + 1])
        return frozenset(int(one) for one in self._who[first:last])


def _takes_part(says: _Sayers, mine: Collection[int], over: int, together: Collection[int]) -> bool:
    """Whether any of these has a say in an organisation, or in what of the group's stands above it."""
    todo, seen = [over], {over}
    while todo:
        sayers = says.of(todo.pop())
        if not sayers.isdisjoint(mine):
            return True
        above = sayers.intersection(together) - seen
        seen |= above
        todo += above
    return False


def _groups(says: Says, subjects: Array) -> tuple[Array, Array]:
    """The groups that any of these act in concert with, and where each begins."""
    acting, label = says.concert
    wanted = acting[np.isin(label[acting], label[np.intersect1d(acting, subjects)])]
    wanted = wanted[np.argsort(label[wanted], kind="stable")]
    return wanted, np.flatnonzero(np.diff(label[wanted], prepend=-1, append=-1))


def in_concert(snapshot: Snapshot, as_of: str) -> Array:
    """Subjects who act in concert with somebody on a day."""
    links = snapshot.relations
    rows = mapped.of_types(links, ("CONCERT",), as_of)
    return np.unique(np.concatenate([links.first[rows], links.second[rows]]))


def _managing(snapshot: Snapshot, as_of: str) -> Array:
    """Relations of the partners who run a partnership, as `control.managing` tells them."""
    links = snapshot.relations
    rows = partners(snapshot, as_of)
    titles = links.codes("title")[rows].astype(np.int64)
    stands_in, runs = (_naming(links, titles, word) for word in ("代表", "执行事务"))
    runs &= ~stands_in
    run = np.zeros(snapshot.subjects.count, dtype=bool)
    run[links.second[rows[runs]]] = True
    return rows[np.where(run[links.second[rows]], runs, ~stands_in)]


def _naming(links: LinkTable, codes: Array, word: str) -> Array:
    """By row, whether its title (given by code) contains the word."""
    column = links.column("title")
    found = {code: word in str(column.values[code - 1]) for code in np.unique(codes).tolist() if code}
    return np.isin(codes, [code for code, named in found.items() if named])


def boards(day: DayStakes) -> Array:
    """[holder, organisation] of those who appointed more than half of a board, where titles of directors say so."""
    links, subjects = day.snapshot.relations, day.snapshot.subjects
    rows = mapped.of_types(links, ("DIRECTOR",), day.as_of)
    titles = links.codes("title")[rows].astype(np.int64)
    named = rows[_naming(links, titles, APPOINTED)]
    organisations = np.unique(links.second[named])
    seated = rows[np.isin(links.second[rows], organisations)]
    pairs = np.unique(np.stack([links.second[seated], links.first[seated]]), axis=1)
    seats = dict(zip(*(array.tolist() for array in np.unique(pairs[0], return_counts=True)), strict=True))
    by_name: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in named.tolist():
        for name in reading.appointers(str(links.column("title").at(row) or "")):
            by_name[int(links.second[row]), name].add(int(links.first[row]))
    found = []
    order = np.argsort(day.held, kind="stable")
    begin, end = (np.searchsorted(day.held[order], organisations, side=side) for side in ("left", "right"))
    for organisation, first, last in zip(organisations.tolist(), begin.tolist(), end.tolist(), strict=True):
        for holder in day.holder[order[first:last]].tolist():
            name = name_key(str(subjects.column("name").at(holder) or ""))
            if name and len(by_name.get((organisation, name), ())) * 2 > seats[organisation]:
                found.append((holder, organisation))
    return np.array(found, dtype=np.int64).reshape(-1, 2)

"""The ground of a day over a snapshot: what is worked out of all holdings comes from arrays, the rest when asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

import networkx as nx
import numpy as np
from scipy import sparse

from graph.columns import Array
from graph.kernel_components import Circling
from graph.kernel_ownership import Stakes
from graph.snapshot import NodeTable, Snapshot
from queries import mapped
from queries.ownership.arrays import DayStakes, partners
from queries.ownership.circles import circles
from queries.ownership.control import SLACK
from queries.ownership.ground import Ground
from queries.ownership.integrated import OVER, Owned, Shares
from queries.ownership.mapped_holdings import MappedHoldings
from queries.ownership.stakes import Stake
from queries.ownership.whole import boards, in_concert

KEPT = 200_000  # subjects remembered of a day, some 2 kB each


@dataclass(frozen=True)
class MappedGround(Ground):
    """`day`: all stakes; `closed`: by subject, above whom nobody is looked for."""

    day: DayStakes = field(kw_only=True)
    closed: Array = field(kw_only=True)

    @classmethod
    def of(cls, snapshot: Snapshot, as_of: str) -> Self:
        """Of a day, whole."""
        nobody = np.zeros(snapshot.subjects.count, dtype=bool)
        return cls(MappedHoldings(snapshot, as_of, nobody), day=DayStakes.of(snapshot, as_of), closed=nobody)

    def trim(self) -> None:
        """Between two questions: remember no more than KEPT."""
        known = self.known
        if isinstance(known, MappedHoldings) and known.kept > KEPT:
            known.forget()

    @cached_property
    def opened(self) -> Ground:
        """As `Ground`."""
        return self._below(self._stopping)

    @cached_property
    def to_the_state(self) -> Ground:
        """As `Ground`."""
        owned = self._snapshot.subjects.column("state_owned")
        said = np.zeros(self._snapshot.subjects.count, dtype=bool)
        if owned.codes is not None:
            said = np.array([False, *map(bool, owned.values)])[owned.codes]
        return self._below(self._stopping & ~(self.day.stops & ~self.day.state & said))

    @cached_property
    def _stopping(self) -> Array:
        """By subject, whether control stops there and somebody stands above it."""
        above = np.zeros(self._snapshot.subjects.count, dtype=bool)
        above[self.day.held] = True
        above[self._snapshot.relations.second[self.day.declared]] = True
        stopping: Array = self.day.stops & above
        return stopping

    def _below(self, closed: Array) -> Ground:
        if not closed.any():
            return self
        known = MappedHoldings(self._snapshot, self.day.as_of, closed)
        return MappedGround(known, self.printed, day=self.day, closed=closed)

    @cached_property
    def capital(self) -> Owned:
        """As `Ground`."""
        return Owning(self._snapshot.subjects, self._stakes(self.day.low))

    @cached_property
    def votes(self) -> Owned | None:
        """As `Ground`."""
        return self._told_apart(self.day.votes, self.day.votes_high)

    @cached_property
    def income(self) -> Owned | None:
        """As `Ground`."""
        return self._told_apart(self.day.income, self.day.income_high)

    def vague_of(self, held: Iterable[str]) -> Iterator[Stake]:
        """As `Ground`."""
        return (self.known.into[one][holder] for one in held for holder in self._vague_ends[0].get(one, ()))

    def vague_by(self, holders: Iterable[str]) -> Iterator[Stake]:
        """As `Ground`."""
        return (self.known.into[one][holder] for holder in holders for one in self._vague_ends[1].get(holder, ()))

    def disputed_of(self, held: Iterable[str]) -> Iterator[Stake]:
        """As `Ground`."""
        return (self.known.into[one][holder] for one in held for holder in self._disputed_ends.get(one, ()))

    @cached_property
    def circles(self) -> list[list[str]]:
        """As `Ground`."""
        count, ids = self._snapshot.subjects.count, self._snapshot.subjects
        holder, held = (array[self._fits] for array in (self.day.holder, self.day.held))
        found = Circling.of(count, holder, held)
        part = np.full(count, -1, dtype=np.int64)
        part[found.members] = found.part
        inside = (holder == held) | ((part[holder] >= 0) & (part[holder] == part[held]))
        pairs = zip(holder[inside].tolist(), held[inside].tolist(), strict=True)
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_edges_from((ids.id(one), ids.id(other)) for one, other in pairs)
        return circles(graph)

    def beginners(self, threshold: float) -> Collection[str]:
        """As `Ground`."""
        links, day = self._snapshot.relations, self.day
        able = np.zeros(self._snapshot.subjects.count, dtype=bool)
        able[links.first[day.declared]] = True
        able[links.first[partners(self._snapshot, day.as_of)]] = True
        able[self._boards[:, 0]] = True
        able[day.holder[day.voted > threshold + SLACK]] = True
        able &= ~day.stops | day.state
        able[in_concert(self._snapshot, day.as_of)] = True
        return _Among(self._snapshot.subjects, able)

    @cached_property
    def _boards(self) -> Array:
        return boards(self.day)

    @cached_property
    def _snapshot(self) -> Snapshot:
        return self.day.snapshot

    @cached_property
    def _fits(self) -> Array:
        fits: Array = ~self.closed[self.day.held]
        return fits

    def _stakes(self, share: Array) -> Stakes:
        return self.day.stakes(share, self._fits)

    def _told_apart(self, low: Array, high: Array) -> Owned | None:
        same = (low == self.day.low) & (high == self.day.high)
        return None if same[self._fits].all() else Owning(self._snapshot.subjects, self._stakes(low))

    @cached_property
    def _vague_ends(self) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
        """Ends of stakes whose share is unknown or an interval: by the held, and by the holder."""
        return self._ends(self.day.high > self.day.low)

    @cached_property
    def _disputed_ends(self) -> Mapping[str, list[str]]:
        return self._ends(self.day.differs)[0]

    def _ends(self, wanted: Array) -> tuple[Mapping[str, list[str]], Mapping[str, list[str]]]:
        into, out = defaultdict(list), defaultdict(list)
        kept = self._fits & wanted
        for one, other in zip(self.day.holder[kept].tolist(), self.day.held[kept].tolist(), strict=True):
            holder, held = self._snapshot.subjects.id(one), self._snapshot.subjects.id(other)
            into[held].append(holder)
            out[holder].append(held)
        return into, out


class _Among(Collection[str]):
    """Subjects of a table that a mask marks."""

    def __init__(self, subjects: NodeTable, mask: Array) -> None:
        self._subjects, self._mask = subjects, mask

    def __contains__(self, id: object) -> bool:
        index = self._subjects.index(str(id))
        return index >= 0 and bool(self._mask[index])

    def __iter__(self) -> Iterator[str]:
        return (self._subjects.id(index) for index in np.flatnonzero(self._mask).tolist())

    def __len__(self) -> int:
        return int(self._mask.sum())


class Owning:
    """As `Shares`, of a whole graph: for each question of the part it is about."""

    def __init__(self, subjects: NodeTable, stakes: Stakes) -> None:
        self._subjects, self._stakes = subjects, stakes

    @cached_property
    def scaled(self) -> Mapping[str, float]:
        """By subject, what the shares in it add up to where that is more than the whole."""
        sums = self._stakes.sums
        return {self._subjects.id(index): float(sums[index]) for index in np.flatnonzero(sums > 1 + OVER).tolist()}

    def into(self, held: str) -> dict[str, float]:
        """What everybody above one subject owns of it, directly and through others."""
        members = self._reached(self._subjects.index(held), up=True)
        return self._part(members).into(held)

    def from_holder(self, holder: str) -> dict[str, float]:
        """What one subject owns, directly and through others."""
        members = self._reached(self._subjects.index(holder), up=False)
        return self._part(members).from_holder(holder)

    def _reached(self, start: int, *, up: bool) -> Array:
        steps, stakes = self._stakes.steps, self._stakes
        starts, near = (steps.indptr, steps.indices) if up else (stakes.starts, stakes.held)
        members = front = np.array([start] if start >= 0 else [], dtype=np.int64)
        while len(front):
            places, _ = mapped.ranges(starts, front)
            front = np.setdiff1d(near[places], members)
            members = np.union1d(members, front)
        return members

    def _part(self, members: Array) -> Shares:
        """The matrix of some; what others hold of them is held by one more, so that a walk may leave them."""
        steps = self._stakes.steps
        places, held = mapped.ranges(steps.indptr, members)
        place = np.searchsorted(members, steps.indices[places])
        place[place == len(members)] = 0
        inside = members[place] == steps.indices[places] if len(members) else np.zeros(0, dtype=bool)
        size = len(members) + 1
        holder = np.where(inside, place, len(members))
        matrix = sparse.csr_array((steps.data[places], (holder, held)), shape=(size, size))
        ids = (*(self._subjects.id(index) for index in members.tolist()), "")
        return Shares(ids, {id: n for n, id in enumerate(ids)}, matrix, {})

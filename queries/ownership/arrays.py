"""Holdings of a day as arrays of a snapshot: what `Holdings` tells of one subject after another, for all at once.

Each stake is made of the same relations by the same rules as in `stakes`: those of one source add up, of several
sources the one seen last is believed, then the one that says more.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from graph.columns import Array
from graph.kernel_ownership import Sayings, Stakes
from graph.snapshot import LinkTable, Snapshot
from graph.vocabulary import Kind
from queries import mapped
from queries.ownership.holdings import CONTROLLER, PARTNER
from queries.ownership.stakes import HOLDING_TYPES, SAME, VOTELESS

OPEN = np.inf  # the upper bound of a share that nothing bounds


@dataclass(frozen=True)
class DayStakes:
    """All stakes of one day, by holder, then held: indexes of `snapshot.subjects`. `low`, `high`, `votes`, `income`:
    sums of what is believed (`high`: OPEN without a bound); `own_votes`: whether votes are told apart from capital;
    `differs`: whether another source tells another ratio.

    `rows`: the relations believed, `pair`: of which stake each is.
    """

    snapshot: Snapshot
    as_of: str
    holder: Array
    held: Array
    low: Array
    high: Array
    votes: Array
    votes_high: Array
    income: Array
    income_high: Array
    own_votes: Array
    differs: Array
    rows: Array
    pair: Array

    @classmethod
    def of(cls, snapshot: Snapshot, as_of: str) -> Self:
        """As of a day."""
        links = snapshot.relations
        every = mapped.of_types(links, HOLDING_TYPES, as_of)
        first, second = links.first[every], links.second[every]
        new = np.ones(len(every), dtype=bool)
        new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
        pair = np.cumsum(new) - 1
        shares = _Shares.of(links, every)
        kept = _believed(links, every, pair, shares.low)
        count = int(new.sum())

        def added(values: Array) -> Array:
            return np.bincount(pair[kept], weights=values[kept], minlength=count)

        believed = np.bincount(pair[kept], weights=np.nan_to_num(shares.ratio[kept]), minlength=count)
        differs = np.zeros(count, dtype=bool)
        others = ~kept & ~np.isnan(shares.ratio)
        differs[pair[others][np.abs(shares.ratio[others] - believed[pair[others]]) > SAME]] = True
        own_votes = np.zeros(count, dtype=bool)
        own_votes[pair[kept][shares.own_votes[kept]]] = True
        return cls(
            snapshot, as_of, first[new].astype(np.int64), second[new].astype(np.int64),
            added(shares.low), added(shares.high), added(shares.votes), added(shares.votes_high),
            added(shares.income), added(shares.income_high), own_votes, differs, every[kept], pair[kept],
        )  # fmt: skip

    def stakes(self, share: Array, fits: Array | slice = slice(None)) -> Stakes:
        """As the kernel takes them, by one of the shares, of those that fit."""
        return Stakes.of(self.snapshot.subjects.count, self.holder[fits], self.held[fits], share[fits])

    @cached_property
    def stops(self) -> Array:
        """By subject, whether control, groups and drawings end there."""
        return ~mapped.conducts(self.snapshot)

    @cached_property
    def state(self) -> Array:
        """By subject, whether it is a body of the state."""
        return mapped.of_kind(self.snapshot, Kind.GOVERNMENT)

    @cached_property
    def declared(self) -> Array:
        """Relations that declare an actual controller."""
        return mapped.of_types(self.snapshot.relations, (CONTROLLER,), self.as_of)

    @cached_property
    def voted(self) -> Array:
        """By stake, what it can vote, at least; a partnership is not voted in by capital. Scaled to the whole."""
        forms = self.snapshot.subjects.column("form")
        codes = self.snapshot.subjects.codes("form")
        known = [forms.code(name) for name in ("partnership", "law_firm")] if forms.codes is not None else []
        voting = self.own_votes | ~np.isin(codes, known)[self.held]
        votes = np.where(voting, np.maximum(self.votes, 0.0), 0.0)
        whole = np.maximum(1.0, np.bincount(self.held, weights=votes, minlength=self.snapshot.subjects.count))
        return votes / whole[self.held]

    def sayings(self, boards: Array, managing: Array) -> Sayings:
        """Who has a say in what. `boards`: rows [holder, over] of those who appointed most of a board; `managing`:
        relations of managing partners.
        """
        links, count = self.snapshot.relations, self.snapshot.subjects.count
        sure = np.concatenate([np.stack([links.first[self.declared], links.second[self.declared]], axis=1), boards])
        partners = np.stack([links.first[managing], links.second[managing]], axis=1)
        who = np.concatenate([self.holder, sure[:, 0], partners[:, 0]]).astype(np.int64)
        over = np.concatenate([self.held, sure[:, 1], partners[:, 1]]).astype(np.int64)
        part = np.repeat([0, 1, 2], [len(self.holder), len(sure), len(partners)])
        votes = np.concatenate([self.voted, np.zeros(len(sure) + len(partners))])
        order = np.lexsort((over, who))
        return Sayings(
            starts=np.concatenate([[0], np.cumsum(np.bincount(who, minlength=count))]),
            over=over[order],
            votes=votes[order],
            sure=part[order] == 1,
            partner=part[order] == 2,
            partners=np.bincount(partners[:, 1].astype(np.int64), minlength=count),
            acts=~self.stops | self.state,
            stops=self.stops,
        )


def partners(snapshot: Snapshot, as_of: str) -> Array:
    """Relations of general partners, one for each partner of a partnership: the first."""
    links = snapshot.relations
    rows = mapped.of_types(links, (PARTNER,), as_of)
    first, second = links.first[rows], links.second[rows]
    new = np.ones(len(rows), dtype=bool)
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return rows[new]


@dataclass(frozen=True, slots=True)
class _Shares:
    """What each relation says: see `stakes`; `ratio` NaN where there is none."""

    ratio: Array
    low: Array
    high: Array
    votes: Array
    votes_high: Array
    income: Array
    income_high: Array
    own_votes: Array

    @classmethod
    def of(cls, links: LinkTable, rows: Array) -> Self:
        ratio, least, most = (_numbers(links, name, rows) for name in ("ratio", "ratio_min", "ratio_max"))
        rated = ~np.isnan(ratio)
        low = np.where(rated, ratio, np.nan_to_num(least))
        high = np.where(rated, ratio, np.where(np.isnan(most), OPEN, most))
        votes, income = _numbers(links, "votes", rows), _numbers(links, "income", rows)
        own = ~np.isnan(votes)
        voteless = ~own & (links.kind[rows] == links.types.index(VOTELESS))

        def told(values: Array, else_: Array) -> Array:
            return np.where(np.isnan(values), else_, values)

        return cls(
            ratio, low, high,
            told(votes, np.where(voteless, 0.0, low)), told(votes, np.where(voteless, 0.0, high)),
            told(income, low), told(income, high), own,
        )  # fmt: skip


def _numbers(links: LinkTable, name: str, rows: Array) -> Array:
    column = links.column(name)
    if column.codes is None:
        return np.full(len(rows), np.nan)
    return np.concatenate([[np.nan], np.asarray(column.values, dtype=np.float64)])[column.codes[rows]]


def _believed(links: LinkTable, rows: Array, pair: Array, low: Array) -> Array:
    """Which relations are believed: of each stake those of one source."""
    kept = np.ones(len(rows), dtype=bool)
    origin, seen = links.codes("origin")[rows].astype(np.int64), links.codes("seen_on")[rows].astype(np.int64)
    mixed = np.zeros(int(pair[-1]) + 1 if len(pair) else 0, dtype=bool)
    mixed[pair[1:][(pair[1:] == pair[:-1]) & (origin[1:] != origin[:-1])]] = True
    some = np.flatnonzero(mixed[pair])
    if not len(some):
        return kept
    some = some[np.lexsort((origin[some], pair[some]))]
    begin = np.ones(len(some), dtype=bool)
    begin[1:] = (pair[some][1:] != pair[some][:-1]) | (origin[some][1:] != origin[some][:-1])
    starts = np.flatnonzero(begin)
    last, total = np.maximum.reduceat(seen[some], starts), np.add.reduceat(low[some], starts)
    of, source = pair[some][starts], origin[some][starts]
    order = np.lexsort((source, total, last, of))
    best = order[np.append(of[order][1:] != of[order][:-1], True)]
    chosen = np.zeros(len(mixed), dtype=np.int64)
    chosen[of[best]] = source[best]
    kept[some] = origin[some] == chosen[pair[some]]
    return kept

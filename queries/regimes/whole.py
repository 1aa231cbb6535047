"""The ownership tests of foreign sanctions for everybody at once, over a snapshot: who belongs to the listed.

What `sanctions` says of one subject after another, in arrays; without the ways it rests on, which it tells when asked
about one. Information only: 境外名单，仅供合规参考.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from graph.columns import Array
from graph.kernel_ownership import Belonging, Limit, Stakes, each_alone
from graph.snapshot import Snapshot, Table
from graph.vocabulary import Kind
from queries import mapped
from queries.model import last_event
from queries.ownership.arrays import DayStakes
from queries.ownership.whole import Says, controlled
from queries.policy import shipped
from queries.regimes.model import Sanction


@dataclass(frozen=True, slots=True)
class Blocked:
    """By index of `snapshot.subjects`. `listed`: the listed themselves; `caught`: who belongs to them; `open`: who may,
    if shares nobody knows are as large as they can be. `low`, `high`: what the blocked hold of each together, at least
    and at most; None where holdings of several do not add up.
    """

    listed: Array
    caught: Array
    open: Array
    low: Array | None
    high: Array | None


def blocked(snapshot: Snapshot, as_of: str, test: Sanction, day: DayStakes | None = None) -> Blocked:
    """One test on everybody. `day`: the stakes of the day, where they are at hand."""
    day = day or DayStakes.of(snapshot, as_of)
    listed = _listed(snapshot, as_of, test)
    share = test.at_least if test.at_least is not None else test.over
    limit = Limit(share or 0.0, strict=test.over is not None)
    ends = _ends(snapshot)
    sure, may = (day.stakes(shares) for shares in _bounds(day))
    out = np.zeros(snapshot.subjects.count, dtype=bool)
    out[listed] = True
    if not test.aggregate:
        low, high = (each_alone(stakes, listed, limit, ends) & ~out for stakes in (sure, may))
        return Blocked(listed, low, high & ~low, None, None)
    says = Says(day) if test.control else None
    found, open_ = (_belonging(stakes, (listed, limit, ends), says) for stakes in (sure, may))
    return Blocked(
        listed,
        found.inside & ~out,
        open_.inside & ~found.inside & ~out,
        low := _held(sure, found),
        np.maximum(low, np.minimum(1.0, _held(may, open_))),
    )


def _held(stakes: Stakes, found: Belonging) -> Array:
    """What those inside hold of each; of one of them also what it holds of itself."""
    own = stakes.holder == stakes.held
    itself = np.bincount(stakes.held[own], weights=stakes.share[own], minlength=stakes.count)
    return found.total + np.where(found.inside, itself, 0.0)


def _belonging(stakes: Stakes, asked: tuple[Array, Limit, Array], says: Says | None) -> Belonging:
    """Whom the listed hold, and, where control counts, whom any of those inside controls."""
    more, limit, ends = asked
    found = Belonging.nobody(stakes.count)
    while len(more):
        came = found.add(stakes, more, limit, ends)
        if says is None:
            break
        _, over = controlled(says, came)
        more = np.unique(over[~found.passing[over]])
    return found


def _bounds(day: DayStakes) -> tuple[Array, Array]:
    """What each stake is at least and at most, as `shares.bounds_of` tells it; at least nothing where it was last seen
    too long ago.
    """
    known = np.bincount(day.held, weights=day.low, minlength=day.snapshot.subjects.count)[day.held]
    low = day.low / np.maximum(1.0, known)
    high = np.minimum(np.where(np.isinf(day.high), 1.0, day.high), np.maximum(day.low, 1.0 - (known - day.low)))
    high = np.maximum(low, high)
    return np.where(_stale(day), 0.0, low), high


def _stale(day: DayStakes) -> Array:
    """By stake, whether any relation it rests on was last seen too long ago."""
    links, found = day.snapshot.relations, np.zeros(len(day.holder), dtype=bool)
    seen = links.column("seen_on")
    if seen.codes is not None:
        last = date.fromisoformat(day.as_of) - timedelta(days=shipped().max_age_days + 1)
        codes = seen.codes[day.rows]
        old = (codes > 0) & (codes <= seen.rank_le(last.isoformat())) & (links.codes("until")[day.rows] == 0)
        found[day.pair[old]] = True
    return found


def _ends(snapshot: Snapshot) -> Array:
    """By subject, whether it only holds for others: as `bodies.stands_for_others` tells it."""
    person, state = (mapped.of_kind(snapshot, kind) for kind in (Kind.PERSON, Kind.GOVERNMENT))
    for_the_state = _said(snapshot.subjects, "state_owned", yes=True)
    return ~person & ~state & _said(snapshot.subjects, "conducts", yes=False) & ~for_the_state


def _said(table: Table, name: str, *, yes: bool) -> Array:
    column = table.column(name)
    if column.codes is None:
        return np.zeros(table.count, dtype=bool)
    said: Array = np.array([False, *(bool(value) == yes for value in column.values)])[column.codes]
    return said


def _listed(snapshot: Snapshot, as_of: str, test: Sanction) -> Array:
    """Subjects with an entry in force on the day, on one of the lists, of one of the authorities."""
    listings, over = snapshot.listings, max(as_of, date.today().isoformat())
    words = [word.lower() for word in test.authorities]
    counting = (
        _where(listings, "list", lambda code: code in test.lists)
        & ~_where(listings, "listed_on", lambda on: on > as_of)
        & ~_where(listings, "removed_on", lambda on: on <= over)
        & ~_where(listings, "expires_on", lambda on: on < over)
        & ~_where(listings, "events", lambda told: last_event({"events": told}, as_of) == "suspended")
    )
    if words:
        counting &= _where(listings, "authority", lambda said: any(word in said.lower() for word in words))
    return np.unique(snapshot.listed.first[counting[snapshot.listed.second]]).astype(np.int64)


def _where(table: Table, name: str, fits: Callable[[Any], bool]) -> Array:
    """By row, whether its value fits; False where it has none. Each value is looked at once."""
    column = table.column(name)
    if column.codes is None:
        return np.zeros(table.count, dtype=bool)
    codes, rows = np.unique(column.codes, return_index=True)
    fitting = [code for code, row in zip(codes.tolist(), rows.tolist(), strict=True) if code and fits(column.at(row))]
    return np.isin(column.codes, np.array(fitting, dtype=column.codes.dtype))

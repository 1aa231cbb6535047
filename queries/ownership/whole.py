"""Control over the whole graph: who has a say in what, and whom each controls, in arrays of a snapshot.

What `control` says of one subject after another. Those who act in concert are few, and asked one by one.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from graph.columns import Array
from graph.kernel_ownership import Sayings, controls
from graph.names import name_key
from graph.snapshot import LinkTable, Snapshot
from queries import mapped
from queries.ownership import reading
from queries.ownership.arrays import DayStakes, partners
from queries.ownership.control import HALF, control
from queries.ownership.rows import APPOINTED


def says(day: DayStakes) -> Sayings:
    """Who has a say in what on a day."""
    return day.sayings(boards(day), _managing(day.snapshot, day.as_of))


def controlled(day: DayStakes, rules: Sayings, subjects: Array, threshold: float = HALF) -> tuple[Array, Array]:
    """(who, over): everything each of these subjects controls, alone or jointly with those it acts in concert with."""
    snapshot = day.snapshot
    acting = np.isin(subjects, in_concert(snapshot, day.as_of))
    who, over = controls(rules, subjects[~acting], threshold)
    jointly = [(int(one), held) for one in subjects[acting] for held in _jointly(day, int(one), threshold)]
    told = np.array(jointly, dtype=np.int64).reshape(-1, 2)
    return np.concatenate([who, told[:, 0]]), np.concatenate([over, told[:, 1]])


def _jointly(day: DayStakes, one: int, threshold: float) -> Array:
    subjects = day.snapshot.subjects
    id = subjects.id(one)
    known = reading.read_mapped(day.snapshot, day.as_of, down=[id])
    return subjects.indexes(control(known, id, threshold).grips)


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

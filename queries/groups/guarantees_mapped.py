"""Guarantees out of a snapshot: the same as from the store, and of a whole graph only those a ring can go over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.columns import Array
from graph.kernel_components import Circling
from graph.snapshot import Snapshot
from queries import mapped
from queries.groups.reading import Reading
from queries.groups.rings import LONGEST, MOST, SHORTEST, Ring
from queries.model import Json

KIND = "GUARANTEES"
TOLD = ("title", "since", "until", "seen_on", "record", "amount")


def around(reading: Reading, snapshot: Snapshot, front: Sequence[str], *, most: int, asked: str) -> list[Json]:
    """As `guarantees.cypher` gives them: a row for each of `front` and way."""
    found, as_of, cap = [], reading.as_of, reading.cap
    wanted = mapped.kinds(snapshot.relations, (KIND,))
    for id in front:
        index = snapshot.subjects.index(id)
        for given in (True, False):
            rows = _rows(snapshot, as_of, index, wanted, given=given)
            kept = rows.tolist() if len(rows) <= cap or id == asked else []
            if len(rows):
                told = sorted((_told(snapshot, row, given=given) for row in kept), key=_order)
                found.append({"id": id, "given": given, "degree": len(rows), "found": told[:most]})
    return found


def _rows(snapshot: Snapshot, as_of: str, index: int, wanted: Array, *, given: bool) -> Array:
    links = snapshot.relations
    rows, _ = (mapped.leaving if given else mapped.arriving)(links, np.array([index]))
    rows = rows[wanted[links.kind[rows]]]
    if not given:  # one for itself was told among those it gave
        rows = rows[links.first[rows] != links.second[rows]]
    return rows[mapped.in_force(links, rows, (as_of, as_of))]


def _told(snapshot: Snapshot, row: int, *, given: bool) -> list[Any]:
    links = snapshot.relations
    other = snapshot.subjects.id(int((links.second if given else links.first)[row]))
    return [other, *mapped.told(links, row, TOLD)]


def _order(told: Sequence[Any]) -> tuple[str, bool, str]:
    other, *_, record, _amount = told
    return other, record is None, record or ""


@dataclass(frozen=True, slots=True)
class Whole:
    """Of all guarantees: `inside`: those a ring may go over, as (guarantor, told); `too_many`: how many those gave who
    gave more than the cap; `rings`, and whether that are all.
    """

    inside: list[tuple[str, list[Any]]]
    too_many: dict[str, int]
    rings: list[Ring]
    every: bool


def whole(snapshot: Snapshot, as_of: str, cap: int) -> Whole:
    """All guarantees in force on a day."""
    links, subjects = snapshot.relations, snapshot.subjects
    rows = mapped.of_types(links, (KIND,), as_of)
    rows = rows[links.first[rows] != links.second[rows]]
    given = np.bincount(links.first[rows], minlength=subjects.count)
    kept = rows[given[links.first[rows]] <= cap]
    first, second = links.first[kept].astype(np.int64), links.second[kept].astype(np.int64)
    circling = Circling.of(subjects.count, first, second)
    part = np.full(subjects.count, -1, dtype=np.int64)
    part[circling.members] = circling.part
    inside = kept[(part[first] >= 0) & (part[first] == part[second])]
    told = [(subjects.id(int(links.first[row])), _told(snapshot, row, given=True)) for row in inside.tolist()]
    found, every = circling.rings(SHORTEST, LONGEST, MOST)
    return Whole(
        told,
        {subjects.id(index): int(given[index]) for index in np.flatnonzero(given > cap).tolist()},
        [tuple(subjects.id(index) for index in ring) for ring in found],
        every,
    )

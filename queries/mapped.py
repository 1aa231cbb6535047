"""What questions read of a snapshot: rows in force, the rows of many nodes at once, subjects by id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from graph.columns import Array
from graph.snapshot import LinkTable, Snapshot
from graph.vocabulary import Kind
from queries.model import Subject

Days = tuple[str, str]  # first and last: what was in force on any of them counts


def named(snapshot: Snapshot, ids: Iterable[str]) -> dict[str, Subject]:
    """Subjects by id; unknown ids are left out."""
    found = ((id, snapshot.subjects.index(id)) for id in sorted(set(ids)))
    return {id: Subject.read(snapshot.subjects.row(index)) for id, index in found if index >= 0}


def in_force(links: LinkTable, rows: Array | slice, days: Days) -> Array:
    """By row, whether it was in force on any day from the first to the last; the last itself has to come before its
    end.
    """
    first, last = days
    since, until = links.codes("since")[rows], links.codes("until")[rows]
    begun: Array = since <= _rank(links, "since", last)
    lasting: Array = begun & ((until == 0) | (until > _rank(links, "until", first)))
    return lasting


def _rank(links: LinkTable, name: str, day: str) -> int:
    column = links.column(name)
    return column.rank_le(day) if column.codes is not None else 0


def ranges(starts: Array, nodes: Array) -> tuple[Array, Array]:
    """The numbers starts[i] to starts[i + 1] of all nodes, one after the other; and of which node (its place) each."""
    begin, end = starts[nodes].astype(np.int64), starts[nodes + 1].astype(np.int64)
    sizes = end - begin
    owner = np.repeat(np.arange(len(nodes)), sizes)
    before = np.cumsum(sizes) - sizes
    return np.arange(len(owner)) - np.repeat(before - begin, sizes), owner


def leaving(links: LinkTable, nodes: Array) -> tuple[Array, Array]:
    """Rows that leave these nodes, and the place of the node each leaves."""
    return ranges(links.starts_first, nodes)


def arriving(links: LinkTable, nodes: Array) -> tuple[Array, Array]:
    """Rows that arrive at these nodes, and the place of the node each arrives at."""
    places, owner = ranges(links.starts_second, nodes)
    return links.by_second[places].astype(np.int64), owner


def kinds(links: LinkTable, wanted: Iterable[str]) -> Array:
    """By type of the table, whether it is wanted."""
    chosen = frozenset(wanted)
    return np.array([name in chosen for name in links.types], dtype=bool)


def of_types(links: LinkTable, types: Iterable[str], as_of: str) -> Array:
    """All rows of these types that are in force on a day."""
    rows = np.flatnonzero(kinds(links, types)[links.kind])
    return rows[in_force(links, rows, (as_of, as_of))]


def conducts(snapshot: Snapshot, nodes: Array | slice = slice(None)) -> Array:
    """By node, whether risk passes through it: as is said of it, else unless it is a body of the state."""
    subjects = snapshot.subjects
    said, state = subjects.codes("conducts")[nodes], of_kind(snapshot, Kind.GOVERNMENT, nodes)
    flags = subjects.column("conducts")
    told = np.array([False, *flags.values], dtype=bool) if flags.codes is not None else np.zeros(1, dtype=bool)
    return np.where(said > 0, told[said], ~state)


def of_kind(snapshot: Snapshot, kind: str, nodes: Array | slice = slice(None)) -> Array:
    """By node, whether it is of a kind."""
    column = snapshot.subjects.column("kind")
    known: Array = snapshot.subjects.codes("kind")[nodes] == (column.code(kind) if column.codes is not None else -1)
    return known


def told(links: LinkTable, row: int, names: Sequence[str]) -> list[Any]:
    """Some properties of one link, None where not given."""
    return [links.column(name).at(row) for name in names]

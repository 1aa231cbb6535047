"""Joins over the arrays of a snapshot: the relations around many subjects at once, and which subjects entries list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple, cast

import numpy as np

from graph.columns import Array
from graph.snapshot import LinkTable, Snapshot


class Pairs(NamedTuple):
    """Links of several nodes: `asked[n]` is the place of the node in what was asked, `rows[n]` the link's row."""

    asked: Array
    rows: Array

    def where(self, kept: Array) -> Pairs:
        """Those for which `kept` is true."""
        return Pairs(self.asked[kept], self.rows[kept])


class Joins:
    """The relations of one snapshot, of chosen types, around one node or many."""

    def __init__(self, relations: LinkTable) -> None:
        self.relations = relations
        self._masks: dict[tuple[str, ...], Array] = {}

    def leaving_many(self, nodes: Array, types: Sequence[str]) -> Pairs:
        """The relations of these types that leave the nodes, in the order of the nodes."""
        found = _ranges(self.relations.starts_first, nodes)
        return found.where(self._mask(types)[self.relations.kind[found.rows]])

    def arriving_many(self, nodes: Array, types: Sequence[str]) -> Pairs:
        """The relations of these types that arrive at the nodes, in the order of the nodes."""
        asked, places = _ranges(self.relations.starts_second, nodes)
        found = Pairs(asked, self.relations.by_second[places])
        return found.where(self._mask(types)[self.relations.kind[found.rows]])

    def leaving(self, node: int, types: Sequence[str]) -> list[int]:
        """The rows of the relations of these types that leave a node."""
        begin, end = _range(self.relations.starts_first, node)
        places = np.flatnonzero(self._mask(types)[self.relations.kind[begin:end]])
        return (places + begin).tolist()

    def arriving(self, node: int, types: Sequence[str]) -> list[int]:
        """The rows of the relations of these types that arrive at a node."""
        begin, end = _range(self.relations.starts_second, node)
        rows = self.relations.by_second[begin:end]
        return cast(list[int], rows[self._mask(types)[self.relations.kind[rows]]].tolist())

    def between(self, first: int, second: int, types: Sequence[str]) -> list[int]:
        """The rows of the relations of these types from one node to another."""
        kinds, mask = self.relations.kind, self._mask(types)
        return [row for row in self.relations.between(first, second) if mask[kinds[row]]]

    def _mask(self, types: Sequence[str]) -> Array:
        """By the number of a type: whether it is among these."""
        key = tuple(types)
        if key not in self._masks:
            self._masks[key] = np.array([name in key for name in self.relations.types], dtype=bool)
        return self._masks[key]


class Entries:
    """The entries of some lists, and whom they list or name."""

    def __init__(self, snapshot: Snapshot, lists: Collection[str]) -> None:
        self._snapshot = snapshot
        column = snapshot.listings.column("list")
        codes = [code for name in lists if (code := column.code(name)) > 0]
        self._known = np.isin(snapshot.listings.codes("list"), codes)

    def listed(self, nodes: Array) -> Array:
        """Of each node whether one of these entries lists it."""
        return self._any(self._snapshot.listed, nodes)

    def listed_or_named(self, nodes: Array) -> Array:
        """Of each node whether one of these entries lists or names it."""
        return cast(Array, self.listed(nodes) | self._any(self._snapshot.named, nodes))

    def links(self, table: LinkTable, node: int) -> list[int]:
        """The rows of `table` (listed, named) that join a node to one of these entries."""
        begin, end = _range(table.starts_first, node)
        places = np.flatnonzero(self._known[table.second[begin:end]])
        return (places + begin).tolist()

    def _any(self, table: LinkTable, nodes: Array) -> Array:
        found = np.zeros(len(nodes), dtype=bool)
        asked, rows = _ranges(table.starts_first, nodes)
        found[asked[self._known[table.second[rows]]]] = True
        return found


def _range(starts: Array, node: int) -> tuple[int, int]:
    return int(starts[node]), int(starts[node + 1])


def _ranges(starts: Array, nodes: Array) -> Pairs:
    """All places from `starts[node]` to `starts[node + 1]`, with the place of the node."""
    begin = starts[nodes].astype(np.int64)
    counts = starts[nodes + 1].astype(np.int64) - begin
    ends = np.cumsum(counts)
    asked = np.repeat(np.arange(len(nodes)), counts)
    total = int(ends[-1]) if len(ends) else 0
    return Pairs(asked, np.arange(total) + np.repeat(begin - ends + counts, counts))

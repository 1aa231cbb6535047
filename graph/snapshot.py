"""The graph as compact arrays in one mapped file: nodes sorted by id, relations by their ends, both ways.

Made from a store in one pass (`graph.snapshot_build`) and good for one version of it, its `stamp`. No weight and no
day is baked in: another policy or another day asks the same arrays. Personal numbers are masked before they are
written; the names, codes and contacts in it are those of the store, and the file is for its owner only.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, cast

import numpy as np

from graph import snapshot_file
from graph.columns import Array, Column, Kind, Texts
from graph.snapshot_file import REMEDY, SnapshotFileError

Props = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with properties, by column."""

    count: int
    columns: Mapping[str, Column]

    def row(self, number: int) -> Props:
        """The properties of a row as the store has them; those not given are left out."""
        found = {name: column.at(number) for name, column in self.columns.items()}
        return {name: value for name, value in found.items() if value is not None}

    def column(self, name: str) -> Column:
        """One property of all rows; a column without values where no row has it."""
        return self.columns.get(name) or Column("text", None, Texts.of(()))

    def codes(self, name: str) -> Array:
        """The codes of a column, zeros where no row has the property."""
        codes = self.column(name).codes
        return np.zeros(self.count, dtype=np.uint8) if codes is None else codes


@dataclass(frozen=True, slots=True)
class NodeTable(Table):
    """Nodes of one label; a node's index is the rank of its id by code points."""

    ids: Texts

    def index(self, id: str) -> int:
        """The index of an id, -1 if no node has it."""
        return self.ids.find(id)

    def indexes(self, ids: Iterable[str]) -> Array:
        """The indexes of ids, -1 where no node has one."""
        return np.array([self.ids.find(id) for id in ids], dtype=np.int64)

    def id(self, index: int) -> str:
        """The id at an index."""
        return str(self.ids[index])

    def row(self, number: int) -> Props:
        """The properties of a node, its id among them."""
        # By name: super() of a slotted dataclass looks in the class that was replaced.
        return {"id": self.id(number), **Table.row(self, number)}


@dataclass(frozen=True, slots=True)
class LinkTable(Table):
    """Links sorted by their first end, then their second, then their type.

    `first`, `second`: indexes of the ends. `kind`: place in `types`. Those that leave node i are the rows
    `starts_first[i]` to `starts_first[i + 1]`; those that arrive at it are the row numbers in `by_second` between
    `starts_second[i]` and `starts_second[i + 1]`, in the order of their first ends.
    """

    types: tuple[str, ...]
    first: Array
    second: Array
    kind: Array
    starts_first: Array
    starts_second: Array
    by_second: Array

    def leaving(self, index: int) -> range:
        """The rows of the links that leave a node."""
        return range(int(self.starts_first[index]), int(self.starts_first[index + 1]))

    def arriving(self, index: int) -> list[int]:
        """The rows of the links that arrive at a node."""
        return cast(list[int], self.by_second[self.starts_second[index] : self.starts_second[index + 1]].tolist())

    def between(self, first: int, second: int) -> range:
        """The rows of the links from one node to another."""
        start, end = int(self.starts_first[first]), int(self.starts_first[first + 1])
        ends = self.second.data  # single places of a memory view are read faster than those of an array
        low = bisect_left(ends, second, start, end)
        return range(low, bisect_right(ends, second, low, end))

    def type(self, row: int) -> str:
        """The type of a link."""
        return self.types[int(self.kind[row])]


_FIXED = ("first", "second", "kind", "starts_first", "starts_second", "by_second")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of a graph. `stamp` names it; `built_at`: when it was made (UTC)."""

    path: Path
    stamp: str
    built_at: str
    subjects: NodeTable
    listings: NodeTable
    contacts: NodeTable
    relations: LinkTable
    listed: LinkTable
    named: LinkTable
    exempt: LinkTable
    shared: LinkTable

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a file. Raises SnapshotFileError when it is none, or not whole."""
        about, arrays = snapshot_file.read(path)
        try:
            parts = {name: _part(name, told, arrays) for name, told in about["parts"].items()}
            return cls(path=path, stamp=about["stamp"], built_at=about["built_at"], **cast(dict[str, Any], parts))
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise SnapshotFileError(f"{path} 不是图快照；{REMEDY}") from error


def _part(name: str, told: Mapping[str, Any], arrays: Mapping[str, Array]) -> NodeTable | LinkTable:
    own: dict[str, dict[str, Array]] = {}
    for key, array in arrays.items():
        part, column, of = key.split("/")
        if part == name:
            own.setdefault(column, {})[of] = array
    columns = {column: Column.read(cast(Kind, kind), own[column]) for column, kind in told["columns"].items()}
    if "types" not in told:
        return NodeTable(told["count"], columns, Texts(own["ids"]["starts"], own["ids"]["block"]))
    fixed = {field: own["links"][field] for field in _FIXED}
    return LinkTable(told["count"], columns, tuple(told["types"]), **fixed)

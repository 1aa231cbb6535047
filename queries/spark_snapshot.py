"""The tables of `spark_input` out of a snapshot: arrays into arrays, no row is ever made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from graph.columns import Array, Column, Texts
from graph.snapshot import Snapshot
from queries.spark_input import CHUNK, Chunks, schema


def tables(snapshot: Snapshot) -> dict[str, Chunks]:
    """The chunks of each table."""
    return {"subjects": _subjects(snapshot), "relations": _relations(snapshot), "listings": _listings(snapshot)}


def _subjects(snapshot: Snapshot) -> Chunks:
    table = snapshot.subjects
    ids = _texts(table.ids)
    conducts, kind = (_Property(table.column(name), table.count) for name in ("conducts", "kind"))
    for rows in _parts(table.count):
        yield _table("subjects", {"id": ids.take(rows), "conducts": conducts.at(rows), "kind": kind.at(rows)})


def _relations(snapshot: Snapshot) -> Chunks:
    table, ids = snapshot.relations, _texts(snapshot.subjects.ids)
    types = pa.array(table.types, pa.string())
    given = {name: _Property(table.column(name), table.count) for name in ("ratio", "since", "until")}
    for rows in _parts(table.count):
        ends = {"source": ids.take(table.first[rows]), "target": ids.take(table.second[rows])}
        kinds = {"type": types.take(table.kind[rows])}
        yield _table("relations", {**ends, **kinds, **{name: column.at(rows) for name, column in given.items()}})


def _listings(snapshot: Snapshot) -> Chunks:
    links, entries = snapshot.listed, snapshot.listings
    subjects, ids = _texts(snapshot.subjects.ids), _texts(entries.ids)
    plain = ("list", "tier", "listed_on", "expires_on", "removed_on")
    given = {name: _Property(entries.column(name), entries.count) for name in plain}
    for rows in _parts(links.count):
        entry = links.second[rows]
        events = [entries.row(number).get("events") for number in entry.tolist()]
        columns = {name: column.at(entry) for name, column in given.items()}
        who = {"id": ids.take(entry), "subject": subjects.take(links.first[rows])}
        yield _table("listings", {**who, **columns, "events": pa.array(events, pa.list_(pa.string()))})


class _Property:
    """One property by row number."""

    def __init__(self, column: Column, count: int) -> None:
        self._values = _texts(column.values) if isinstance(column.values, Texts) else pa.array(column.values)
        self._flag = column.kind == "flag"
        self._codes = np.zeros(count, np.uint8) if column.codes is None else column.codes

    def at(self, rows: Array) -> pa.Array:
        """The values of these rows, null where not given."""
        codes = self._codes[rows].astype(np.int64)
        found = self._values.take(pa.array(np.maximum(codes - 1, 0), mask=codes == 0))
        return found.cast(pa.bool_()) if self._flag else found


def _texts(texts: Texts) -> pa.Array:
    """Texts as they lie in the file, which is how Arrow lays them out."""
    starts, block = texts.arrays["starts"], texts.arrays["block"]
    kind, offsets = (pa.string(), np.int32) if starts[-1] < 1 << 31 else (pa.large_string(), np.int64)
    buffers = [None, pa.py_buffer(starts.astype(offsets)), pa.py_buffer(np.ascontiguousarray(block))]
    return pa.Array.from_buffers(kind, len(texts), buffers)


def _parts(count: int) -> Iterator[Array]:
    return (np.arange(start, min(start + CHUNK, count)) for start in range(0, count, CHUNK))


def _table(name: str, columns: Mapping[str, pa.Array]) -> pa.Table:
    wanted = schema(name)
    return pa.table({column: columns[column] for column in wanted.names}).cast(wanted)

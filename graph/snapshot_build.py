"""A snapshot made from a store: one pass over its nodes and relations, a stream that is never held as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from graph import bulk, snapshot_file
from graph.columns import Array, Column, Gatherer, Kind, Texts
from graph.cypher import text
from graph.errors import StoreError
from graph.mask import mask_code, mask_id, scrub
from graph.store import Store, Tx
from graph.vocabulary import SUBJECT_RELATION_TYPES

SECONDS = 3600.0
CHUNK = 20_000
Progress = Callable[[str, int], None]
Columns = dict[str, Kind]

SUBJECT: Columns = {
    "kind": "text", "form": "text", "name": "text", "uscc": "text", "id_type": "text", "id_number": "text",
    "status": "text", "sector": "text", "state_owned": "flag", "established": "text", "conducts": "flag",
}  # fmt: skip
RELATION: Columns = {
    "ratio": "number", "ratio_min": "number", "ratio_max": "number", "votes": "number", "income": "number",
    "amount": "number", "kin": "text", "title": "text", "since": "text", "until": "text", "seen_on": "text",
    "record": "record", "origin": "text",
}  # fmt: skip
# Free text that may hold a person's number, and where one is kept: masked as every answer shows it.
MASKED: Mapping[str, Callable[[str], str]] = {
    "id_number": mask_id,
    "uscc": lambda code: code if _is_organisations(code) else mask_code(code),
    **dict.fromkeys(("title", "record", "doc_no", "reason", "role"), scrub),
}
# The links whose second end is no subject: to what, and the types.
LINKS = {"listed": "LISTED", "named": "NAMED_IN", "exempt": "EXEMPT_FROM", "shared": "CONTACT"}


class GraphChangedError(StoreError):
    """The graph was changed while it was read: what was read is of no version of it."""

    def __init__(self) -> None:
        super().__init__("生成快照时图有变化，没有写出快照；请待装入结束后再试。")


def build(
    store: Store,
    path: Path,
    stamp: str,
    *,
    still: Callable[[], bool] = lambda: True,
    progress: Progress = lambda what, done: None,
) -> None:
    """Write the snapshot of what is in the store now to `path`; `stamp` names that version.

    `still` is asked when all is read: whether the graph is still of that version. `progress` is told what is read
    and how many of it were, and may raise to give up. Raises GraphChangedError, StoreError; nothing is written then,
    and the snapshot that was at `path` stays.
    """
    reading = _Reading(progress)
    store.transact(reading.all, timeout=SECONDS, readonly=True)
    if bulk.is_running(store) or not still():
        raise GraphChangedError
    about = {
        "stamp": stamp,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "parts": reading.told,
    }
    snapshot_file.write(path, about, reading.arrays)


class _Reading:
    """What was read so far: the arrays of the file, and what they are."""

    def __init__(self, progress: Progress) -> None:
        self.arrays: dict[str, Array] = {}
        self.told: dict[str, Any] = {}
        self._progress = progress

    def all(self, tx: Tx) -> None:
        """Read everything; may be called again where the transaction is."""
        self.arrays, self.told = {}, {}
        subjects = self._subjects(tx)
        listings = self._nodes(tx, "listings", "snapshot_listings")
        contacts = self._nodes(tx, "contacts", "snapshot_contacts")
        self._relations(tx, subjects)
        for part, kind in LINKS.items():
            self._links(tx, part, kind, subjects, contacts if part == "shared" else listings)

    def _subjects(self, tx: Tx) -> dict[str, int]:
        ids: list[str] = []
        columns = {name: Gatherer(kind, MASKED.get(name)) for name, kind in SUBJECT.items()}
        for block in self._blocks("subjects", tx.values(text("graph", "snapshot_subjects"))):
            id_column, *rest = block
            ids += id_column
            for column, values in zip(columns.values(), rest, strict=True):
                column.take(values)
        return self._node_table("subjects", ids, columns)

    def _nodes(self, tx: Tx, part: str, statement: str) -> dict[str, int]:
        """Nodes of which all properties are kept: few, or with few properties."""
        rows = self._counted(part, (row["props"] for row in tx.stream(text("graph", statement))))
        ids = [row.pop("id") for row in rows]
        return self._node_table(part, ids, _gathered(rows))

    def _node_table(self, part: str, ids: Sequence[str], columns: dict[str, Gatherer]) -> dict[str, int]:
        order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
        known = [ids[i] for i in order]
        for name, array in Texts.of(known).arrays.items():
            self.arrays[f"{part}/ids/{name}"] = array
        self._table(part, len(ids), columns, order)
        return {id: index for index, id in enumerate(known)}

    def _relations(self, tx: Tx, subjects: dict[str, int]) -> None:
        columns = {name: Gatherer(kind, MASKED.get(name)) for name, kind in RELATION.items()}
        ends: list[tuple[Array, Array, Array]] = []
        for number, kind in enumerate(SUBJECT_RELATION_TYPES):
            statement = text("graph", "snapshot_relations", TYPE=kind)
            for first, second, *rest in self._blocks("relations", tx.values(statement)):
                ends.append((*_indexes(first, second, subjects, subjects), np.full(len(first), number, np.uint8)))
                for column, values in zip(columns.values(), rest, strict=True):
                    column.take(values)
        counts = (len(subjects), len(subjects))
        order = self._ends("relations", ends, counts, SUBJECT_RELATION_TYPES)
        self._table("relations", len(order), columns, order)

    def _links(self, tx: Tx, part: str, kind: str, firsts: dict[str, int], seconds: dict[str, int]) -> None:
        rows = self._counted(part, tx.stream(text("graph", "snapshot_links", TYPE=kind)))
        ends = _indexes([row["a"] for row in rows], [row["b"] for row in rows], firsts, seconds)
        order = self._ends(part, [(*ends, np.zeros(len(rows), np.uint8))], (len(firsts), len(seconds)), (kind,))
        self._table(part, len(rows), _gathered([row["props"] for row in rows]), order)

    def _ends(
        self, part: str, ends: Sequence[tuple[Array, Array, Array]], counts: tuple[int, int], types: Sequence[str]
    ) -> Array:
        """Write the ends of links and both ways to them; the order of the rows."""
        nothing = (np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.uint8))
        first, second, kind = (np.concatenate(arrays) for arrays in zip(*(ends or [nothing]), strict=True))
        order = np.lexsort((kind, second, first))
        first, second, kind = first[order], second[order], kind[order]
        fixed = {
            "first": first,
            "second": second,
            "kind": kind,
            "starts_first": _starts(first, counts[0]),
            "starts_second": _starts(second, counts[1]),
            # Stable: of those that arrive at one node, the order of their first ends stays.
            "by_second": np.argsort(second, kind="stable").astype(np.uint32),
        }
        self.arrays |= {f"{part}/links/{name}": array for name, array in fixed.items()}
        self.told[part] = {"types": list(types)}
        return order

    def _table(self, part: str, count: int, columns: dict[str, Gatherer], order: Array) -> None:
        made = {name: column.column(order) for name, column in columns.items()}
        kept: dict[str, Column] = {name: column for name, column in made.items() if column.codes is not None}
        for name, column in kept.items():
            self.arrays |= {f"{part}/{name}/{of}": array for of, array in column.arrays.items()}
        told = {"count": count, "columns": {name: column.kind for name, column in kept.items()}}
        self.told[part] = {**self.told.get(part, {}), **told}

    def _blocks(self, what: str, rows: Iterator[list[Any]]) -> Iterator[tuple[Sequence[Any], ...]]:
        """The columns of so many rows at a time."""
        done = 0
        while block := list(islice(rows, CHUNK)):
            done += len(block)
            self._progress(what, done)
            yield tuple(zip(*block, strict=True))

    def _counted(self, what: str, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for row in rows:
            found.append(row)
            if len(found) % CHUNK == 0:
                self._progress(what, len(found))
        return found


def _is_organisations(code: str) -> bool:
    """Whether eighteen characters cannot be a person's number: a letter stands before the last.

    Most codes are such, and a look at one in full takes 30 µs.
    """
    return len(code) == 18 and code.isascii() and code.isalnum() and not code[:17].isdigit()


def _gathered(rows: Sequence[dict[str, Any]]) -> dict[str, Gatherer]:
    """Columns of whatever properties the rows have."""
    columns = {}
    for name in sorted({name for row in rows for name in row}):
        values = [row.get(name) for row in rows]
        columns[name] = Gatherer(_kind(name, values), MASKED.get(name))
        columns[name].take(values)
    return columns


def _kind(name: str, values: Iterable[Any]) -> Kind:
    given = next((value for value in values if value is not None), "")
    if isinstance(given, list):
        return "list"
    if isinstance(given, bool):
        return "flag"
    if isinstance(given, int | float):
        return "number"
    return "record" if name == "record" else "text"


def _indexes(
    first: Iterable[str], second: Iterable[str], firsts: dict[str, int], seconds: dict[str, int]
) -> tuple[Array, Array]:
    try:
        return (
            np.array([firsts[id] for id in first], dtype=np.uint32),
            np.array([seconds[id] for id in second], dtype=np.uint32),
        )
    except KeyError:  # made after the nodes were read
        raise GraphChangedError from None


def _starts(sorted_or_not: Array, count: int) -> Array:
    """Where the rows of each node begin, once sorted by it."""
    ends = np.cumsum(np.bincount(sorted_or_not, minlength=count), dtype=np.int64)
    return np.concatenate([np.zeros(1, np.int64), ends]).astype(np.uint32)

"""A snapshot made from a store: one pass over its nodes and relations, a stream that is never held as a whole."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from graph import bulk, snapshot_file
from graph.columns import Array, Column, Gatherer, Kind, Texts
from graph.cypher import text
from graph.errors import StoreError
from graph.mask import mask_code, mask_id, scrub
from graph.snapshot_parts import Parts, Rows, Source
from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES

Progress = Callable[[str, int], None]
Columns = dict[str, Kind]
Ends = tuple[Array, Array, Array]

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
# The tables of what is no subject: the statements that read them, and the links to them.
ENDS = {
    "listings": ("snapshot_listings", "snapshot_links_listings"),
    "contacts": ("snapshot_contacts", "snapshot_links_contacts"),
}
# Those links: their types, and in which table their second end is.
LINKS = {
    "listed": ("LISTED", "listings"),
    "named": ("NAMED_IN", "listings"),
    "exempt": ("EXEMPT_FROM", "listings"),
    "shared": ("CONTACT", "contacts"),
}


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

    def unchanged() -> None:
        if bulk.is_running(store) or not still():
            raise GraphChangedError

    write(Parts(store), path, stamp, unchanged, progress)


def write(
    source: Source,
    path: Path,
    stamp: str,
    read: Callable[[], None] = lambda: None,
    progress: Progress = lambda what, done: None,
) -> None:
    """Write the snapshot of what `source` holds to `path`. `read` is called when all is read, and may raise."""
    reading = _Reading(source, progress)
    with _uncollected():
        reading.all()
    read()
    about = {
        "stamp": stamp,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "parts": reading.told,
    }
    snapshot_file.write(path, about, reading.arrays)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector: millions of values come that are no garbage, and it would look at all again and
    again.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Reading:
    """What was read so far: the arrays of the file, and what they are."""

    def __init__(self, parts: Source, progress: Progress) -> None:
        self.arrays: dict[str, Array] = {}
        self.told: dict[str, Any] = {}
        self._parts = parts
        self._progress = progress

    def all(self) -> None:
        """Read everything."""
        subjects = self._subjects()
        others = {part: self._nodes(part, text("graph", nodes)) for part, (nodes, _) in ENDS.items()}
        self._relations(subjects)
        for part, (kind, ends) in LINKS.items():
            statement = text("graph", ENDS[ends][1], TYPE=kind)
            self._links((part, kind), statement, subjects, others[ends])

    def _subjects(self) -> dict[str, int]:
        ids: list[str] = []
        columns = {name: Gatherer(kind, MASKED.get(name)) for name, kind in SUBJECT.items()}
        past, between = text("graph", "snapshot_subjects"), text("graph", "snapshot_subjects_between")
        for rows in self._told("subjects", self._parts.rows(past, between)):
            id_column, *rest = zip(*rows, strict=True)
            ids += id_column
            for column, values in zip(columns.values(), rest, strict=True):
                column.take(values)
        if len(set(ids)) != self._parts.subjects:
            raise GraphChangedError
        return self._node_table("subjects", ids, columns)

    def _nodes(self, part: str, statement: str) -> dict[str, int]:
        """Nodes of which all properties are kept: few, or with few properties."""
        ids: list[str] = []
        properties = _Properties()
        for rows in self._told(part, self._parts.whole(statement)):
            ids += [props.pop("id") for (props,) in rows]
            properties.take([props for (props,) in rows])
        return self._node_table(part, ids, properties.columns)

    def _node_table(self, part: str, ids: Sequence[str], columns: dict[str, Gatherer]) -> dict[str, int]:
        order = np.array(sorted(range(len(ids)), key=ids.__getitem__), dtype=np.int64)
        known = [ids[i] for i in order]
        for name, array in Texts.of(known).arrays.items():
            self.arrays[f"{part}/ids/{name}"] = array
        self._table(part, len(ids), columns, order)
        return {id: index for index, id in enumerate(known)}

    def _relations(self, subjects: dict[str, int]) -> None:
        columns = {name: Gatherer(kind, MASKED.get(name)) for name, kind in RELATION.items()}
        number = {kind: place for place, kind in enumerate(SUBJECT_RELATION_TYPES)}
        ends: list[Ends] = []
        past = text("graph", "snapshot_relations", TYPES=SUBJECT_RELATION_TYPES)
        between = text("graph", "snapshot_relations_between", TYPES=SUBJECT_RELATION_TYPES)
        for rows in self._told("relations", self._parts.rows(past, between)):
            kinds, first, second, *rest = zip(*rows, strict=True)
            kind = np.array([number[kind] for kind in kinds], dtype=np.uint8)
            ends.append((*_indexes(first, second, subjects, subjects), kind))
            for column, values in zip(columns.values(), rest, strict=True):
                column.take(values)
        counts = (len(subjects), len(subjects))
        order = self._ends("relations", ends, counts, SUBJECT_RELATION_TYPES)
        self._table("relations", len(order), columns, order)

    def _links(self, links: tuple[str, str], statement: str, firsts: dict[str, int], seconds: dict[str, int]) -> None:
        part, kind = links
        ends: list[Ends] = []
        properties = _Properties()
        for rows in self._told(part, self._parts.whole(statement)):
            first, second, props = zip(*rows, strict=True)
            ends.append((*_indexes(first, second, firsts, seconds), np.zeros(len(rows), np.uint8)))
            properties.take(props)
        order = self._ends(part, ends, (len(firsts), len(seconds)), (kind,))
        self._table(part, len(order), properties.columns, order)

    def _ends(self, part: str, ends: Sequence[Ends], counts: tuple[int, int], types: Sequence[str]) -> Array:
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

    def _told(self, what: str, blocks: Iterable[Rows]) -> Iterator[Rows]:
        """The blocks that have rows, each told of."""
        done = 0
        for rows in blocks:
            if rows:
                done += len(rows)
                self._progress(what, done)
                yield rows


class _Properties:
    """Columns of whatever properties rows turn out to have."""

    def __init__(self) -> None:
        self.columns: dict[str, Gatherer] = {}
        self._count = 0

    def take(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """The properties of the next rows."""
        for name in sorted({name for row in rows for name in row} - self.columns.keys()):
            self.columns[name] = Gatherer(_kind(name, (row.get(name) for row in rows)), MASKED.get(name))
            self.columns[name].take([None] * self._count)
        for name, column in self.columns.items():
            column.take([row.get(name) for row in rows])
        self._count += len(rows)


def _is_organisations(code: str) -> bool:
    """Whether eighteen characters cannot be a person's number: a letter stands before the last.

    Most codes are such, and a look at one in full takes 30 µs.
    """
    return len(code) == 18 and code.isascii() and code.isalnum() and not code[:17].isdigit()


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

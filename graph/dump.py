"""A whole graph as lines of JSON: how a server is backed up and restored, through Bolt alone."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import cypher
from graph.errors import InputError, StoreBusyError, StoreError

if TYPE_CHECKING:
    from graph.bulk import NewNode, NewRelation
    from graph.store import Store, Tx

SECONDS = 4 * 3600.0
TRIES = 3
ROWS = 2000


def write(store: Store, dest: Path) -> None:
    """Write all nodes, then all relationships, of one moment.

    Neo4j reads what is committed meanwhile too, so the dump counts only if nothing was committed while it was
    made. Raises StoreBusyError if something was, three times.
    """
    for _ in range(TRIES):
        before = store.version()
        store.transact(lambda tx: _write(tx, dest), timeout=SECONDS, readonly=True)
        if store.version() == before:
            return
    raise StoreBusyError(f"{store.location} 一直有人在写入，未能取得一致的备份；请在装载结束后再试。")


def read(source: Path) -> tuple[Iterator[NewNode], Iterator[NewRelation]]:
    """What was written: nodes, and relationships between their keys. Read the nodes first."""
    return _nodes(source), _relations(source)


def restore(store: Store, source: Path) -> None:
    """Make everything in an empty server. Raises StoreError; the server may hold a part of it then."""
    places: dict[str, str] = {}
    nodes, relations = read(source)
    text = cypher.text("graph", "restore_nodes")
    for label, batch in _batches((label, {"key": key, "properties": given}) for label, key, given in nodes):
        places |= {row["key"]: row["now"] for row in store.write(text, timeout=SECONDS, label=label, rows=batch)}
    rows = (
        (kind, {"first": places[first], "second": places[second], "properties": given})
        for kind, first, second, given in relations
    )
    for kind, batch in _batches(rows):
        store.write(cypher.text("graph", "restore_relations", TYPE=kind), timeout=SECONDS, rows=batch)


def empty(store: Store) -> None:
    """Take everything out of a server."""
    while store.write(cypher.text("graph", "empty"), timeout=SECONDS)[0]["gone"]:
        pass


def _write(tx: Tx, dest: Path) -> None:
    with gzip.open(dest, "wt", encoding="utf-8", compresslevel=6) as out:
        for row in tx.stream(cypher.text("graph", "dump_nodes")):
            if len(row["labels"]) != 1:
                raise StoreError(f"图中有节点的标签不是一个：{row['labels']}；不是信脉写入的，无法备份。")
            out.write(_line([row["labels"][0], row["key"], row["properties"]]))
        out.write("\n")
        for row in tx.stream(cypher.text("graph", "dump_relations")):
            out.write(_line([row["type"], row["first"], row["second"], row["properties"]]))


def _line(values: list[Any]) -> str:
    try:
        return json.dumps(values, ensure_ascii=False, allow_nan=False) + "\n"
    except (TypeError, ValueError) as error:
        raise StoreError("图中有不是信脉写入的值（如日期类型），无法备份。") from error


def _lines(source: Path, part: int) -> Iterator[list[Any]]:
    """The lines before (part 0) or after (part 1) the empty one."""
    at = 0
    with gzip.open(source, "rt", encoding="utf-8") as file:
        for line in file:
            if line == "\n":
                at += 1
            elif at == part:
                yield json.loads(line)
            if at > part:
                return
    if at == 0:
        raise InputError("备份内容不完整", file=str(source))


def _nodes(source: Path) -> Iterator[NewNode]:
    return ((label, key, properties) for label, key, properties in _lines(source, 0))


def _relations(source: Path) -> Iterator[NewRelation]:
    return ((kind, first, second, properties) for kind, first, second, properties in _lines(source, 1))


def _batches(rows: Iterable[tuple[str, dict[str, Any]]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Rows of one label or type together, at most ROWS of them."""
    waiting: dict[str, list[dict[str, Any]]] = {}
    for name, row in rows:
        batch = waiting.setdefault(name, [])
        batch.append(row)
        if len(batch) == ROWS:
            yield name, waiting.pop(name)
    yield from waiting.items()

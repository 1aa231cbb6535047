"""Filling a new embedded graph through ArcadeDB's batch endpoint: all of it, or an empty graph again.

What the endpoint has taken stays when it stops, so the directory is marked while a load runs; whoever starts the
server next finds the mark and empties the graph, even if loader, keeper and Java were all killed.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from graph import schema
from graph.arcade import Arcade
from graph.datadir import DataDir
from graph.embedded import Embedded
from graph.errors import StoreError
from graph.vocabulary import RELATION_TYPES, STRUCTURAL_TYPES

if TYPE_CHECKING:
    from graph.store import Store

# Label (or type), key of the load (or those of both ends), properties. A key lives as long as the load.
NewNode = tuple[str, str, dict[str, Any]]
NewRelation = tuple[str, str, str, dict[str, Any]]

Buffer = bytes | memoryview

CHUNK = 1_000_000  # bytes, about
SECONDS = 900.0  # one answer: the server may be busy with its indexes
_TYPES = frozenset(RELATION_TYPES) | frozenset(STRUCTURAL_TYPES)


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much a bulk load made."""

    nodes: int
    relations: int


def is_possible(store: Store) -> bool:
    """Whether the store is embedded and has nothing in it."""
    return isinstance(store.source, Embedded) and not store.read("MATCH (n) RETURN 1 AS one LIMIT 1")


def is_running(store: Store) -> bool:
    """Whether a bulk load is filling the graph, or was cut off and has left something in it."""
    return isinstance(store.source, Embedded) and store.source.place.unfinished.exists()


def load(
    store: Store,
    nodes: Iterable[NewNode],
    relations: Iterable[NewRelation],
    finish: Callable[[], object] | None = None,
) -> Loaded:
    """Make all nodes, then all relations between them, in an empty embedded store.

    Properties that are None are left out. `finish` does what else belongs to the load; if it fails, so does the
    load. Raises StoreError if the store is not empty, a key is unknown or
    given twice, a type is not of the vocabulary, or a constraint is broken; the graph is empty again then.
    """
    keys: dict[str, int] = {}
    sent = _Sent()
    chunks = chunks_of(_lines(nodes, relations, keys, sent))
    return fill(store, chunks, lambda: Loaded(len(keys), sent.relations), finish)


def fill(
    store: Store,
    chunks: Iterable[Buffer],
    expected: Callable[[], Loaded],
    finish: Callable[[], object] | None = None,
) -> Loaded:
    """As `load`, from whole lines, nodes first: those of `node_line` and `relation_line`, or of `graph.ndjson`.

    `expected`, asked after the last chunk, says how much they were. Whatever `chunks` raises ends the load.
    """
    source, arcade = store.source, store.endpoint.arcade
    if not isinstance(source, Embedded) or arcade is None:
        raise StoreError("只有内置图数据库可以批量装载。")
    with source.alone():
        if not is_possible(store):
            raise StoreError("只有空的图可以批量装载。")
        with _marked(source.place):
            try:
                loaded = _send(replace(arcade, timeout=SECONDS), chunks, expected)
                if finish is not None:
                    finish()
                source.place.unfinished.unlink()
            except BaseException:
                source.restart()
                schema.ensure(store)
                raise
    return loaded


def node_line(label: str, properties: dict[str, Any]) -> str:
    """The line that makes one node."""
    return _line({"@type": "vertex", "@class": label}, properties)


def relation_line(kind: str, first: int, second: int, properties: dict[str, Any]) -> str:
    """The line that makes one relation between the nodes at these places in the stream of nodes, from 0."""
    known_type(kind)
    return _line({"@type": "edge", "@class": kind, "@from": str(first), "@to": str(second)}, properties)


def known_type(kind: str) -> None:
    """Raises StoreError for a relation type outside the vocabulary."""
    if kind not in _TYPES:
        raise StoreError(f"批量装载中的关系类型不在词表中：{kind}")


@contextlib.contextmanager
def _marked(place: DataDir) -> Iterator[None]:
    with place.unfinished.open("wb") as mark:
        fcntl.flock(mark, fcntl.LOCK_EX)
        yield


def _send(arcade: Arcade, chunks: Iterable[Buffer], expected: Callable[[], Loaded]) -> Loaded:
    # Ends by their place in the stream: the server needs no table of keys. With the log of the engine, or a
    # kill right after the answer could lose pages not written yet.
    try:
        answer = arcade.batch(chunks, refMode="ordinal", wal=True)
    except OSError as error:
        raise StoreError("内置图数据库在批量装载时中断；图已清空，请重新装载。") from error
    loaded = Loaded(int(answer["verticesCreated"]), int(answer["edgesCreated"]))
    if loaded != (wanted := expected()):
        raise StoreError(
            f"批量装载只写入了 {loaded}，应为 {wanted.nodes} 个节点、{wanted.relations} 条关系；图已清空。"
        )
    return loaded


@dataclass(slots=True)
class _Sent:
    relations: int = 0


def _lines(
    nodes: Iterable[NewNode], relations: Iterable[NewRelation], keys: dict[str, int], sent: _Sent
) -> Iterator[str]:
    for label, key, properties in nodes:
        if key in keys:
            raise StoreError(f"批量装载中的节点重复：{key}")
        keys[key] = len(keys)
        yield node_line(label, properties)
    for kind, first, second, properties in relations:
        try:
            line = relation_line(kind, keys[first], keys[second], properties)
        except KeyError as error:
            raise StoreError(f"批量装载中的关系指向未知节点：{error.args[0]}") from None
        sent.relations += 1
        yield line


def _line(head: dict[str, str], properties: dict[str, Any]) -> str:
    given = {name: value for name, value in properties.items() if value is not None}
    return json.dumps(head | given, ensure_ascii=False, allow_nan=False)


def chunks_of(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines gathered to pieces worth sending."""
    gathered: list[str] = []
    size = 0
    for line in lines:
        gathered.append(line)
        size += len(line)
        if size >= CHUNK:
            yield ("\n".join(gathered) + "\n").encode()
            gathered, size = [], 0
    if gathered:
        yield ("\n".join(gathered) + "\n").encode()

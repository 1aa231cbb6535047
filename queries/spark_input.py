"""A graph as Parquet for jobs elsewhere: three tables, written a chunk at a time.

`subjects.parquet`, `relations.parquet`, `listings.parquet`: only what exposure depends on. No names, no numbers of
persons, no reasons: whoever computes does not see whom the ids stand for. They come from the snapshot where there is a
current one, else from the store itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.cypher import text
from graph.errors import InputError, StoreBusyError
from graph.store import Store, Tx
from graph.vocabulary import SUBJECT_RELATION_TYPES
from queries.engine import snapshot_for
from queries.stamp import stamp

if TYPE_CHECKING:
    import pyarrow

    from graph.snapshot import Snapshot

SECONDS = 4 * 3600.0
TRIES = 3
CHUNK = 100_000
# Columns and their types as Spark spells them.
TABLES: dict[str, dict[str, str]] = {
    "subjects": {"id": "string", "conducts": "boolean", "kind": "string"},
    "relations": {
        "source": "string", "target": "string", "type": "string", "ratio": "double", "since": "string",
        "until": "string",
    },
    "listings": {
        "id": "string", "subject": "string", "list": "string", "tier": "string", "listed_on": "string",
        "expires_on": "string", "removed_on": "string", "events": "array<string>",
    },
}  # fmt: skip
Chunks = Iterator["pyarrow.Table"]


@dataclass(frozen=True, slots=True)
class Written:
    """Rows of each table."""

    subjects: int
    relations: int
    listings: int


def export(store: Store, folder: Path) -> Written:
    """Write the three tables into `folder`, which is made.

    Raises InputError when one of the tables is there already, StoreBusyError when something was loaded during every
    try (a long read may see half of it), StoreError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    there = [path.name for path in (folder / f"{name}.parquet" for name in TABLES) if path.exists()]
    if there:
        raise InputError("目录中已有导出的文件", file=str(folder), value="、".join(there), remedy="换一个空目录")
    drafts = {name: folder / f"{name}.parquet.new" for name in TABLES}
    try:
        written = _written(store, drafts)
        for draft in drafts.values():
            draft.replace(draft.with_suffix(""))
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
    return written


def write_table(path: Path, name: str, chunks: Chunks) -> int:
    """Write one table of TABLES, a row group a chunk; how many rows it has."""
    from pyarrow import parquet  # noqa: PLC0415  # takes 0.2 s: only for those who write tables

    count = 0
    with parquet.ParquetWriter(path, schema(name), compression="zstd") as writer:
        for chunk in chunks:
            writer.write_table(chunk)
            count += chunk.num_rows
    return count


def chunked(name: str, rows: Iterator[Mapping[str, Any]]) -> Chunks:
    """Rows as chunks of one of the TABLES; columns a row does not have are empty."""
    import pyarrow as pa  # noqa: PLC0415

    while part := list(islice(rows, CHUNK)):
        yield pa.Table.from_pylist(part, schema=schema(name))


def schema(name: str) -> pyarrow.Schema:
    """The columns of one of the TABLES as Parquet holds them."""
    import pyarrow as pa  # noqa: PLC0415

    types = {
        "string": pa.string(),
        "boolean": pa.bool_(),
        "double": pa.float64(),
        "array<string>": pa.list_(pa.string()),
    }
    return pa.schema([(column, types[kind]) for column, kind in TABLES[name].items()])


def _written(store: Store, drafts: Mapping[str, Path]) -> Written:
    snapshot = snapshot_for(store)
    if snapshot is not None:
        return _of_snapshot(snapshot, drafts)
    for _ in range(TRIES):
        before = stamp(store)
        written = store.transact(lambda tx: _of_store(tx, drafts), timeout=SECONDS, readonly=True)
        if stamp(store) == before:
            return written
    raise StoreBusyError(f"{store.location} 一直有人在写入，未能导出同一时刻的图；请在装载结束后再试。")


def _of_store(tx: Tx, drafts: Mapping[str, Path]) -> Written:
    relations = (
        row for kind in SUBJECT_RELATION_TYPES for row in tx.stream(text("queries", "spark_relations", TYPE=kind))
    )
    rows = {
        "subjects": tx.stream(text("queries", "spark_subjects")),
        "relations": relations,
        "listings": tx.stream(text("queries", "spark_listings")),
    }
    return Written(**{name: write_table(drafts[name], name, chunked(name, rows[name])) for name in TABLES})


def _of_snapshot(snapshot: Snapshot, drafts: Mapping[str, Path]) -> Written:
    from queries import spark_snapshot  # noqa: PLC0415  # numpy and pyarrow

    chunks = spark_snapshot.tables(snapshot)
    return Written(**{name: write_table(drafts[name], name, chunks[name]) for name in TABLES})

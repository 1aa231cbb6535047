"""Making the index: read every subject once, put names in their order, write their words, swap the file in whole.

The order of rows is the order of answers among equals: present names before former ones, then who is or was listed,
then who has more relations, then shorter names. The index reads rows in that order and may stop early, so that one
character that nearly every name contains costs no more than a rare one.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from threading import Event
from typing import Any

from graph.cypher import text
from graph.drafts import drafted
from graph.errors import StoreError
from graph.identifiers import normalise
from graph.mask import mask_code, scrub
from graph.names import name_key
from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES
from queries.search.grams import name_words

FORMAT = 1
SECONDS = 3600.0  # the whole graph is read in one transaction
BATCH = 1_000
HASH_BYTES = 32 * 2**20  # words kept in memory before they are written
MERGED = 2_000  # pages of the index brought together in one step
MANY = 20  # relations from which on it does not matter how many
_DIGITS = re.compile(r"[0-9]{6}|[0-9]{3}\*|[A-Z][0-9]{7}")
_MASKED = re.compile(r"[0-9A-Za-z]*\*+[0-9A-Za-z]*")
_TABLES = """
CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE names (row INTEGER PRIMARY KEY, id TEXT, name TEXT, key TEXT, former INTEGER, listed INTEGER);
CREATE TABLE codes (listed INTEGER, code TEXT, kind TEXT, id TEXT, PRIMARY KEY (listed, code, kind, id)) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5(text, content='', columnsize=0, detail=none, tokenize='ascii');
CREATE TEMP TABLE staged (id TEXT, name TEXT, key TEXT, former INTEGER, listed INTEGER, degree INTEGER);
"""
_ORDER = """
INSERT INTO names (id, name, key, former, listed) SELECT id, name, key, former, listed FROM staged
ORDER BY former, listed DESC, degree DESC, length(key), key, id
"""

Row = dict[str, Any]


def build(store: Store, path: Path, stamp: str, *, ended: Event | None = None) -> None:
    """Write the index of the store to `path`, all at once; `stamp` is what the graph was when reading began.

    Raises StoreError (also when `ended` is set meanwhile), OSError, sqlite3.Error; an older index stays then.
    """
    statement = text("queries.search", "subjects", TYPES=SUBJECT_RELATION_TYPES)

    def read(db: sqlite3.Connection) -> int:
        return store.transact(lambda tx: _stage(db, tx.stream(statement), ended), timeout=SECONDS, readonly=True)

    _write(path, read, stamp, ended)


def write(path: Path, subjects: Iterable[Row], stamp: str) -> None:
    """The same for rows of `subjects.cypher` from anywhere."""
    _write(path, lambda db: _stage(db, subjects, None), stamp, None)


def _write(path: Path, read: Callable[[sqlite3.Connection], int], stamp: str, ended: Event | None) -> None:
    with drafted(path) as draft, closing(sqlite3.connect(draft, isolation_level=None)) as db:
        _fill(db, read, stamp, ended)


def _fill(db: sqlite3.Connection, read: Callable[[sqlite3.Connection], int], stamp: str, ended: Event | None) -> None:
    for setting in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-32000", "temp_store=FILE"):
        db.execute(f"PRAGMA {setting}")
    db.executescript(_TABLES)
    db.execute("BEGIN")
    count = read(db)
    _go_on(ended)
    db.execute(_ORDER)
    db.execute("DROP TABLE staged")
    db.execute("CREATE INDEX names_key ON names (key)")
    _index(db, ended)
    about = {"format": FORMAT, "stamp": stamp, "subjects": count, "built_at": _now()}
    db.executemany("INSERT INTO about VALUES (?, ?)", [(name, str(value)) for name, value in about.items()])
    db.execute("COMMIT")


def _stage(db: sqlite3.Connection, subjects: Iterable[Row], ended: Event | None) -> int:
    rows, count = iter(subjects), 0
    for table in ("staged", "codes"):  # the transaction may be tried again
        db.execute(f"DELETE FROM {table}")
    while batch := list(islice(rows, BATCH)):
        _go_on(ended)
        count += len(batch)
        db.executemany("INSERT INTO staged VALUES (?, ?, ?, ?, ?, ?)", [n for row in batch for n in _names(row)])
        db.executemany("INSERT OR IGNORE INTO codes VALUES (?, ?, ?, ?)", [c for row in batch for c in _codes(row)])
    return count


def _names(row: Row) -> Iterator[tuple[Any, ...]]:
    listed, degree = int(bool(row["listed"])), min(row["degree"], MANY)
    name, key = _found_by(row["name"] or "", row["key"])
    if key:
        yield row["id"], name, key, 0, listed, degree
    for alias in row["aliases"] or ():
        name, former = _found_by(alias)
        if former and former != key:
            yield row["id"], name, former, 1, listed, degree


def _found_by(name: str, key: str | None = None) -> tuple[str, str]:
    """A name as it is shown and as it is found: never by a person's number or phone that somebody wrote into it."""
    shown = scrub(name) if _DIGITS.search(name) else name
    return shown, name_key(_MASKED.sub("", shown)) if shown != name else key or name_key(name)


def _codes(row: Row) -> Iterator[tuple[int, str, str, str]]:
    listed, subject = int(bool(row["listed"])), row["id"]
    public = [(kind, normalise(row[kind])) for kind in ("uscc", "reg_no") if row[kind] and "*" not in row[kind]]
    # A person's number that stands in the place of a code is not indexed.
    yield from ((listed, code, kind, subject) for kind, code in public if mask_code(code) == code)
    if scrub(subject) == subject:
        yield listed, subject, "id", subject


def _index(db: sqlite3.Connection, ended: Event | None) -> None:
    db.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (HASH_BYTES,))
    rows = db.execute("SELECT row, key FROM names ORDER BY row")
    while batch := rows.fetchmany(BATCH):
        _go_on(ended)
        db.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", [(row, name_words(key)) for row, key in batch])
    # All segments become one, in steps that can be given up.
    before, pages = -2, -MERGED
    while db.total_changes - before >= 2:
        _go_on(ended)
        before = db.total_changes
        db.execute("INSERT INTO words (words, rank) VALUES ('merge', ?)", (pages,))
        pages = MERGED


def _go_on(ended: Event | None) -> None:
    """A service that ends does not wait for its index."""
    if ended is not None and ended.is_set():
        raise StoreError("服务正在结束，搜索索引未建完")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")

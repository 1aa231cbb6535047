"""The index file, read: which names fit what was typed, best first."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.identifiers import normalise
from graph.names import name_key
from queries.search.build import FORMAT
from queries.search.pinyin import warm
from queries.search.question import Way, alike, ways

SCANNED = 1_500  # candidates of one way to fit that are looked at
ALIKE = 100  # names that sound so, of which those that are written most like it are given
CODE_LETTERS = 2  # of a code, from which on what begins so is found
_EXACT = "SELECT id, name, key, former FROM names WHERE key = ? ORDER BY row LIMIT ?"
_FITTING = (
    "SELECT n.id, n.name, n.key, n.former FROM (SELECT rowid AS row FROM words WHERE words MATCH ? "
    "ORDER BY rowid LIMIT ?) w CROSS JOIN names n ON n.row = w.row"
)
_CODE = "SELECT id, kind, code FROM codes WHERE listed = ? AND code = ? ORDER BY kind, id LIMIT ?"
_CODE_BEGINS = (
    "SELECT id, kind, code FROM codes WHERE listed = ? AND code >= ? AND code < ? AND kind <> 'id' "
    "ORDER BY code, kind, id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A subject that fits. `matched`: by what; `text`: what fitted, as it is written; `grade`: the smaller, the better
    it fits.
    """

    id: str
    matched: str
    text: str
    grade: int


class Index:
    """An index file, open. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        """Raises sqlite3.Error when it is not one, or not of our format."""
        self._path = path.absolute()
        self._threads = threading.local()
        warm()
        about = dict(self._read("SELECT name, value FROM about"))
        if about.get("format") != str(FORMAT):
            raise sqlite3.DatabaseError("another format")
        self.stamp = about["stamp"]
        self.subjects = int(about["subjects"])
        self.built_at = about["built_at"]

    def hits(self, asked: str, most: int) -> tuple[list[Hit], bool]:
        """The first `most` subjects that fit, best first, each once, and whether there may be more.

        Raises sqlite3.Error.
        """
        found: dict[str, Hit] = {}
        cut: list[Way] = []
        for hit in self._hits(asked, most, cut):
            found.setdefault(hit.id, hit)
            if len(found) >= most:
                return list(found.values()), True
        return list(found.values()), bool(cut)

    def _hits(self, asked: str, most: int, cut: list[Way]) -> Iterator[Hit]:
        grade = 0
        for row in self._read(_EXACT, name_key(asked), most):
            yield Hit(row[0], "former" if row[3] else "name", row[1], grade + row[3])
        yield from self._by_code(asked, most, grade)
        nothing = True
        for number, way in enumerate(ways(asked), start=1):
            for hit in self._fitting(way, 10 * number, most, cut):
                nothing = False
                yield hit
            if number == 1:
                yield from self._by_code_begun(asked, most, 10 * number + 2)
        if nothing:
            key = name_key(asked)
            for number, way in enumerate(alike(asked), start=1):
                heard = self._fitting(way, 1_000 * number, ALIKE, cut)
                yield from sorted(heard, key=lambda hit: -len(set(key) & set(hit.text)))[:most]

    def _fitting(self, way: Way, grade: int, most: int, cut: list[Way]) -> Iterator[Hit]:
        """The first `most` names that fit in one way; the way goes to `cut` when not all candidates were looked at."""
        told = scanned = 0
        for subject, name, key, former in self._rows(_FITTING, way.words, SCANNED):
            scanned += 1
            if way.fits(key):
                matched = "former" if former and way.matched in ("name", "part") else way.matched
                yield Hit(subject, matched, name, grade + former)
                told += 1
                if told >= most:
                    break
        if told >= most or scanned >= SCANNED:
            cut.append(way)

    def _by_code(self, asked: str, most: int, grade: int) -> Iterator[Hit]:
        for key in dict.fromkeys((asked.strip(), normalise(asked))):
            for listed in (1, 0):
                for subject, kind, code in self._read(_CODE, listed, key, most):
                    yield Hit(subject, kind, code, grade)

    def _by_code_begun(self, asked: str, most: int, grade: int) -> Iterator[Hit]:
        code = normalise(asked)
        if len(code) >= CODE_LETTERS and code.isascii() and code.isalnum():
            for listed in (1, 0):
                for subject, kind, whole in self._read(_CODE_BEGINS, listed, code, code + "~", most):
                    yield Hit(subject, kind, whole, grade)

    def _read(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        return list(self._rows(statement, *values))

    def _rows(self, statement: str, *values: Any) -> sqlite3.Cursor:
        db: sqlite3.Connection | None = getattr(self._threads, "db", None)
        if db is None:
            db = sqlite3.connect(f"{self._path.as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
            self._threads.db = db
        return db.execute(statement, values)

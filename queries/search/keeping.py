"""The index kept in step with the graph: built in the background, the older one serving meanwhile."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError
from graph.mask import scrub
from graph.store import Store
from queries.model import Json
from queries.search.build import build
from queries.search.index import Hit, Index
from queries.search.place import index_path
from queries.search.suggest import SLACK, Suggestion, exact, suggestions
from queries.stamp import stamp

CHECK_SECONDS = 1.0  # between two looks at whether the graph has changed
AGAIN_SECONDS = 30.0  # after a build that failed
LONGEST = 100
MOST = 50
_LOG = logging.getLogger("xinmai.search")


@dataclass(frozen=True, slots=True)
class Answer:
    """What `Search.suggest` answers. `state`: ready, stale (of an older graph) or building (only exact finds yet)."""

    asked: str
    shown: tuple[Suggestion, ...]
    more: bool
    state: str
    subjects: int
    built_at: str | None

    def to_json(self) -> Json:
        """Answer of /api/suggest."""
        return {
            "q": scrub(self.asked),
            "suggestions": [one.to_json() for one in self.shown],
            "index": {"state": self.state, "subjects": self.subjects, "built_at": self.built_at},
            "more": self.more,
        }


class Search:
    """Suggestions over one store, from an index that follows it. Safe to share between threads."""

    def __init__(self, store: Store, path: Path | None = None) -> None:
        """Opens the index that is there; `start` lets it be kept in step."""
        self._store = store
        self._path = path or index_path(store)
        self._index = self._opened()
        self._current = False  # whether the index is of the present graph, as of the last look
        self._looked = float("-inf")
        self._lock = threading.Lock()
        self._wanted, self._ended = threading.Event(), threading.Event()
        self._worker = threading.Thread(target=self._work, name="search index", daemon=True)

    @classmethod
    def started(cls, store: Store, path: Path | None = None) -> Search:
        """A search that is kept in step from now on, until `close`."""
        search = cls(store, path)
        search.start()
        return search

    def start(self) -> None:
        """Look at the graph, and build in the background when the index is missing or of an older one."""
        self._worker.start()
        self._wanted.set()

    def close(self) -> None:
        """End the background work; a build that runs is given up."""
        self._ended.set()
        self._wanted.set()
        if self._worker.is_alive():
            self._worker.join()

    @property
    def state(self) -> str:
        """ready, stale or building."""
        if self._index is None:
            return "building"
        return "ready" if self._current else "stale"

    def suggest(self, asked: str, *, as_of: str, limit: int) -> Answer:
        """The first `limit` subjects that may be meant. Raises InputError for nothing, or for too much."""
        if not asked.strip():
            raise InputError("没有搜索内容", remedy="请输入名称、拼音、首字母或统一社会信用代码")
        if len(asked) > LONGEST:
            raise InputError("搜索内容太长", value=f"{len(asked)} 个字符", remedy=f"最多 {LONGEST} 个字符")
        asked = asked.encode(errors="ignore").decode()  # half a character is none
        self._look()
        most = limit + 1 + SLACK
        hits, cut = self._hits(asked, most)
        if self.state != "ready" or not hits:
            own = exact(self._store, asked, most)
            hits = [*own, *(hit for hit in hits if hit.id not in {one.id for one in own})][:most]
        shown, more = suggestions(self._store, hits, as_of=as_of, limit=limit)
        index = self._index
        return Answer(
            asked=asked,
            shown=tuple(shown),
            more=more or cut,
            state=self.state,
            subjects=index.subjects if index else 0,
            built_at=index.built_at if index else None,
        )

    def _hits(self, asked: str, most: int) -> tuple[list[Hit], bool]:
        index = self._index
        if index is None:
            return [], False
        try:
            return index.hits(asked, most)
        except sqlite3.DatabaseError as error:
            _LOG.warning("the search index cannot be read and is made again: %s", error)
            self._index, self._current = None, False
            self._wanted.set()
            return [], False

    def _look(self) -> None:
        """Compare the index with the graph, at most once in CHECK_SECONDS."""
        with self._lock:
            if time.monotonic() - self._looked < CHECK_SECONDS:
                return
            self._looked = time.monotonic()
        self._compare(stamp(self._store))

    def _compare(self, now: str) -> None:
        index = self._index
        self._current = index is not None and index.stamp == now
        if not self._current:
            self._wanted.set()

    def _work(self) -> None:
        while not self._ended.is_set():
            self._wanted.wait()
            self._wanted.clear()
            if self._ended.is_set():
                return
            try:
                self._renew()
            except Exception as error:  # whatever it was, the next build may succeed
                _LOG.warning("the search index could not be made, next try in %.0f s: %s", AGAIN_SECONDS, error)
                self._ended.wait(AGAIN_SECONDS)

    def _renew(self) -> None:
        self._compare(now := stamp(self._store))
        while not self._current and not self._ended.is_set():
            build(self._store, self._path, now, ended=self._ended)
            self._index = self._opened()
            # Something may have been loaded meanwhile.
            self._compare(now := stamp(self._store))
        self._wanted.clear()

    def _opened(self) -> Index | None:
        if not self._path.exists():
            return None
        try:
            return Index(self._path)
        except (sqlite3.Error, OSError, ValueError, KeyError) as error:
            _LOG.warning("the search index cannot be read and is made again: %s", error)
            return None

"""The index kept in step with the graph: built in the background, the older one serving meanwhile.

That of few subjects is built in this process, that of many by a process of its own.
"""

from __future__ import annotations

import logging
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputError
from graph.mask import scrub
from graph.store import Store
from queries.apart import have_made
from queries.keeping import InStep
from queries.model import Json
from queries.search.build import build
from queries.search.index import Hit, Index
from queries.search.place import index_path
from queries.search.suggest import SLACK, Suggestion, exact, suggestions
from queries.sources import loaded

LONGEST = 100
MOST = 50
SMALL = 20_000  # subjects indexed within a second or two
LOOK_SECONDS = 3.0  # between two looks at whether the graph has changed, though nobody asks
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

    def __init__(self, store: Store, path: Path | None = None, *, small: int = SMALL) -> None:
        """Opens the index that is there; `start` lets it be kept in step."""
        self._store, self._small = store, small
        self._path = path or index_path(store)
        self._index = self._opened()
        self._step = InStep(
            store,
            "the search index",
            held=lambda: self._index.stamp if self._index else None,
            renew=self._renew,
            every=LOOK_SECONDS,
        )

    @classmethod
    def started(cls, store: Store, path: Path | None = None, *, small: int = SMALL) -> Search:
        """A search that is kept in step from now on, until `close`."""
        search = cls(store, path, small=small)
        search.start()
        return search

    def start(self) -> None:
        """Look at the graph, and build in the background when the index is missing or of an older one."""
        self._step.start()

    def close(self) -> None:
        """End the background work; a build that runs is given up."""
        self._step.close()

    @property
    def state(self) -> str:
        """ready, stale or building."""
        if self._index is None:
            return "building"
        return "ready" if self._step.current else "stale"

    def suggest(self, asked: str, *, as_of: str, limit: int) -> Answer:
        """The first `limit` subjects that may be meant. Raises InputError for nothing, or for too much."""
        if not asked.strip():
            raise InputError("没有搜索内容", remedy="请输入名称、拼音、首字母或统一社会信用代码")
        if len(asked) > LONGEST:
            raise InputError("搜索内容太长", value=f"{len(asked)} 个字符", remedy=f"最多 {LONGEST} 个字符")
        asked = asked.encode(errors="ignore").decode()  # half a character is none
        self._step.look()
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
            self._index = None
            self._step.want()
            return [], False

    def _renew(self, now: str) -> None:
        if sum(source.subjects for source in loaded(self._store)) > self._small:
            have_made("queries.search", self._path, self._store, ended=self._step.ended)
        else:
            build(self._store, self._path, now, ended=self._step.ended)
        self._index = self._opened()

    def _opened(self) -> Index | None:
        if not self._path.exists():
            return None
        try:
            return Index(self._path)
        except (sqlite3.Error, OSError, ValueError, KeyError) as error:
            _LOG.warning("the search index cannot be read and is made again: %s", error)
            return None

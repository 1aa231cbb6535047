"""The one class that speaks to a database, over the official `neo4j` driver (Bolt)."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from graph import bulk, schema
from graph.answers import is_lost, is_too_large, overdue, plain, said
from graph.bolt import (
    READ_ACCESS,
    WRITE_ACCESS,
    Driver,
    DriverError,
    GraphDatabase,
    Neo4jError,
    NotificationMinimumSeverity,
    Result,
    Session,
    Transaction,
)
from graph.bulk import Loaded, NewNode, NewRelation
from graph.embedded import Embedded, Endpoint
from graph.errors import StoreError
from graph.keeper import limited
from graph.remote import Remote

if TYPE_CHECKING:
    from graph.snapshot import Snapshot

DATABASE_SETTING = "XINMAI_DB"
DEFAULT_DIRECTORY = "xinmai-data"
# How long a transaction that was in another's way, or lost its server, is tried again.
RETRY_SECONDS = 30.0
# A statement whose server was lost so often may be what brings it down; twice as likely if it ran for SUSPECT
# seconds, so that it takes others along no more than twice.
LOSSES = 3
SUSPECT = 1.0
WEARY = "{location} 在执行此语句时一再退出，可能需要太多内存；请缩小范围，或用 XINMAI_HEAP 加大内存。"
# An embedded server that does not answer is taken for dead by its keeper long before so many tries.
DIALS = 200
T = TypeVar("T")


class Source(Protocol):
    """Where a server comes from: ours (embedded) or somebody's (a URL)."""

    @property
    def location(self) -> str:
        """Printable, without a password."""

    def connect(self) -> Endpoint:
        """A running server."""

    def alone(self) -> AbstractContextManager[None]:
        """While no other process of ours makes the schema."""

    def close(self) -> None:
        """Let go of it."""


class Tx:
    """One open transaction, as the work given to `Store.transact` sees it."""

    __slots__ = ("_deadline", "_marked", "_seconds", "_tx")

    def __init__(self, tx: Transaction, limit: float, marked: bool) -> None:
        self._tx = tx
        self._seconds = limit
        self._marked = marked
        self._deadline = time.monotonic() + limit

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Run one statement; its rows as plain values."""
        return list(self.stream(cypher, **params))

    def stream(self, cypher: str, /, **params: Any) -> Iterator[dict[str, Any]]:
        """Run one statement; its rows one by one, for answers too large to hold."""
        result = self._result(cypher, params)
        names = result.keys()
        for record in result:
            yield {name: plain(record[name]) for name in names}

    def values(self, cypher: str, /, **params: Any) -> Iterator[list[Any]]:
        """As `stream`, but each row as the bare list of its columns, which must hold plain values: for millions."""
        for record in self._result(cypher, params):
            yield record.values()

    def _result(self, cypher: str, params: dict[str, Any]) -> Result:
        if time.monotonic() > self._deadline:
            raise overdue(self._seconds)
        # Text and parameters never mix: what `limited` adds is a number.
        text = limited(cypher, self._seconds) if self._marked else cypher
        return self._tx.run(text, params)


class Store:
    """A property graph that speaks Cypher over Bolt. Safe to share between threads."""

    def __init__(self, source: Source, *, timeout: float) -> None:
        """Connects. Raises StoreError, StoreBusyError."""
        self.source = source
        self._timeout = timeout
        self._lock = threading.Lock()
        self._closed = False
        self._writes = 0
        # Questions may be answered from it instead of the store while it is of the graph's present version.
        self.snapshot: Snapshot | None = None
        self._endpoint, self._driver = _dial(source)
        self._routed = self._endpoint.uri.startswith("neo4j")
        # One server alone has what was written to it; a member of a cluster has it when its bookmark says so.
        self._bookmarks = GraphDatabase.bookmark_manager() if self._routed else None
        agent = self._driver.get_server_info().agent
        self.name = agent[agent.index("(") + 1 : -1] if "ArcadeDB" in agent else agent.replace("/", " ")

    @property
    def location(self) -> str:
        """Where the store is, without a password."""
        return self.source.location

    @property
    def endpoint(self) -> Endpoint:
        """The server in use now; an embedded one changes when it is started again."""
        return self._endpoint

    @property
    def writes(self) -> int:
        """How many transactions of this object may have changed something."""
        return self._writes

    def read(self, cypher: str, /, *, timeout: float | None = None, **params: Any) -> list[dict[str, Any]]:
        """The rows of one statement in a read transaction."""
        return self.transact(lambda tx: tx.run(cypher, **params), timeout=timeout, readonly=True)

    def write(self, cypher: str, /, *, timeout: float | None = None, **params: Any) -> list[dict[str, Any]]:
        """The rows of one statement in a write transaction, tried again when another was in its way."""
        return self.transact(lambda tx: tx.run(cypher, **params), timeout=timeout)

    def transact(self, work: Callable[[Tx], T], *, timeout: float | None = None, readonly: bool = False) -> T:
        """What `work` returns, all its statements in one transaction, committed at its end.

        `work` may be called several times. `timeout`: seconds; past it the transaction is ended in the
        store. Raises QueryTimeoutError, StoreError; if the connection breaks during the commit itself
        the message says that the outcome is unknown.
        """
        limit = self._timeout if timeout is None else timeout
        until, pause, losses = time.monotonic() + RETRY_SECONDS, 0.02, 0
        while True:
            driver, began = self._driver, time.monotonic()
            try:
                return self._once(driver, work, limit, READ_ACCESS if readonly else WRITE_ACCESS)
            except (Neo4jError, DriverError) as error:
                if is_lost(error):
                    took = time.monotonic() - began
                    if took > limit:
                        raise overdue(limit) from error
                    # A cluster that is choosing a new leader loses what is asked of it at once, again and again.
                    losses += 2 if took > SUSPECT else 0 if self._routed else 1
                # The bare class: another thread closed this driver, because its server was gone.
                hopeful = not self._closed and (error.is_retryable() or type(error) is DriverError)
                if losses > LOSSES:
                    raise StoreError(WEARY.format(location=self.location)) from error
                if time.monotonic() > until or not hopeful or is_too_large(error):
                    raise said(error, self.location, limit) from error
                # The driver of a cluster finds the other members itself; dialling again would ask the first one only,
                # who may be the one that has gone.
                if is_lost(error) and not self._routed:
                    self._dial_again(driver)
                    until = time.monotonic() + RETRY_SECONDS
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(pause * 2, 1.0)

    def can_bulk(self) -> bool:
        """Whether `bulk` may be used: the store is embedded and empty."""
        return bulk.is_possible(self)

    def bulk(
        self,
        nodes: Iterable[NewNode],
        relations: Iterable[NewRelation],
        finish: Callable[[], object] | None = None,
    ) -> Loaded:
        """Fill an empty embedded store: nodes (label, key, properties), relations (type, key, key, properties).

        Keys join the two and are not stored; `finish` does what else belongs to the load. All or nothing, also
        after `kill -9`. Raises StoreError.
        """
        return bulk.load(self, nodes, relations, finish)

    def version(self) -> str:
        """A text that changes whenever something is committed (Neo4j only; elsewhere it may not)."""
        with self._session(self._driver, READ_ACCESS) as session:
            session.run("RETURN 1").consume()
            return " ".join(sorted(session.last_bookmarks().raw_values))

    def close(self) -> None:
        """End all sessions; an embedded server ends with its last user."""
        self._closed = True  # what other threads still ask is not tried again
        self._driver.close()
        self.source.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _once(self, driver: Driver, work: Callable[[Tx], T], limit: float, access: str) -> T:
        marked = self._endpoint.arcade is not None
        try:
            with self._session(driver, access) as session, session.begin_transaction(timeout=limit) as tx:
                return work(Tx(tx, limit, marked))
        finally:
            if access == WRITE_ACCESS:
                with self._lock:
                    self._writes += 1

    def _session(self, driver: Driver, access: str) -> Session:
        """A session that reads what this store wrote before, whichever member of a cluster answers."""
        return driver.session(
            database=self._endpoint.database, default_access_mode=access, bookmark_manager=self._bookmarks
        )

    def _dial_again(self, lost: Driver) -> None:
        """Replace a driver whose server is gone, once, whichever thread sees it first."""
        with self._lock:
            if self._driver is lost:
                lost.close()
                self._endpoint, self._driver = _dial(self.source)


def open_store(where: str | Path | None = None, *, timeout: float = 30.0) -> Store:
    """The store at `where`, with its schema: a directory (embedded ArcadeDB) or a neo4j:// or bolt:// URL.

    Without `where`: XINMAI_DB, else ./xinmai-data. `timeout`: seconds a transaction may take unless it says
    otherwise. Raises StoreBusyError (the directory is locked, damaged, not ours), InputError, StoreError.
    """
    chosen = str(where if where is not None else os.environ.get(DATABASE_SETTING) or DEFAULT_DIRECTORY)
    source: Source = Remote(chosen) if "://" in chosen else Embedded(Path(chosen))
    try:
        store = Store(source, timeout=timeout)
    except BaseException:
        source.close()
        raise
    try:
        with source.alone():
            schema.ensure(store)
    except BaseException:
        store.close()
        raise
    return store


def _dial(source: Source) -> tuple[Endpoint, Driver]:
    """Connect; again for a while, since an embedded server may have died without its keeper knowing yet."""
    failures = 0
    while True:
        end = source.connect()
        driver = GraphDatabase.driver(
            end.uri,
            auth=(end.user, end.password),
            connection_timeout=10.0,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )
        try:
            driver.verify_connectivity()
            return end, driver
        except (Neo4jError, DriverError) as error:
            driver.close()
            failures += 1
            if end.arcade is None or not is_lost(error) or failures > DIALS:
                raise said(error, source.location, 0.0) from error
        except BaseException:
            driver.close()
            raise
        time.sleep(0.1)

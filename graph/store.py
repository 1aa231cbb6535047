"""The one class that speaks to a database, over the official `neo4j` driver (Bolt)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, LiteralString, Protocol, TypeVar, cast
from urllib.parse import unquote, urlsplit

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, NotificationMinimumSeverity, Transaction
from neo4j.exceptions import (
    AuthError,
    ClientError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from neo4j.graph import Node, Path as GraphPath, Relationship

from graph.embedded import Embedded, Endpoint
from graph.errors import InputError, StoreError

DEFAULT_DIRECTORY = "xinmai-data"
RETRY_SECONDS = 20.0
T = TypeVar("T")


class Source(Protocol):
    """Where a server comes from: ours (embedded) or somebody's (a URL)."""

    @property
    def location(self) -> str:
        """Printable, without a password."""

    def connect(self) -> Endpoint:
        """A server that answers."""

    def close(self) -> None:
        """Let go of it."""


class Server:
    """A server named by URL: user and password in it, or in XINMAI_DB_USER and XINMAI_DB_PASSWORD."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        host = parts.hostname or "localhost"
        place = f"[{host}]" if ":" in host else host
        uri = f"{parts.scheme}://{place}" + (f":{parts.port}" if parts.port else "")
        user = unquote(parts.username or "") or os.environ.get("XINMAI_DB_USER", "neo4j")
        password = unquote(parts.password or "") or os.environ.get("XINMAI_DB_PASSWORD", "")
        self._endpoint = Endpoint(uri, user, password, parts.path.strip("/") or None)

    @property
    def location(self) -> str:
        """The URL without user and password."""
        end = self._endpoint
        return f"{end.uri}/{end.database}" if end.database else end.uri

    def connect(self) -> Endpoint:
        """The server of the URL."""
        return self._endpoint

    def close(self) -> None:
        """Nothing is held."""


class Tx:
    """One open transaction, as the work of `Store.transact` sees it."""

    __slots__ = ("_tx",)

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        """Run one statement; its rows as plain values."""
        result = self._tx.run(cast(LiteralString, cypher), params)
        return [{key: _plain(value) for key, value in record.items()} for record in result]


class Store:
    """A property graph that speaks Cypher over Bolt. Safe to share between threads."""

    def __init__(self, source: Source, *, timeout: float) -> None:
        self._source = source
        self._timeout = timeout
        self._endpoint, self._driver = self._dial()
        agent = self._driver.get_server_info().agent
        self.name = agent[agent.index("(") + 1 : -1] if "ArcadeDB" in agent else agent.replace("/", " ")

    @property
    def location(self) -> str:
        """Where the store is, without a password."""
        return self._source.location

    def read(self, cypher: str, /, *, timeout: float | None = None, **params: Any) -> list[dict[str, Any]]:
        """The rows of one statement in a read transaction."""
        return self._managed(READ_ACCESS, lambda tx: tx.run(cypher, **params), timeout)

    def write(self, cypher: str, /, *, timeout: float | None = None, **params: Any) -> list[dict[str, Any]]:
        """The rows of one statement in a write transaction, retried when another was in the way."""
        return self._managed(WRITE_ACCESS, lambda tx: tx.run(cypher, **params), timeout)

    def transact(self, work: Callable[[Tx], T], *, timeout: float | None = None) -> T:
        """What `work` returns, all its statements in one write transaction; it may be called more than once."""
        return self._managed(WRITE_ACCESS, work, timeout)

    def close(self) -> None:
        """End all sessions; an embedded server ends with its last user."""
        self._driver.close()
        self._source.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _dial(self) -> tuple[Endpoint, Driver]:
        end = self._source.connect()
        driver = GraphDatabase.driver(
            end.uri,
            auth=(end.user, end.password),
            connection_timeout=10.0,
            notifications_min_severity=NotificationMinimumSeverity.OFF,
        )
        try:
            driver.verify_connectivity()
        except (Neo4jError, DriverError) as error:
            driver.close()
            raise _said(error, self.location) from error
        return end, driver

    def _managed(self, access: str, work: Callable[[Tx], T], timeout: float | None) -> T:
        limit = self._timeout if timeout is None else timeout
        deadline, pause = time.monotonic() + RETRY_SECONDS, 0.02
        while True:
            try:
                with (
                    self._driver.session(
                        database=self._endpoint.database, default_access_mode=access
                    ) as session,
                    session.begin_transaction(timeout=limit) as tx,
                ):
                    return work(Tx(tx))
            except (Neo4jError, DriverError) as error:
                if not error.is_retryable() or time.monotonic() > deadline:
                    raise _said(error, self.location) from error
                if isinstance(error, ServiceUnavailable | SessionExpired):
                    self._driver.close()
                    self._endpoint, self._driver = self._dial()
            time.sleep(pause * random.uniform(0.5, 1.5))
            pause = min(pause * 2, 1.0)


def open_store(where: str | Path | None = None, *, timeout: float = 30.0) -> Store:
    """The store at `where`: a directory (embedded), a neo4j:// or bolt:// URL, or XINMAI_DB, or ./xinmai-data.

    `timeout`: seconds a statement may take unless it says otherwise.
    """
    chosen = str(where if where is not None else os.environ.get("XINMAI_DB") or DEFAULT_DIRECTORY)
    if "://" not in chosen:
        return Store(Embedded(Path(chosen)), timeout=timeout)
    if not chosen.startswith(("neo4j", "bolt")):
        raise InputError(
            "不认识的数据库地址", value=chosen.split("://")[0], remedy="用目录、neo4j:// 或 bolt:// 地址"
        )
    return Store(Server(chosen), timeout=timeout)


def _plain(value: Any) -> Any:
    if isinstance(value, Node | Relationship):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, GraphPath):
        return {
            "nodes": [_plain(n) for n in value.nodes],
            "relations": [_plain(r) for r in value.relationships],
        }
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value


def _said(error: Neo4jError | DriverError, location: str) -> StoreError:
    if isinstance(error, AuthError):
        return StoreError(f"{location} 拒绝登录；请检查用户名和密码。")
    if isinstance(error, ClientError):
        return StoreError(f"{location} 拒绝了语句：{error.message}")
    return StoreError(f"{location} 无法服务：{error}")

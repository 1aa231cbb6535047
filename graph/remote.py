"""A server that somebody else runs: Neo4j, or ArcadeDB, named by a URL."""

from __future__ import annotations

import contextlib
import os
from contextlib import AbstractContextManager
from urllib.parse import unquote, urlsplit

from graph.embedded import Endpoint
from graph.errors import InputError

SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")


class Remote:
    """A server by URL; user and password stand in it, or in XINMAI_DB_USER and XINMAI_DB_PASSWORD.

    Neo4j ends a statement at its time limit itself, unless it is pure arithmetic that never looks at the graph;
    nothing ends that. An ArcadeDB server does so only if its owner has set
    `arcadedb.command.timeout`, since its Bolt does not read the limit a driver sends.
    """

    def __init__(self, url: str) -> None:
        """Raises InputError, which never repeats the URL: it may hold a password."""
        try:
            parts = urlsplit(url)
            port = f":{parts.port}" if parts.port else ""
        except ValueError as error:
            raise InputError(
                "数据库地址写法不对",
                remedy="写成 neo4j://用户:密码@主机:7687/库名；密码有特殊字符时放在 XINMAI_DB_PASSWORD",
            ) from error
        if parts.scheme not in SCHEMES:
            raise InputError("不认识的数据库地址", value=parts.scheme, remedy="用目录、neo4j:// 或 bolt:// 地址")
        host = parts.hostname or "localhost"
        uri = f"{parts.scheme}://" + (f"[{host}]" if ":" in host else host) + port
        user = unquote(parts.username or "") or os.environ.get("XINMAI_DB_USER", "neo4j")
        password = unquote(parts.password or "") or os.environ.get("XINMAI_DB_PASSWORD", "")
        self._endpoint = Endpoint(uri, user, password, parts.path.strip("/") or None)

    @property
    def location(self) -> str:
        """The URL without user and password."""
        return f"{self._endpoint.uri}/{self._endpoint.database or ''}".rstrip("/")

    @property
    def credentials(self) -> dict[str, str]:
        """User and password as the environment of another process of ours names them."""
        return {"XINMAI_DB_USER": self._endpoint.user, "XINMAI_DB_PASSWORD": self._endpoint.password}

    def connect(self) -> Endpoint:
        """The server of the URL, whether it answers or not."""
        return self._endpoint

    def alone(self) -> AbstractContextManager[None]:
        """Nothing to hold: the server itself puts schema changes in order."""
        return contextlib.nullcontext()

    def close(self) -> None:
        """Nothing was taken."""

"""The few things ArcadeDB does over its HTTP port and not over Bolt: administration and bulk load."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from graph.errors import StoreError

DATABASE = "xinmai"
USER = "root"
OK = 300


@dataclass(frozen=True, slots=True)
class Arcade:
    """An ArcadeDB server on this machine. `timeout`: seconds an answer may take."""

    port: int
    password: str
    timeout: float = 10.0

    def __repr__(self) -> str:
        return f"Arcade({self.port})"

    def server(self, command: str) -> Any:
        """The result of a server command, such as `list queries`. Raises StoreError, OSError."""
        return self._call("/api/v1/server", {"command": command})["result"]

    def sql(self, statement: str) -> Any:
        """The rows of a statement in ArcadeDB's SQL. Raises StoreError, OSError."""
        return self._call(f"/api/v1/command/{DATABASE}", {"language": "sql", "command": statement})["result"]

    def batch(self, chunks: Iterable[bytes | memoryview], **options: int | str | bool) -> dict[str, Any]:
        """Send new vertices, then new edges, as one stream of NDJSON; what the server counted.

        Raises StoreError if the server refuses (what it has taken until then stays), OSError if it is gone.
        """
        query = "&".join(f"{name}={str(value).lower()}" for name, value in options.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.putrequest("POST", f"/api/v1/batch/{DATABASE}?{query}")
            for name, value in (self._login() | {"Content-Type": "application/x-ndjson"}).items():
                connection.putheader(name, value)
            connection.putheader("Transfer-Encoding", "chunked")
            connection.endheaders()
            try:
                for chunk in chunks:
                    connection.send(b"%x\r\n" % len(chunk) + chunk + b"\r\n")
                connection.send(b"0\r\n\r\n")
            except BrokenPipeError:
                pass  # it has answered before the end: its answer says why
            return _answer(connection.getresponse())
        finally:
            connection.close()

    def _call(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            headers = self._login() | {"Content-Type": "application/json"}
            connection.request("POST", path, json.dumps(body), headers)
            return _answer(connection.getresponse())
        finally:
            connection.close()

    def _login(self) -> dict[str, str]:
        word = base64.b64encode(f"{USER}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {word}"}


def _answer(response: http.client.HTTPResponse) -> dict[str, Any]:
    text = response.read()
    try:
        answer = json.loads(text)
    except ValueError:
        answer = {"error": text.decode(errors="replace")}
    if response.status >= OK:
        raise StoreError(f"内置图数据库拒绝了请求：{answer.get('detail') or answer.get('error')}")
    return dict(answer)

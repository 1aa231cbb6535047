"""The embedded store as its users see it: find the running server of a data directory, or start it."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from graph.datadir import DataDir, prepare
from graph.errors import StoreBusyError, StoreError

DATABASE = "xinmai"
USER = "root"
START_WAIT = 90.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server listens and how to log in. `http` is 0 where there is none."""

    uri: str
    user: str
    password: str
    database: str | None
    http: int = 0

    def __repr__(self) -> str:
        return f"Endpoint({self.uri}, database={self.database})"


class Embedded:
    """One user's hold on the server of a data directory: while it lives, the server does."""

    def __init__(self, path: Path) -> None:
        self.place: DataDir = prepare(path)
        self._hold: IO[str] | None = None

    @property
    def location(self) -> str:
        """The data directory."""
        return str(self.place.path)

    def connect(self) -> Endpoint:
        """The endpoint of the running server, started if need be. Raises StoreBusyError, StoreError."""
        if self._hold is None:
            self._hold = self.place.users.open("a")
            os.chmod(self.place.users, 0o600)
        _lock(self._hold, fcntl.LOCK_SH, START_WAIT, self.place)
        os.utime(self.place.users)
        deadline = time.monotonic() + START_WAIT
        with self.place.starting.open("a") as start:
            _lock(start, fcntl.LOCK_EX, START_WAIT, self.place)
            started = False
            while time.monotonic() < deadline:
                found = _running(self.place)
                if found is not None:
                    return found
                if not _held(self.place.keeper):
                    if started:
                        raise StoreError(f"内置图数据库未能启动；日志见 {self.place.log}。")
                    _start_keeper(self.place)
                    started = True
                time.sleep(0.05)
        raise StoreError(f"内置图数据库在 {START_WAIT:.0f} 秒内未就绪；日志见 {self.place.log}。")

    def close(self) -> None:
        """Let go; the server ends a little after its last user."""
        if self._hold is not None:
            self._hold.close()
            self._hold = None


def _lock(file: IO[str], how: int, wait: float, place: DataDir) -> None:
    deadline = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise StoreBusyError(f"数据目录 {place.path} 被其他程序占用；请稍后再试。") from None
            time.sleep(0.05)


def _held(path: Path) -> bool:
    """Whether some process holds `path` alone."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _running(place: DataDir) -> Endpoint | None:
    if not _held(place.keeper):
        return None
    try:
        raw = json.loads(place.endpoint.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Endpoint(f"bolt://127.0.0.1:{raw['bolt']}", USER, raw["password"], DATABASE, raw["http"])


def _start_keeper(place: DataDir) -> None:
    """Returns once the keeper has its lock; the process started here forks it off and ends."""
    with (place.log / "keeper.log").open("ab") as log:
        subprocess.run(
            [sys.executable, "-m", "graph.keeper", str(place.path)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=Path(__file__).resolve().parent.parent,
            check=False,
        )

"""The embedded store as its users see it: find the running server of a data directory, or have it started."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from graph.arcade import DATABASE, USER, Arcade
from graph.datadir import DataDir, is_held, lock, prepare
from graph.errors import StoreBusyError, StoreError
from graph.java import engine_version, heap

START_SECONDS = 330.0


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a server listens and how to log in. `arcade` and `pid` are those of an embedded one."""

    uri: str
    user: str
    password: str = field(repr=False)
    database: str | None
    arcade: Arcade | None = None
    pid: int = 0


class Embedded:
    """One user's hold on the server of a data directory: while any user lives, the server does."""

    def __init__(self, path: Path) -> None:
        """Raises StoreBusyError, StoreError, InputError (a heap setting that makes no sense)."""
        heap()
        self.place: DataDir = prepare(path)
        _check_engine(self.place)
        self._hold: IO[str] | None = None

    @property
    def location(self) -> str:
        """The data directory."""
        return str(self.place.path)

    def connect(self) -> Endpoint:
        """The running server, started if need be. Raises StoreBusyError, StoreError."""
        if self._hold is None:
            self._hold = self.place.users.open("a", encoding="utf-8")
        # Waits out a keeper that is ending: it holds this lock until it has gone.
        lock(self._hold, fcntl.LOCK_SH, self.place)
        os.utime(self.place.users)
        if self.place.unfinished.exists() and not is_held(self.place.unfinished):
            self.restart()
        found = _running(self.place)
        if found is not None:
            return found
        with _locked(self.place.starting, self.place):
            return _started(self.place)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """While nobody else makes the schema, loads in bulk or restores. Raises StoreBusyError."""
        with _locked(self.place.changing, self.place):
            yield

    def restart(self) -> None:
        """End the running server at once; the next `connect` starts another. Committed work is in its log."""
        found = _running(self.place)
        if found is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found.pid, signal.SIGKILL)
        deadline = time.monotonic() + START_SECONDS
        while is_held(self.place.keeper) and time.monotonic() < deadline:
            time.sleep(0.02)

    def clear(self) -> None:
        """Empty the graph, at once and for all its users."""
        self.place.unfinished.touch()
        self.restart()

    def close(self) -> None:
        """Let go; the server ends a little after its last user."""
        if self._hold is not None:
            self._hold.close()
            self._hold = None


@contextlib.contextmanager
def _locked(path: Path, place: DataDir) -> Iterator[None]:
    with path.open("a", encoding="utf-8") as file:
        lock(file, fcntl.LOCK_EX, place)
        yield


def _check_engine(place: DataDir) -> None:
    """Files of a newer ArcadeDB are not opened by an older one."""
    written, ours = str(place.read_marker().get("engine", "0")), engine_version()
    if [int(part) for part in written.split(".")] > [int(part) for part in ours.split(".")]:
        raise StoreBusyError(
            f"数据目录 {place.path} 由更新版本的内置图数据库写成（{written}，本机为 {ours}）；请升级信脉。"
        )


def _running(place: DataDir) -> Endpoint | None:
    """The server that says it is ready, if its keeper lives."""
    if not is_held(place.keeper):
        return None
    try:
        raw = json.loads(place.endpoint.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    arcade = Arcade(raw["http"], raw["password"])
    return Endpoint(f"bolt://127.0.0.1:{raw['bolt']}", USER, raw["password"], DATABASE, arcade, raw["pid"])


def _started(place: DataDir) -> Endpoint:
    """Start a keeper unless there is one, and wait until its server is ready."""
    deadline, asked = time.monotonic() + START_SECONDS, False
    while time.monotonic() < deadline:
        found = _running(place)
        if found is not None:
            return found
        if not is_held(place.keeper):
            if asked:
                raise _failure(place)
            _start_keeper(place)
            asked = True
        time.sleep(0.03)
    raise StoreError(f"内置图数据库在 {START_SECONDS:.0f} 秒内没有就绪；日志见 {place.log}。")


def _failure(place: DataDir) -> StoreError:
    """What the keeper wrote before it gave up."""
    try:
        kind, _, text = place.failure.read_text(encoding="utf-8").partition("\n")
    except FileNotFoundError:
        return StoreError(f"内置图数据库启动后立即退出；日志见 {place.log}。")
    return StoreBusyError(text) if kind == StoreBusyError.__name__ else StoreError(text)


def _start_keeper(place: DataDir) -> None:
    """Returns once the keeper has its lock: the process started here forks it off and ends."""
    code = Path(__file__).resolve().parent.parent
    with (place.log / "keeper.log").open("ab") as log:
        subprocess.run(
            [sys.executable, "-m", "graph.keeper", str(place.path)],
            cwd=code,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )

"""The keeper: a small process that is Java's parent, ends it with its last user, and ends what runs too long.

    python -m graph.keeper DATA_DIRECTORY

Users hold shared locks on one file. When the keeper can have it alone for XINMAI_LINGER seconds, nobody
is left, however they ended. Java dies with the keeper and the keeper with Java; the next user starts both.

Time limits are kept here, not by the users: a user may be gone (killed) while its statement runs on, since
ArcadeDB does not end a statement with its connection, and the limit a driver sends with a transaction is
never read.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from graph import files, java
from graph.arcade import Arcade
from graph.datadir import DataDir, replace_text
from graph.errors import StoreError, XinmaiError

LINGER_SETTING = "XINMAI_LINGER"
LINGER = 20.0
TICK = 0.25
# After a statement was told to end. Pure arithmetic that never looks at the graph does not listen; Java goes.
GRACE = 2.0
# A server that has not answered for so long is dead but does not know it.
SILENCE = 120.0
END_WAIT = 10.0
START_TRIES = 3
CLEAN = (0, 128 + signal.SIGTERM)  # how Java ends when it has closed its files
LIMIT = re.compile(r"/\* limit ([0-9.]+) s \*/")


def limited(cypher: str, seconds: float) -> str:
    """The statement with the time limit the keeper is to hold it to."""
    return f"/* limit {seconds:.3f} s */ {cypher}"


def main() -> int:
    """Run until the last user has gone or Java has ended; 1 if Java could not be started."""
    place = DataDir(Path(sys.argv[1]))
    with place.keeper.open("a", encoding="utf-8") as own:
        try:
            fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        # No child of any user, so that none has to wait for it. The lock goes along with the fork.
        if os.fork():
            os._exit(0)
        os.setsid()
        os.chdir(place.path)
        signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(0))
        with _withdrawn(place):
            return _keep(place)


def _keep(place: DataDir) -> int:
    try:
        _tidy(place)
        if found := files.damage(place):
            raise java.damaged(place, found)
        process, launch = _start(place)
    except (XinmaiError, OSError) as error:
        replace_text(place.failure, f"{type(error).__name__}\n{error}")
        return 1
    try:
        _publish(place, launch, process.pid)
        Watch(place, process, Arcade(launch.http, launch.password)).run()
    finally:
        place.endpoint.unlink(missing_ok=True)
        if _end(process):
            files.note_close(place)
    return 0


@contextlib.contextmanager
def _withdrawn(place: DataDir) -> Iterator[None]:
    """What the last run left is not offered to anybody, at the start as at the end."""
    place.endpoint.unlink(missing_ok=True)
    place.failure.unlink(missing_ok=True)
    try:
        yield
    finally:
        place.endpoint.unlink(missing_ok=True)


def _tidy(place: DataDir) -> None:
    """End an orphan, empty a half-loaded graph, put a restored one in its place; may be cut off anywhere."""
    for process in psutil.process_iter(["cmdline"]):
        if f"@{place.run / 'java.args'}" in (process.info["cmdline"] or []):
            process.kill()
            process.wait(END_WAIT)
    if place.replacement.exists():
        _empty(place)
        place.replacement.rename(place.database)
        place.unfinished.unlink(missing_ok=True)
    elif place.unfinished.exists():
        _empty(place)


def _empty(place: DataDir) -> None:
    files.note_open(place)
    place.database.parent.mkdir(exist_ok=True)
    if place.database.exists():
        shutil.rmtree(place.database)


def _start(place: DataDir) -> tuple[subprocess.Popen[bytes], java.Launch]:
    for _ in range(START_TRIES):
        launch = java.Launch()
        files.note_open(place)
        process = java.start(place, launch)
        if java.becomes_ready(place, process, launch) and not files.was_left_out(java.log(place)):
            java.forget_arguments(place)
            return process, launch
        process.kill()
        process.wait()
        if not java.lost_its_port(place):
            break
    raise java.failure(place)


def _publish(place: DataDir, launch: java.Launch, pid: int) -> None:
    place.write_marker(engine=java.engine_version())
    content = {"bolt": launch.bolt, "http": launch.http, "password": launch.password, "pid": pid}
    # Before anybody can write: a mark found later would empty what they wrote.
    place.unfinished.unlink(missing_ok=True)
    replace_text(place.endpoint, json.dumps(content))


def _end(process: subprocess.Popen[bytes]) -> bool:
    """Ask Java to close its files, then insist: its log makes up for what was not closed. Whether it did."""
    process.terminate()
    try:
        return process.wait(END_WAIT) in CLEAN
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return False


@dataclass(slots=True)
class Watch:
    """What the keeper looks after while Java runs."""

    place: DataDir
    process: subprocess.Popen[bytes]
    arcade: Arcade
    told: dict[str, float] = field(default_factory=dict)
    heard: float = field(default_factory=time.monotonic)

    def run(self) -> None:
        """Return when Java has ended or must end: nobody uses it, or it does not listen any more."""
        linger = float(os.environ.get(LINGER_SETTING) or LINGER)
        with self.place.users.open("a", encoding="utf-8") as users:
            while self.process.poll() is None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(TICK)
                if self._is_unused(users.fileno(), linger):
                    return
                if not self._hold_limits():
                    self.process.kill()

    def _is_unused(self, users: int, linger: float) -> bool:
        """Whether nobody has come for `linger` seconds; if so, nobody can until this process has ended."""
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.utime(users)
            return False
        # Users touch the file as they come, so those that came and went between two looks count too.
        if time.time() - os.fstat(users).st_mtime >= linger:
            self.place.endpoint.unlink(missing_ok=True)
            return True
        fcntl.flock(users, fcntl.LOCK_UN)
        return False

    def _hold_limits(self) -> bool:
        """Tell overdue statements to end; False if one does not, or nothing has been heard for too long."""
        now = time.monotonic()
        try:
            running = {query["id"]: query for query in self.arcade.server("list queries")}
            self.heard = now
            for name, query in running.items():
                limit = LIMIT.match(query.get("text") or "")
                if limit and query["elapsedMs"] / 1000 > float(limit[1]) and name not in self.told:
                    self.told[name] = now
                    self.arcade.server(f"terminate query {name}")
        except (OSError, StoreError):
            return now - self.heard < SILENCE
        self.told = {name: since for name, since in self.told.items() if name in running}
        return all(now - since < GRACE for since in self.told.values())


if __name__ == "__main__":
    sys.exit(main())

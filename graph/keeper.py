"""The keeper: a small process that is Java's parent, and ends it with the last user.

    python -m graph.keeper DATA_DIRECTORY

Users hold shared locks on one file; when the keeper can lock it alone for `XINMAI_LINGER` seconds, nobody is
left, however they ended. Java dies with the keeper and the keeper with Java; the next user starts both again.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

from graph.datadir import DataDir
from graph.embedded import DATABASE, USER

TICK = 0.25
LINGER = 20.0


def main() -> int:
    """Run until the last user has gone or Java has ended."""
    place = DataDir(Path(sys.argv[1]))
    with place.keeper.open("a") as own:
        try:
            fcntl.flock(own, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        # Two generations on, so that no user has to wait for it as its parent. The lock goes with the fork.
        if os.fork():
            os._exit(0)
        os.setsid()
        place.endpoint.unlink(missing_ok=True)
        java, endpoint = _start(place)
        try:
            if not _ready(java, endpoint["bolt"], endpoint["http"]):
                return 1
            _publish(place, endpoint)
            return _watch(place, java)
        finally:
            place.endpoint.unlink(missing_ok=True)
            _end(java)


def _start(place: DataDir) -> tuple[subprocess.Popen[bytes], dict[str, int | str]]:
    home = Path((find_spec("arcadedb_embedded").submodule_search_locations or [""])[0])  # type: ignore[union-attr]  # a dependency
    endpoint: dict[str, int | str] = {
        "bolt": _free_port(),
        "http": _free_port(),
        "password": secrets.token_urlsafe(24),
    }
    (place.path / "config" / "server-users.jsonl").unlink(missing_ok=True)
    settings = {
        "server.rootPath": place.path, "server.rootPassword": endpoint["password"],
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin", "bolt.host": "127.0.0.1", "bolt.port": endpoint["bolt"],
        "server.httpIncomingHost": "127.0.0.1", "server.httpIncomingPort": endpoint["http"],
        "server.mode": "development", "server.defaultDatabases": f"{DATABASE}[{USER}]",
    }  # fmt: skip
    lines = [f"-Xmx{os.environ.get('XINMAI_HEAP', '2g')}", "-XX:+ExitOnOutOfMemoryError"]
    lines += [f'"-Darcadedb.{key}={value}"' for key, value in settings.items()]
    arguments = place.run / "java.args"
    arguments.touch(mode=0o600)
    arguments.write_text("\n".join(lines), encoding="utf-8")
    with (place.log / "java.log").open("wb") as log:
        java = subprocess.Popen(
            [home / "jre/bin/java", f"@{arguments}", "-cp", f"{home}/jars/*", "com.arcadedb.server.ArcadeDBServer"],
            cwd=place.path, stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=_die_with_parent,
        )  # fmt: skip
    return java, endpoint


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _ready(java: subprocess.Popen[bytes], *ports: int | str) -> bool:
    for port in ports:
        while True:
            if java.poll() is not None:
                return False
            try:
                socket.create_connection(("127.0.0.1", int(port)), 1.0).close()
                break
            except OSError:
                time.sleep(0.05)
    return True


def _publish(place: DataDir, endpoint: dict[str, int | str]) -> None:
    fresh = place.endpoint.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(endpoint), encoding="utf-8")
    os.replace(fresh, place.endpoint)


def _watch(place: DataDir, java: subprocess.Popen[bytes]) -> int:
    linger = float(os.environ.get("XINMAI_LINGER", LINGER))
    with place.users.open("a") as users:
        while java.poll() is None:
            time.sleep(TICK)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.utime(place.users)
                continue
            if time.time() - place.users.stat().st_mtime >= linger:
                place.endpoint.unlink(missing_ok=True)
                _end(java)
                return 0
            fcntl.flock(users, fcntl.LOCK_UN)
    return 1


def _end(java: subprocess.Popen[bytes]) -> None:
    java.terminate()
    try:
        java.wait(30.0)
    except subprocess.TimeoutExpired:
        java.kill()
        java.wait()


if __name__ == "__main__":
    sys.exit(main())

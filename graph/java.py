"""How ArcadeDB is run: the wheel's own Java, its settings, its heap, and what its log means when it fails."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import psutil

from graph.arcade import DATABASE, USER, Arcade
from graph.datadir import DataDir, replace_text
from graph.errors import InputError, StoreBusyError, StoreError

HEAP_SETTING = "XINMAI_HEAP"
OPTIONS_SETTING = "XINMAI_JAVA_OPTIONS"  # more options for Java, such as a log of its garbage collection
START_SECONDS = 300.0  # after a crash it reads its log first
LARGEST_DEFAULT_HEAP = 2048  # MB
_CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True, slots=True)
class Launch:
    """Two free ports and a new password for one run of the server."""

    bolt: int = field(default_factory=_free_port)
    http: int = field(default_factory=_free_port)
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)


def engine_version() -> str:
    """Version of ArcadeDB itself, such as `26.10.2`, without the wheel's own suffix."""
    return re.split(r"[^0-9.]|\.post", version("arcadedb-embedded"))[0]


def start(place: DataDir, launch: Launch) -> subprocess.Popen[bytes]:
    """Start Java on a data directory; it dies with this process. The caller must be single-threaded."""
    home = _home()
    # A user file left by the last run would win over the new password.
    (place.path / "config" / "server-users.jsonl").unlink(missing_ok=True)
    arguments = place.run / "java.args"
    # In a file, because a command line can be read by everybody on the machine.
    replace_text(arguments, "\n".join(_arguments(place, launch)) + "\n")
    with log(place).open("wb") as said:
        return subprocess.Popen(
            [
                home / "jre/bin/java",
                f"@{arguments}",
                "-cp",
                f"{home}/jars/*",
                "com.arcadedb.server.ArcadeDBServer",
            ],
            cwd=place.path,
            env={name: os.environ[name] for name in ("LANG", "TZ", "HOME", "PATH") if name in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
            preexec_fn=_die_with_parent,  # noqa: PLW1509  # the keeper has one thread
        )


def forget_arguments(place: DataDir) -> None:
    """Remove the argument file once Java has read it."""
    (place.run / "java.args").unlink(missing_ok=True)


def heap() -> str:
    """Heap as `-Xmx` wants it: XINMAI_HEAP, else 2 GB or a quarter of memory. Raises InputError."""
    asked = os.environ.get(HEAP_SETTING, "")
    if asked:
        if not re.fullmatch(r"[1-9][0-9]*[mMgG]", asked):
            raise InputError(f"{HEAP_SETTING} 的写法不对", value=asked, remedy="写成 512m 或 2g 这样的形式")
        return asked
    memory = psutil.virtual_memory().total
    if _CGROUP_LIMIT.exists() and (limit := _CGROUP_LIMIT.read_text(encoding="ascii").strip()).isdigit():
        memory = min(memory, int(limit))
    return f"{max(256, min(LARGEST_DEFAULT_HEAP, memory // 2**20 // 4))}m"


def log(place: DataDir) -> Path:
    """What Java has said since its last start."""
    return place.log / "java.log"


def becomes_ready(place: DataDir, process: subprocess.Popen[bytes], launch: Launch) -> bool:
    """Wait until the database answers and the Bolt port is open; False if Java has ended or will not."""
    arcade = Arcade(launch.http, launch.password)
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline and not lost_its_port(place):
        with contextlib.suppress(OSError):
            try:
                arcade.sql("SELECT 1")
            except StoreError:
                return False
            socket.create_connection(("127.0.0.1", launch.bolt), 1.0).close()
            return not lost_its_port(place)
        time.sleep(0.03)
    return False


def lost_its_port(place: DataDir) -> bool:
    """Whether another program took a port between our choice and its use; Java goes on without it."""
    return b"Unable to listen" in log(place).read_bytes()


def failure(place: DataDir) -> StoreError:
    """Why Java did not start, from its log."""
    text = log(place).read_text(encoding="utf-8", errors="replace")
    where = f"日志见 {log(place)}"
    if "locked by another process" in text or "LockException" in text:
        return StoreBusyError(f"数据目录 {place.path} 被另一个程序（不是信脉）占用；请先结束那个程序。{where}")
    if re.search("Could not reserve enough space|Too small|maximum heap|insufficient memory", text):
        return StoreError(f"内存不足，Java 无法启动；请用 {HEAP_SETTING}（现为 {heap()}）设小一些。{where}")
    if "No space left on device" in text:
        return StoreError(f"数据目录 {place.path} 所在磁盘已满；请腾出空间。{where}")
    return damaged(place, where)


def damaged(place: DataDir, found: str) -> StoreBusyError:
    """The error for files that are not whole, and what to do."""
    return StoreBusyError(
        f"数据目录 {place.path} 已损坏（{found}），为免丢失数据未予打开；"
        "请用 xinmai restore --force 从备份恢复，或用 --db 换一个新目录重新装载。"
    )


def _home() -> Path:
    # Looked up, never imported: the binding would start a JVM inside Python.
    spec = find_spec("arcadedb_embedded")
    if spec is None or not spec.submodule_search_locations:
        raise StoreError("缺少内置图数据库（arcadedb-embedded）；请重新安装信脉，或用 --db 指定 Neo4j 服务器。")
    return Path(spec.submodule_search_locations[0])


def _arguments(place: DataDir, launch: Launch) -> list[str]:
    settings = {
        "server.rootPath": place.path,
        "server.rootPassword": launch.password,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",
        "bolt.port": launch.bolt,
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": launch.http,
        # A bulk load is one long request; only this machine's owner can send it.
        "server.httpBodyContentMaxSize": -1,
        # 16 MB by default, and the connection is simply closed: twenty thousand rows of a load can be more.
        "bolt.maxMessageSize": 128 * 2**20,
        # `production` keeps the text of errors to itself, and nobody could say what is wrong.
        "server.mode": "development",
        "server.defaultDatabases": f"{DATABASE}[{USER}]",
        # Half of the heap, not the quarter it takes by itself: what does not fit is read from disk over and over.
        "maxPageRAM": _megabytes(heap()) // 2,
        "serverMetrics": "false",
        "polyglotEngineEnabled": "false",
        "support.autoRegister": "false",
    }
    options = [
        f"-Xmx{heap()}",
        # A server that has run out of memory goes on half-alive; ended, it is started again.
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        f"-XX:ErrorFile={place.log}/java-crash.log",
    ]
    options += os.environ.get(OPTIONS_SETTING, "").split()
    options += [f"-Darcadedb.{name}={value}" for name, value in settings.items()]
    return [_quoted(option) for option in options]


def _megabytes(heap: str) -> int:
    return int(heap[:-1]) * (1024 if heap[-1] in "gG" else 1)


def _quoted(option: str) -> str:
    """As a Java argument file wants it: blanks and backslashes in paths would end or change the word."""
    escaped = option.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG

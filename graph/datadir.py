"""The data directory of the embedded store: ours or not, which format, and where each thing lies in it."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from graph.errors import StoreBusyError, StoreError

FORMAT = 1
APPLICATION = "xinmai"
# Long enough for another process to start or end the server meanwhile.
LOCK_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class DataDir:
    """Names of the things in one data directory."""

    path: Path

    @property
    def marker(self) -> Path:
        """Says that the directory is ours, in which format, and by which engine it was last written."""
        return self.path / "xinmai.json"

    @property
    def run(self) -> Path:
        """What concerns running processes only: locks, ports, password. Owner only."""
        return self.path / "run"

    @property
    def log(self) -> Path:
        """What Java and the keeper have to say."""
        return self.path / "log"

    @property
    def database(self) -> Path:
        """The engine's own files."""
        return self.path / "databases" / APPLICATION

    @property
    def replacement(self) -> Path:
        """A restored database, complete, that the next start puts in the place of the present one."""
        return self.path / "replacement"

    @property
    def unfinished(self) -> Path:
        """Lies here, locked, while a bulk load runs; if it lies unlocked, the next user has the graph emptied."""
        return self.path / "bulk-load-unfinished"

    @property
    def closed(self) -> Path:
        """Names and sizes of the engine's files at its last clean end; absent while it runs or was cut off."""
        return self.path / "closed.json"

    @property
    def endpoint(self) -> Path:
        """Ports and password of the running server; absent when none is ready."""
        return self.run / "endpoint.json"

    @property
    def failure(self) -> Path:
        """Why the last start failed, in words for the user."""
        return self.run / "failure.txt"

    @property
    def users(self) -> Path:
        """Lock file: every user holds it shared; the keeper ends when it can have it alone."""
        return self.run / "users.lock"

    @property
    def starting(self) -> Path:
        """Lock file: held by whoever starts the server."""
        return self.run / "starting.lock"

    @property
    def changing(self) -> Path:
        """Lock file: held by whoever makes the schema, loads in bulk or restores."""
        return self.run / "changing.lock"

    @property
    def keeper(self) -> Path:
        """Lock file: held by the keeper as long as it lives."""
        return self.run / "keeper.lock"

    def read_marker(self) -> dict[str, Any]:
        """The marker's content. Raises StoreBusyError if it cannot be understood."""
        try:
            marker = json.loads(self.marker.read_text(encoding="utf-8"))
            if marker["application"] == APPLICATION and isinstance(marker["format"], int):
                return dict(marker)
        except (ValueError, KeyError, TypeError):
            pass
        raise StoreBusyError(
            f"数据目录 {self.path} 的标识文件 {self.marker.name} 已损坏；"
            "请移走该目录，再用 xinmai restore 把备份恢复到新目录。"
        )

    def write_marker(self, **changes: Any) -> None:
        """Change the marker, all at once or not at all."""
        marker = self.read_marker() if self.marker.exists() else {"application": APPLICATION, "format": FORMAT}
        replace_text(self.marker, json.dumps(marker | changes) + "\n")


def _nothing_to_move(place: DataDir) -> None:
    """Format 0 was used before the first release; its files lie where those of format 1 do."""


# From a format to the next one. A step may be cut off and run again, so it must bear both.
UPGRADES: Mapping[int, Callable[[DataDir], None]] = {0: _nothing_to_move}


def prepare(
    path: Path, *, upgrades: Mapping[int, Callable[[DataDir], None]] = UPGRADES, target: int = FORMAT
) -> DataDir:
    """The data directory at `path`, made if missing and brought to format `target`.

    Raises StoreBusyError, saying what to do, if it is not ours, not usable or of a newer format.
    """
    place = DataDir(path.absolute())
    try:
        path.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            if not place.marker.exists():
                _claim(place)
            place.run.mkdir(mode=0o700, exist_ok=True)
            place.log.mkdir(mode=0o700, exist_ok=True)
            _upgrade(place, upgrades, target)
    except (FileExistsError, NotADirectoryError) as error:
        raise StoreBusyError(f"{path} 不是目录；请用 --db 指定一个目录。") from error
    except PermissionError as error:
        raise StoreBusyError(f"数据目录 {path} 不可写；请检查权限，或用 --db 换一个目录。") from error
    except OSError as error:
        raise StoreError(f"数据目录 {path} 无法使用：{error.strerror}") from error
    return place


def replace_text(path: Path, text: str) -> None:
    """Write a file only its owner can read; others see the old text or the new, nothing between."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def lock(file: IO[str], how: int, place: DataDir) -> None:
    """Take a lock of kind `how` (fcntl.LOCK_SH or LOCK_EX), waiting at most LOCK_SECONDS."""
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise StoreBusyError(
                    f"数据目录 {place.path} 正被另一个信脉进程启动、恢复或关闭；请稍后再试。"
                ) from None
            time.sleep(0.02)


def is_held(path: Path) -> bool:
    """Whether some process holds the lock file `path` for itself alone."""
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the directory itself, for there may be no lock file in it yet."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _claim(place: DataDir) -> None:
    """Make an empty directory ours."""
    strangers = sorted(entry.name for entry in place.path.iterdir() if entry.name != "xinmai.new")
    if strangers:
        raise StoreBusyError(
            f"目录 {place.path} 不是信脉的数据目录（有 {strangers[0]} 等文件，"
            f"没有 {place.marker.name}）；请用 --db 指定一个空目录或原来的数据目录。"
        )
    place.path.chmod(0o700)
    place.write_marker()


def _upgrade(place: DataDir, upgrades: Mapping[int, Callable[[DataDir], None]], target: int) -> None:
    version = place.read_marker()["format"]
    if version > target:
        raise StoreBusyError(
            f"数据目录 {place.path} 由更新版本的信脉写成（格式 {version}，本版本只认识到 {target}）；"
            "请升级信脉，或用 --db 换一个目录。"
        )
    while version < target:
        if is_held(place.keeper):
            raise StoreBusyError(f"数据目录 {place.path} 需要升级，但正在使用；请先结束其他信脉进程。")
        upgrades[version](place)
        version += 1
        place.write_marker(format=version)

"""The data directory of the embedded store: ours or not, which format, where each file lies."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from graph.errors import StoreBusyError

FORMAT = 1
MARKER = "xinmai.json"


@dataclass(frozen=True, slots=True)
class DataDir:
    """Where things lie under one data directory."""

    path: Path

    @property
    def marker(self) -> Path:
        """Says the directory is ours and in which format."""
        return self.path / MARKER

    @property
    def run(self) -> Path:
        """What concerns the running process only: locks, endpoint, password; owner only."""
        return self.path / "run"

    @property
    def endpoint(self) -> Path:
        """Ports and password of the running server (0600); absent when none is ready."""
        return self.run / "endpoint.json"

    @property
    def users(self) -> Path:
        """Every user holds a shared lock on it; the keeper ends when it can have it alone."""
        return self.run / "users.lock"

    @property
    def starting(self) -> Path:
        """Held alone by whoever starts a keeper."""
        return self.run / "starting.lock"

    @property
    def keeper(self) -> Path:
        """Held alone by the keeper as long as it lives."""
        return self.run / "keeper.lock"

    @property
    def log(self) -> Path:
        """What Java and the keeper print."""
        return self.path / "log"


def prepare(path: Path) -> DataDir:
    """The directory at `path`, made if missing, refused (StoreBusyError) if it is not ours or not usable."""
    place = DataDir(path.absolute())
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not place.marker.exists():
            if any(path.iterdir()):
                raise StoreBusyError(
                    f"目录 {path} 不为空且不是信脉数据目录（缺少 {MARKER}）；请换一个空目录。"
                )
            _write_marker(place)
        _check(place)
        place.run.mkdir(mode=0o700, exist_ok=True)
        place.log.mkdir(exist_ok=True)
    except PermissionError as error:
        raise StoreBusyError(f"数据目录 {path} 不可写（{error.strerror}）；请检查权限。") from error
    except (NotADirectoryError, FileExistsError) as error:
        raise StoreBusyError(f"{path} 不是目录；请用 --db 指定一个目录。") from error
    return place


def _write_marker(place: DataDir) -> None:
    fresh = place.marker.with_suffix(".new")
    fresh.write_text(json.dumps({"application": "xinmai", "format": FORMAT}) + "\n", encoding="utf-8")
    os.replace(fresh, place.marker)


def _check(place: DataDir) -> None:
    try:
        marker = json.loads(place.marker.read_text(encoding="utf-8"))
        ours, version = marker["application"] == "xinmai", int(marker["format"])
    except (ValueError, KeyError, TypeError) as error:
        raise StoreBusyError(f"{place.marker} 已损坏；请用备份恢复（xinmai restore）。") from error
    if not ours or version > FORMAT:
        raise StoreBusyError(f"{place.path} 由更新版本写成（格式 {version}）；请升级信脉。")

"""Where the service keeps what users upload and what comes of it: a folder nobody else can read, gone at the end."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from api.jobs.registry import Jobs
from api.jobs.sheets import Sheets

_NAME = re.compile(r"xinmai-serve-([0-9]+)-\w+")


@dataclass(frozen=True, slots=True)
class Room:
    """The folder of one service (mode 0700), with its uploaded lists and its jobs."""

    folder: Path
    sheets: Sheets
    jobs: Jobs

    @classmethod
    def open(cls) -> Room:
        """A new folder; those of services that ended without clearing up are removed."""
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=f"xinmai-serve-{os.getpid()}-"))
        return cls(folder, Sheets(folder), Jobs(folder))

    def close(self) -> None:
        """Stop the jobs and remove the folder."""
        self.jobs.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def _sweep() -> None:
    """Remove what services of this user left that run no more."""
    for left in Path(tempfile.gettempdir()).glob("xinmai-serve-*"):
        named = _NAME.fullmatch(left.name)
        ours = named and not left.is_symlink() and left.is_dir() and left.stat().st_uid == os.getuid()
        if named and ours and not psutil.pid_exists(int(named[1])):
            shutil.rmtree(left, ignore_errors=True)

"""Where the service keeps what users upload and what comes of it: a folder nobody else can read, gone at the end."""

from __future__ import annotations

import logging
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

from api.jobs.registry import Jobs
from api.jobs.sheets import Sheets

EVERY = 60.0  # seconds between two looks at what is past its time
_LOG = logging.getLogger(__name__)
_NAME = re.compile(r"xinmai-serve-([0-9]+)-\w+")


@dataclass(frozen=True, slots=True)
class Room:
    """The folder of one service (mode 0700), with its uploaded lists and its jobs, removed when their time is over."""

    folder: Path
    sheets: Sheets
    jobs: Jobs
    closing: threading.Event

    @classmethod
    def open(cls, clock: Callable[[], float] = time.monotonic, every: float = EVERY) -> Room:
        """A new folder; those of services that ended without clearing up are removed."""
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=f"xinmai-serve-{os.getpid()}-"))
        room = cls(folder, Sheets(folder, clock), Jobs(folder, clock), threading.Event())
        threading.Thread(target=room._tidy, args=(every,), name="tidy", daemon=True).start()
        return room

    def close(self) -> None:
        """Stop the jobs and remove the folder."""
        self.closing.set()
        self.jobs.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _tidy(self, every: float) -> None:
        """Lists hold personal numbers: they go when their time is over, also where nobody asks any more."""
        while not self.closing.wait(every):
            try:
                self.sheets.clear()
                self.jobs.clear()
            except OSError as error:  # a file that cannot be removed now is tried again
                _LOG.warning("tidy: %s", type(error).__name__)


def _sweep() -> None:
    """Remove what services of this user left that run no more."""
    for left in Path(tempfile.gettempdir()).glob("xinmai-serve-*"):
        named = _NAME.fullmatch(left.name)
        ours = named and not left.is_symlink() and left.is_dir() and left.stat().st_uid == os.getuid()
        if named and ours and not psutil.pid_exists(int(named[1])):
            shutil.rmtree(left, ignore_errors=True)

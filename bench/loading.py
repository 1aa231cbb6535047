"""Loading measured from outside: seconds, and the peak memory of Python and of the store's Java."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

SAMPLE_SECONDS = 0.2
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Loading:
    """One `xinmai load` as its own process: seconds on the clock, and of the processor in Python alone.

    Memory in MB; Java's is 0 where the store is elsewhere.
    """

    seconds: float
    processor: float
    python_mb: float
    java_mb: float
    answer: dict[str, Any]

    def count(self, kind: str, what: str) -> int:
        """Subjects, relations or listings added, changed, unchanged or ended, over all sources."""
        return sum(tally[kind].get(what, 0) for tally in self.answer["loads"])


def load(paths: Sequence[Path], db: str) -> Loading:
    """Load `paths` into the store at `db`. Raises RuntimeError with the message when it fails."""
    started = time.monotonic()
    command = [sys.executable, "-m", "api", "load", *map(str, paths), "--db", db, "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        peaks = _Peaks(db)
        peaks.start()
        output = process.stdout.read() if process.stdout else b""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - started
        peaks.stop()
    if process.returncode:
        raise RuntimeError(f"load ended with {process.returncode}: {output.decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    processor = usage.ru_utime + usage.ru_stime
    return Loading(seconds, processor, usage.ru_maxrss * unit / MEGABYTE, peaks.java / MEGABYTE, json.loads(output))


class _Peaks(threading.Thread):
    """Watches the store's Java process, told by the data directory on its command line."""

    def __init__(self, db: str) -> None:
        super().__init__(daemon=True)
        self.java = 0
        self._db = str(Path(db).absolute())
        self._ended = threading.Event()

    def run(self) -> None:
        """Sample until told to stop."""
        java: psutil.Process | None = None
        while not self._ended.wait(SAMPLE_SECONDS):
            try:
                java = java or self._find()
                if java is not None:
                    self.java = max(self.java, java.memory_info().rss)
            except psutil.Error:
                java = None

    def stop(self) -> None:
        """End sampling."""
        self._ended.set()
        self.join()

    def _find(self) -> psutil.Process | None:
        for process in psutil.process_iter(["name", "cmdline"]):
            words = process.info["cmdline"] or []
            if "java" in (process.info["name"] or "") and any(self._db in word for word in words):
                return process
        return None

"""Runs the real command line as a process of its own, as users do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.store import Store

SETTINGS = frozenset(
    {"XINMAI_DB", "XINMAI_LANG", "XINMAI_TOKEN", "XINMAI_TOKEN_FILE", "XINMAI_ALLOW_HOST", "XINMAI_DEBUG"}
)
ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Ended:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """Stdout as the one JSON document it must be."""
        read: dict[str, Any] = json.loads(self.out)
        return read


def _surroundings() -> dict[str, str]:
    """The environment of a run: this checkout, no settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    return {**kept, "PYTHONPATH": str(ROOT), "XINMAI_LINGER": "0.5"}


def xinmai(*words: str, cwd: Path, **environment: str) -> Ended:
    """Run `xinmai …` in `cwd`."""
    done = subprocess.run(
        [sys.executable, "-m", "api", *words],
        cwd=cwd,
        env={**_surroundings(), **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def ask(graph: Store, cwd: Path, *words: str) -> Ended:
    """A command with --json on the loaded graph."""
    return xinmai(*words, "--db", graph.location, "--json", cwd=cwd)


@contextmanager
def started(*words: str, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """A command running beside the test, ended with it."""
    command = [sys.executable, "-m", "api", *words]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=cwd, env={**_surroundings(), "PYTHONUNBUFFERED": "1"}, stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()

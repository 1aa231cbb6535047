"""Runs the real command line as a process of its own, as users do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.store import Store

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


def xinmai(*words: str, cwd: Path, **environment: str) -> Ended:
    """Run `xinmai …` in `cwd`."""
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "XINMAI_LINGER": "0.5", **environment}
    surroundings.pop("XINMAI_DB", None)
    done = subprocess.run(
        [sys.executable, "-m", "api", *words],
        cwd=cwd,
        env=surroundings,
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

"""Runs the real command line as a process of its own, as users do."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.cli import main
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


def here(*words: str, cwd: Path) -> Ended:
    """The same in this process, in `cwd`: where a test asks for much, starting as many would take minutes."""
    handler = signal.getsignal(signal.SIGINT)
    with chdir(cwd), redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main(words)
    signal.signal(signal.SIGINT, handler)
    return Ended(code, out.getvalue(), err.getvalue())


def ask_here(graph: Store, cwd: Path, *words: str) -> Ended:
    """A command with --json on the loaded graph, in this process."""
    return here(*words, "--db", graph.location, "--json", cwd=cwd)


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


@contextmanager
def served(location: str, cwd: Path) -> Iterator[str]:
    """The address, token and all, that `xinmai serve` prints over that store."""
    with started("serve", "--port", "0", "--db", location, cwd=cwd) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        yield found[0]

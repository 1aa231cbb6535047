"""What takes minutes over a large graph, made by a process of its own: `python -m MODULE FILE`, at low priority.

It shares neither the interpreter nor the memory of the service that has it made, and no password stands on a command
line: the store is named in the environment. One at a time: two beside each other would leave a desktop's two cores to
nobody else.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

from graph.embedded import Embedded
from graph.errors import StoreError, XinmaiError
from graph.remote import Remote
from graph.store import DATABASE_SETTING, Store, open_store

NICENESS = 10
POLL_SECONDS = 0.2
ENDING_SECONDS = 5.0  # in which a process that is no longer wanted ends by itself and takes its draft with it
TURN = threading.Lock()


def have_made(module: str, path: Path, store: Store, *, ended: threading.Event) -> None:
    """Have another process run `module` on the store and `path`, after whatever is being made already.

    Returns early, its process ended, once `ended` is set. Raises StoreError with what that one said.
    """
    while not TURN.acquire(timeout=POLL_SECONDS):
        if ended.is_set():
            return
    try:
        _made(module, path, store, ended)
    finally:
        TURN.release()


def _made(module: str, path: Path, store: Store, ended: threading.Event) -> None:
    code = Path(__file__).resolve().parent.parent
    with (
        TemporaryFile() as told,
        subprocess.Popen(
            [sys.executable, "-m", module, str(path.absolute())],
            cwd=code,
            env={**os.environ, **_named(store)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
        ) as maker,
    ):
        while maker.poll() is None:
            if ended.wait(POLL_SECONDS):
                _end(maker)
                return
        if maker.returncode:
            told.seek(0)
            said = told.read().decode(errors="replace").strip()
            raise StoreError(said.splitlines()[-1] if said else f"退出码 {maker.returncode}")


def _end(maker: subprocess.Popen[bytes]) -> None:
    maker.terminate()
    try:
        maker.wait(ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        maker.kill()  # its draft is swept away by the next one


def _named(store: Store) -> dict[str, str]:
    """The store as the environment of another process names it."""
    if isinstance(store.source, Embedded):
        return {DATABASE_SETTING: str(store.source.place.path)}
    if isinstance(store.source, Remote):
        return {DATABASE_SETTING: store.location, **store.source.credentials}
    raise StoreError(f"{store.location} 不能由另一进程读取。")


def run(make: Callable[[Store, Path], object]) -> int:
    """The other process: make it of the store XINMAI_DB names; a failure is told in one line on stderr."""
    os.nice(NICENESS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of a terminal: the service decides
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # in order: what is half made goes
    try:
        with open_store() as store:
            make(store, Path(sys.argv[1]))
    except XinmaiError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0

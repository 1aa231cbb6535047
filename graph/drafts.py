"""A file of ours written whole or not at all: under another name beside it, then put in its place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from psutil import pid_exists


@contextmanager
def drafted(path: Path) -> Iterator[Path]:
    """An empty file readable by its owner alone, which takes the place of `path` when all went well, else is gone.

    What writers left that were killed is removed; the folder is made.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(path)
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        yield draft
        with draft.open("rb") as file:
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _sweep(path: Path) -> None:
    for left in path.parent.glob(f"{path.name}.*.new"):
        writer = left.name.removesuffix(".new").rpartition(".")[2]
        if writer == str(os.getpid()) or (writer.isdigit() and not pid_exists(int(writer))):
            left.unlink(missing_ok=True)

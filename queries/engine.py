"""Which engine answers: the kernel over a snapshot where there is a current one, Cypher otherwise.

A question asks `snapshot_for(store)` once, when it begins, and answers from what it gets: a snapshot is one version of
the graph and stays it, whatever is loaded meanwhile. None means Cypher.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from graph.cache import cache_path
from graph.errors import InputError
from graph.store import Store
from queries.stamp import late_stamp

if TYPE_CHECKING:
    from graph.snapshot import Snapshot

NAME = "graph.snapshot"


class Engine(StrEnum):
    """What is to answer. `auto`: the kernel where a current snapshot exists."""

    AUTO = "auto"
    CYPHER = "cypher"
    KERNEL = "kernel"


def snapshot_path(store: Store) -> Path:
    """Where the snapshot of a store lies; it can be thrown away, it is made again."""
    return cache_path(store, NAME)


def snapshot_for(store: Store) -> Snapshot | None:
    """The snapshot to answer from; None where there is none, or the graph has changed since it was made."""
    held = store.snapshot
    return held if held is not None and held.stamp == late_stamp(store) else None


def use(store: Store, engine: Engine) -> None:
    """Have the questions of this store answered by `engine`.

    Raises InputError when the kernel is asked for and there is no current snapshot to ask.
    """
    store.snapshot = None
    if engine is Engine.CYPHER:
        return
    path = snapshot_path(store)
    if path.exists():
        store.snapshot = _opened(path)
    if engine is Engine.KERNEL and snapshot_for(store) is None:
        state = "快照已过期：图在它之后有变化" if path.exists() else "没有图快照"
        raise InputError(f"{state}，不能用 --engine kernel", remedy="先运行 xinmai snapshot，或改用 --engine cypher")


def _opened(path: Path) -> Snapshot | None:
    from graph.snapshot import Snapshot  # noqa: PLC0415  # numpy, which plain commands do without
    from graph.snapshot_file import SnapshotFileError  # noqa: PLC0415

    try:
        return Snapshot.open(path)
    except SnapshotFileError:
        return None

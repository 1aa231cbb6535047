"""Making the snapshot of a store and telling what there is of one; as a program of its own, for the service.

`python -m queries.snapshots FILE` makes that of the store XINMAI_DB names.
"""

from __future__ import annotations

import fcntl
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from graph.snapshot import Snapshot
from graph.snapshot_build import GraphChangedError, build
from graph.snapshot_file import SnapshotFileError
from graph.store import Store
from queries.apart import run
from queries.model import Json
from queries.stamp import stamp

TRIES = 3  # while somebody loads, what was read is of no version of the graph
LOOK_SECONDS = 5.0  # between two looks at whether the graph is still the same
Progress = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Held:
    """What there is of a snapshot. `state`: current, stale (of an older graph), damaged or none.

    `seconds`: what making it took, 0 where it was there already.
    """

    path: Path
    state: str
    stamp: str = ""
    built_at: str | None = None
    subjects: int = 0
    relations: int = 0
    listings: int = 0
    bytes: int = 0
    seconds: float = 0.0

    def to_json(self) -> Json:
        """Answer of `snapshot --json`."""
        told: Json = {name: getattr(self, name) for name in self.__slots__}
        return {**told, "path": str(self.path), "seconds": round(self.seconds, 3)}


def held(store: Store, path: Path) -> Held:
    """What lies at `path`, compared with the store."""
    try:
        found = Snapshot.open(path)
    except SnapshotFileError:
        return Held(path, "damaged" if path.exists() else "none")
    return _told(found, "current" if found.stamp == stamp(store) else "stale")


def make(store: Store, path: Path, *, again: bool = False, progress: Progress = lambda what, done: None) -> Held:
    """The snapshot of the store at `path`, made unless a current one is there (or even then, with `again`).

    `progress` as in `graph.snapshot_build.build`. Raises GraphChangedError when it was changed at every try.
    """
    with _alone(path):
        there = held(store, path)
        if there.state == "current" and not again:
            return there
        began = time.monotonic()
        for left in reversed(range(TRIES)):
            try:
                _made(store, path, stamp(store), progress)
                break
            except GraphChangedError:
                if not left:
                    raise
        return _told(Snapshot.open(path), "current", time.monotonic() - began)


def _made(store: Store, path: Path, now: str, progress: Progress) -> None:
    """Make it of the graph of the stamp `now`; given up as soon as the graph is another."""
    looked = time.monotonic()

    def still() -> bool:
        return stamp(store) == now

    def tell(what: str, done: int) -> None:
        nonlocal looked
        progress(what, done)
        if time.monotonic() - looked > LOOK_SECONDS:
            looked = time.monotonic()
            if not still():
                raise GraphChangedError

    build(store, path, now, still=still, progress=tell)


def _told(found: Snapshot, state: str, seconds: float = 0.0) -> Held:
    return Held(
        found.path,
        state,
        found.stamp,
        found.built_at,
        found.subjects.count,
        found.relations.count,
        found.listings.count,
        found.path.stat().st_size,
        seconds,
    )


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """While nobody else makes this snapshot: who comes second finds it made."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


if __name__ == "__main__":
    sys.exit(run(make))

"""The snapshot of a store kept in step with it, for a service: made in the background, the older one never asked.

    snapshots = Snapshots.started(store)   # from now on store.snapshot follows the graph

A small graph is read in this process, a large one by a process of its own.
"""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from graph.cache import cache_path
from graph.errors import StoreError
from graph.snapshot import Snapshot
from graph.snapshot_file import SnapshotFileError
from graph.store import Store
from queries.apart import have_made
from queries.engine import NAME
from queries.keeping import InStep
from queries.snapshots import make
from queries.sources import loaded

LOOK_SECONDS = 5.0  # between two looks at whether the graph has changed
SMALL = 50_000  # relations read within a second or two: a process of its own would only cost its start
_LOG = logging.getLogger("xinmai.snapshot")


class Snapshots:
    """The snapshot of one store, attached to it whenever a new one is ready. Safe to share between threads."""

    def __init__(self, store: Store, path: Path | None = None, *, small: int = SMALL) -> None:
        """Attaches the snapshot that is there, if it can be read; `start` lets it be kept in step."""
        self._store, self._small = store, small
        self._path = path or cache_path(store, NAME)
        self._store.snapshot = self._opened()
        self._step = InStep(
            store,
            "the graph snapshot",
            held=lambda: self._store.snapshot.stamp if self._store.snapshot else None,
            renew=self._renew,
            every=LOOK_SECONDS,
        )

    @classmethod
    def started(cls, store: Store, path: Path | None = None, *, small: int = SMALL) -> Snapshots:
        """Kept in step from now on, until `close`."""
        snapshots = cls(store, path, small=small)
        snapshots.start()
        return snapshots

    def start(self) -> None:
        """Look at the graph, and make the snapshot in the background when it is missing or of an older graph."""
        if held := self._store.snapshot:
            threading.Thread(target=_warm, args=(held,), name="first view", daemon=True).start()
        self._step.start()

    def close(self) -> None:
        """End the background work, a process that makes a snapshot included; the one attached is let go."""
        self._step.close()
        self._store.snapshot = None

    @property
    def state(self) -> str:
        """ready; building; stale (of an older graph, none being made yet); none."""
        held = self._store.snapshot
        if held is not None and self._step.current:
            return "ready"
        if self._step.renewing:
            return "building"
        return "stale" if held is not None else "none"

    @property
    def built_at(self) -> str | None:
        """When the attached one was made (UTC), whatever graph it is of."""
        held = self._store.snapshot
        return held.built_at if held is not None else None

    def _renew(self, _now: str) -> None:
        if sum(source.relations for source in loaded(self._store)) > self._small:
            have_made("queries.snapshots", self._path, self._store, ended=self._step.ended)
        else:
            make(self._store, self._path, progress=self._go_on)
        made = self._opened()
        if made is not None:
            _warm(made)  # meanwhile Cypher answers
        # The one before it is let go with its last question.
        self._store.snapshot = made

    def _go_on(self, _what: str, _done: int) -> None:
        if self._step.ended.is_set():
            raise StoreError("快照的生成已中止。")

    def _opened(self) -> Snapshot | None:
        """The file that is there, if it can be read."""
        try:
            return Snapshot.open(self._path)
        except SnapshotFileError as error:
            if self._path.exists():
                _LOG.warning("%s", error)
            return None


def _warm(snapshot: Snapshot) -> None:
    from queries.kernel_search import warm  # noqa: PLC0415  # compiled code: not while the service starts

    warm(snapshot)

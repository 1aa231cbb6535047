"""Snapshots for tests: what a store holds now, asked by the kernel instead of Cypher."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.snapshot import Snapshot
from graph.snapshot_build import build
from graph.store import Store
from queries.stamp import stamp


@contextmanager
def snapshot_of(store: Store, path: Path) -> Iterator[Snapshot]:
    """A snapshot of the store, written to `path`; while this lasts, questions are answered from it."""
    build(store, path, stamp(store))
    made = Snapshot.open(path)
    store.snapshot = made
    try:
        yield made
    finally:
        store.snapshot = None

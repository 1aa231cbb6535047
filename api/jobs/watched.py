"""A store that can be taken away from whoever works with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from graph.embedded import Endpoint
from graph.store import Store, Tx

T = TypeVar("T")


class Watched(Store):
    """The same store, for one job: before every transaction `check` is asked, which raises to end the work."""

    def __init__(self, store: Store, check: Callable[[], None]) -> None:
        self._store, self._check = store, check
        self.source, self.name = store.source, store.name
        self.snapshot = store.snapshot

    @property
    def endpoint(self) -> Endpoint:
        """That of the store itself."""
        return self._store.endpoint

    @property
    def writes(self) -> int:
        """Those of the store itself."""
        return self._store.writes

    def version(self) -> str:
        """That of the store itself."""
        return self._store.version()

    def transact(self, work: Callable[[Tx], T], *, timeout: float | None = None, readonly: bool = False) -> T:
        """What the store itself does, unless the work is to end."""
        self._check()
        return self._store.transact(work, timeout=timeout, readonly=readonly)

    def close(self) -> None:
        """Nothing: the store is not ours to close."""

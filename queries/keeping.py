"""What is kept of the graph between questions, made anew in the background when the graph is another."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from graph.store import Store
from queries.stamp import stamp

CHECK_SECONDS = 1.0  # between two looks at whether the graph has changed, however many ask
AGAIN_SECONDS = 30.0  # after a renewal that failed
_LOG = logging.getLogger("xinmai.keeping")


class InStep:
    """Keeps something in step with one store: renewed in a thread of its own, the older one serving meanwhile.

    `what`: how it is called in the log. `held`: the stamp of the graph it was made of, None where there is none.
    `renew`: makes it of the graph of that stamp; may raise, and is tried again later. `every`: seconds between two
    looks of its own; without it, only `look` and `want` notice anything.
    """

    def __init__(
        self,
        store: Store,
        what: str,
        *,
        held: Callable[[], str | None],
        renew: Callable[[str], None],
        every: float | None = None,
    ) -> None:
        self.current = False  # whether what is held is of the present graph, as of the last look
        self.ended = threading.Event()
        self.renewing = False
        self._store, self._what, self._held, self._renew = store, what, held, renew
        self._every = every
        self._looked = float("-inf")
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._worker = threading.Thread(target=self._work, name=what, daemon=True)

    def start(self) -> None:
        """Look at the graph, and renew in the background what is missing or of an older one."""
        self._worker.start()
        self._wanted.set()

    def close(self) -> None:
        """End the background work; `renew` is expected to give up once `ended` is set."""
        self.ended.set()
        self._wanted.set()
        if self._worker.is_alive():
            self._worker.join()

    def look(self) -> None:
        """Compare with the graph, at most once in CHECK_SECONDS."""
        with self._lock:
            if time.monotonic() - self._looked < CHECK_SECONDS:
                return
            self._looked = time.monotonic()
        self._compare(stamp(self._store))

    def want(self) -> None:
        """What is held is of no use: make it anew."""
        self.current = False
        self._wanted.set()

    def _compare(self, now: str) -> None:
        self.current = self._held() == now
        if not self.current:
            self._wanted.set()

    def _work(self) -> None:
        while not self.ended.is_set():
            self._wanted.wait(self._every)
            self._wanted.clear()
            if self.ended.is_set():
                return
            try:
                self._follow()
            except Exception as error:  # whatever it was, the next time may succeed
                if self.ended.is_set():
                    return
                _LOG.warning("%s could not be made, next try in %.0f s: %s", self._what, AGAIN_SECONDS, error)
                self.ended.wait(AGAIN_SECONDS)
                self._wanted.set()

    def _follow(self) -> None:
        self._compare(now := stamp(self._store))
        try:
            while not self.current and not self.ended.is_set():
                self.renewing = True
                self._renew(now)
                # Something may have been loaded meanwhile.
                self._compare(now := stamp(self._store))
        finally:
            self.renewing = False
        self._wanted.clear()

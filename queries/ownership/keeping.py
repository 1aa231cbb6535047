"""Grounds of ownership kept between questions: the holdings of a whole graph on a day.

Over a snapshot a ground stands at once, whatever the size of the graph; else it is read once, in the background.

    grounds = Grounds(store)
    ownership(store, "A", as_of=day, ground=grounds.on(day))

Until one is read, and where the graph is too large for that, questions read from the store what they need.
"""

from __future__ import annotations

import logging
import threading
import time

from graph.errors import XinmaiError
from graph.store import Store
from queries.engine import snapshot_for
from queries.ownership.ground import Ground
from queries.ownership.mapped_ground import MappedGround
from queries.ownership.reading import read_whole
from queries.sources import loaded
from queries.stamp import stamp

DAYS = 2  # kept at once
LOOK_SECONDS = 1.0  # the graph is asked at most so often whether it has changed
MOST_RELATIONS = 600_000  # of all kinds, in all sources: above, nothing is kept (a day takes some 0.7 kB each)
READING_SECONDS = 120.0
_LOG = logging.getLogger(__name__)


class Grounds:
    """The grounds of one store, by day. Safe to share between threads."""

    def __init__(self, store: Store, most: int = MOST_RELATIONS) -> None:
        self._store, self._most = store, most
        self._lock = threading.Lock()
        self._kept: dict[str, Ground] = {}
        self._stamp, self._looked = "", float("-inf")
        self._small = False
        self._building: threading.Thread | None = None
        self._closed = False

    def on(self, as_of: str) -> Ground | None:
        """The ground of a day, if it is ready; else it is begun, if it may be."""
        with self._lock:
            self._look()
            found = self._kept.pop(as_of, None) or self._mapped(as_of)
            if found is not None:
                self._keep(as_of, found)
                return found
            if self._small and not self._closed and self._building is None:
                self._building = threading.Thread(
                    target=self._build, args=(as_of, self._stamp), name="ground of ownership", daemon=True
                )
                self._building.start()
        return None

    def _mapped(self, as_of: str) -> Ground | None:
        snapshot = None if self._closed else snapshot_for(self._store)
        # Never of another graph than the one looked at: what is kept is kept until the graph changes again.
        if snapshot is None or snapshot.stamp != self._stamp:
            return None
        return MappedGround.of(snapshot, as_of)

    def _keep(self, as_of: str, ground: Ground) -> None:
        """As the last that was asked for, which is the last to go."""
        if isinstance(ground, MappedGround):
            ground.trim()
        self._kept[as_of] = ground
        while len(self._kept) > DAYS:
            del self._kept[next(iter(self._kept))]

    @property
    def days(self) -> int:
        """How many days are kept now."""
        return len(self._kept)

    def forget(self) -> None:
        """Keep nothing that was: the graph has just been changed."""
        with self._lock:
            self._looked = float("-inf")

    def settle(self, seconds: float = READING_SECONDS) -> None:
        """Wait until nothing is being built."""
        building = self._building
        if building is not None:
            building.join(seconds)

    def close(self) -> None:
        """Keep nothing any more, begin nothing; what is being read is left to its end."""
        with self._lock:
            self._closed = True
            self._kept.clear()

    def _look(self) -> None:
        """Forget everything if the graph has changed; asked under the lock."""
        if time.monotonic() - self._looked < LOOK_SECONDS:
            return
        now = stamp(self._store)
        self._looked = time.monotonic()
        if now != self._stamp:
            self._kept.clear()
            self._stamp = now
            self._small = sum(one.relations for one in loaded(self._store)) <= self._most

    def _build(self, as_of: str, of: str) -> None:
        ground: Ground | None = None
        try:
            known = read_whole(self._store, as_of, READING_SECONDS)
            ground = None if known.cut else Ground.lasting(known)
            if ground is not None and stamp(self._store) != of:
                ground = None  # the graph changed while it was read
        except XinmaiError as error:
            if not self._closed:
                _LOG.warning("no ground of ownership on %s: %s", as_of, error)
        finally:  # whatever happens, another may be begun
            with self._lock:
                self._building = None
                # One over a snapshot may stand there by now.
                if ground is not None and self._stamp == of and not self._closed and as_of not in self._kept:
                    self._keep(as_of, ground)
                elif ground is None:
                    self._small = self._small and self._stamp != of

"""Has the graph changed? For whatever is kept between questions: the search index, the ground of ownership."""

from __future__ import annotations

import hashlib
import json
import time
from weakref import WeakKeyDictionary

from graph.cypher import text
from graph.store import Store

# Seconds for which a stamp asked for counts as the present one. What others load meanwhile is seen that much later.
LATELY = 0.05
# Of each store: when it was asked, after how many of its own writes, and what it was.
_asked: WeakKeyDictionary[Store, tuple[float, int, str]] = WeakKeyDictionary()


def stamp(store: Store) -> str:
    """A short text that is the same as long as the same loads and identity decisions are in the graph."""
    told = json.dumps(store.read(text("queries", "stamp")), ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def late_stamp(store: Store) -> str:
    """The stamp as it was at most LATELY ago, after all that this store object wrote: for what asks it all the time."""
    now, writes = time.monotonic(), store.writes
    asked = _asked.get(store)
    if asked is None or asked[1] != writes or now - asked[0] > LATELY:
        asked = _asked[store] = (now, writes, stamp(store))
    return asked[2]

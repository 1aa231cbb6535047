"""The first relations of hubs in the orders they were asked for, kept until the graph changes.

Sorting reads every relation of the hub; the next piece, or the same one again, must not do so once more.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from graph.store import Store
from queries import degrees
from queries.model import Json
from queries.stamp import stamp

AHEAD = 500  # relations read at least, in each direction
MOST = 1_500  # relations in each direction up to which they are kept
_KEPT = 32
_rows: OrderedDict[tuple[str, ...], tuple[int, list[Json]]] = OrderedDict()
_lock = threading.Lock()


def first(store: Store, asked: tuple[object, ...], of: int, most: int, read: Callable[[int], list[Json]]) -> list[Json]:
    """At least the first `most` rows in each direction that `read` gives, of `of` in force; `asked`: which and in what
    order. The rows are shared: nobody changes them.
    """
    if of < degrees.HUB or most > MOST:
        return read(most)
    key = (store.location, stamp(store), str(of), *map(str, asked))
    with _lock:
        kept = _rows.get(key)
        if kept and kept[0] >= most:
            _rows.move_to_end(key)
            return kept[1]
    ahead = max(most, AHEAD)
    rows = read(ahead)
    with _lock:
        _rows[key] = (ahead, rows)
        while len(_rows) > _KEPT:
            _rows.popitem(last=False)
    return rows

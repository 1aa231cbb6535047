"""The first relations of hubs in the orders they were asked for, kept until the graph changes.

Sorting reads every relation of the hub; the next piece, or the same one again, must not do so once more.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.store import Store
from queries import degrees
from queries.model import Json
from queries.remembered import Remembered

AHEAD = 500  # relations read at least, in each direction
MOST = 1_500  # relations in each direction up to which they are kept
_rows: Remembered[tuple[int, list[Json]]] = Remembered(64)  # how many were read, and these


def first(store: Store, asked: tuple[object, ...], of: int, most: int, read: Callable[[int], list[Json]]) -> list[Json]:
    """At least the first `most` rows in each direction that `read` gives, of `of` in force; `asked`: which and in what
    order. The rows are shared: nobody changes them.
    """
    if of < degrees.HUB or most > MOST:
        return read(most)
    ahead = max(most, AHEAD)
    return _rows.of(store, (of, *asked), lambda: (ahead, read(ahead)), serves=lambda kept: kept[0] >= most)[1]

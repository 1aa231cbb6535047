"""What takes long to work out of a graph, remembered until the graph changes."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

from graph.store import Store
from queries.stamp import stamp

T = TypeVar("T")


class Remembered(Generic[T]):
    """At most `most` values, of any stores; the one asked for longest ago goes first. Safe to share between threads.

    Values are shared: nobody changes them. Two threads that ask at the same time may both do the work.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._values: OrderedDict[tuple[str, ...], T] = OrderedDict()
        self._lock = threading.Lock()

    def of(
        self,
        store: Store,
        asked: tuple[object, ...],
        work: Callable[[], T],
        *,
        serves: Callable[[T], bool] | None = None,
        known: str | None = None,
    ) -> T:
        """The value for what is `asked` of the store's present graph, from `work` where there is none that `serves`.

        `known`: the graph's stamp, where the caller has just asked for it.
        """
        # The stamp is of before the work: what is changed meanwhile is asked for anew the next time.
        key = (store.location, known or stamp(store), *map(str, asked))
        with self._lock:
            if key in self._values and (serves is None or serves(self._values[key])):
                self._values.move_to_end(key)
                return self._values[key]
        value = work()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

"""The store of a question, and the engine that is to answer it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from api.call import Call
from graph.store import Store, open_store
from queries.engine import Engine, use


@contextmanager
def store_asked(call: Call) -> Iterator[Store]:
    """The store of --db, asked by --engine. Raises InputError when the kernel must answer and cannot."""
    with open_store(call["db"]) as store:
        use(store, Engine(call["engine"]))
        yield store

"""Where the index of a store lies."""

from __future__ import annotations

from pathlib import Path

from graph.cache import cache_path
from graph.store import Store

NAME = "search.db"


def index_path(store: Store) -> Path:
    """The file; its folder may not exist yet. What lies there can be thrown away: it is made again."""
    return cache_path(store, NAME)

"""Where the index of a store lies: beside the data of an embedded one, else in the user's cache directory."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from graph.embedded import Embedded
from graph.store import Store

CACHE_SETTING = "XDG_CACHE_HOME"
NAME = "search.db"


def index_path(store: Store) -> Path:
    """The file; its folder may not exist yet. What lies there can be thrown away: it is made again."""
    if isinstance(store.source, Embedded):
        return store.source.place.path / "cache" / NAME
    cache = os.environ.get(CACHE_SETTING) or "~/.cache"
    key = hashlib.sha256(store.location.encode()).hexdigest()[:16]
    return Path(cache).expanduser() / "xinmai" / f"{key}-{NAME}"

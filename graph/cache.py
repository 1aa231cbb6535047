"""Where what can be made again is kept: beside the data of an embedded store, else in the user's cache directory."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from graph.embedded import Embedded
from graph.store import Store

CACHE_SETTING = "XDG_CACHE_HOME"


def cache_path(store: Store, name: str) -> Path:
    """The file of that name for a store; its folder may not exist yet."""
    if isinstance(store.source, Embedded):
        return store.source.place.path / "cache" / name
    cache = os.environ.get(CACHE_SETTING) or "~/.cache"
    key = hashlib.sha256(store.location.encode()).hexdigest()[:16]
    return Path(cache).expanduser() / "xinmai" / f"{key}-{name}"

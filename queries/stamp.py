"""Has the graph changed? For whatever is kept between questions: the search index, the ground of ownership."""

from __future__ import annotations

import hashlib
import json

from graph.cypher import text
from graph.store import Store


def stamp(store: Store) -> str:
    """A short text that is the same as long as the same loads and identity decisions are in the graph."""
    told = json.dumps(store.read(text("queries", "stamp")), ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:16]

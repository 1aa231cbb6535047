"""`python -m queries.search FILE` makes the index of the store XINMAI_DB names, for a service."""

from __future__ import annotations

import sys
from pathlib import Path

from graph.store import Store
from queries.apart import run
from queries.search.build import build
from queries.stamp import stamp


def make(store: Store, path: Path) -> None:
    """The index of the store as it is now."""
    build(store, path, stamp(store))


if __name__ == "__main__":
    sys.exit(run(make))

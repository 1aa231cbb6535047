"""A day's exposures written onto the subjects of the store, for whoever looks at it with other tools.

They are derived values of one day and one policy, which stand beside them: no fact, no load, read by no answer.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import pandas as pd

from graph.cypher import text
from graph.store import Store
from queries.propagated_file import About

BATCH = 5_000  # subjects a transaction
SECONDS = 300.0


def write_back(
    store: Store, frame: pd.DataFrame, about: About, progress: Callable[[int], None] = lambda done: None
) -> dict[str, int]:
    """Set `exposure_score`, `exposure_hops`, `exposure_listing`, `exposure_as_of` and `exposure_policy` of every
    exposed subject, and clear them where they are of an earlier time and the subject is exposed no more.

    A transaction a batch: what is cut off is made whole by running it again. Says how many were `written`, `cleared`.
    """
    exposed = set(frame["subject"])
    rows = zip(*(frame[name].tolist() for name in ("subject", "score", "hops", "listing")), strict=True)
    frame_props = {"exposure_as_of": about.as_of, "exposure_policy": about.policy}
    written = 0
    while batch := list(islice(rows, BATCH)):
        told = [
            {
                "id": subject,
                "props": {"exposure_score": score, "exposure_hops": hops, "exposure_listing": listing, **frame_props},
            }
            for subject, score, hops, listing in batch
        ]
        store.write(text("queries", "exposure_write"), timeout=SECONDS, rows=told)
        written += len(batch)
        progress(written)
    return {"written": written, "cleared": _clear(store, exposed)}


def _clear(store: Store, exposed: set[str]) -> int:
    marked = store.read(text("queries", "exposure_written"), timeout=SECONDS)
    over = sorted({row["id"] for row in marked} - exposed)
    for start in range(0, len(over), BATCH):
        store.write(text("queries", "exposure_clear"), timeout=SECONDS, ids=over[start : start + BATCH])
    return len(over)

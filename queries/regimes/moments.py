"""The days on which a regime with a window is asked: whoever was related within it counts.

The relation has to have held on some day of the window, as a whole: so the regime is asked on the day itself, on the
last day of whatever ended within the months before, and on the first of whatever begins within the months after.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from graph.cypher import text
from graph.days import months_on
from graph.store import Store
from queries.regimes.model import Window

# Relations whose end or begin can end or begin a relation of a regime.
TYPES = (
    "ACTUAL_CONTROLLER", "CONCERT", "DIRECTOR", "EMPLOYEE", "EXECUTIVE", "GENERAL_PARTNER", "KIN", "LEGAL_REP",
    "LIMITED_PARTNER", "PRINCIPAL", "SHAREHOLDER", "SUPERVISOR",
)  # fmt: skip
MOST = 1_000  # pairs of days read


def moments(store: Store, ids: Iterable[str], as_of: str, window: Window) -> set[str]:
    """Days within the window on which something about these subjects was, or will be, otherwise."""
    first, last = months_on(as_of, -window.before), months_on(as_of, window.after)
    rows = store.read(
        text("queries.regimes", "changes", TYPES=TYPES), ids=sorted(ids), first=first, last=last, most=MOST
    )
    found: set[str] = set()
    for row in rows:
        since, until = str(row["since"] or ""), str(row["until"] or "")
        if first < until <= as_of:
            found.add((dt.date.fromisoformat(until) - dt.timedelta(days=1)).isoformat())
        if as_of < since <= last:
            found.add(since)
    return found

"""How long ownership takes: all integrated shares of a graph at once, and one subject after another.

Reading is told apart from working out: once a graph is read, `Ground` keeps it for as many questions as there are.
"""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.store import Store
from queries.ownership import reading
from queries.ownership.ground import Ground
from queries.ownership.integrated import Shares
from queries.ownership.owners import ownership

SEED = 13
RANDOM_SUBJECTS, LARGEST, IN_CIRCLES, FROM_STORE = 300, 20, 50, 60


@dataclass(frozen=True, slots=True)
class Ownership:
    """Of one graph: its size, seconds to read it whole and to work out all shares, how many these are, the members of
    its largest circle; milliseconds of one answer as JSON, on the graph once read and read from the store for itself.
    """

    graph: str
    subjects: int
    stakes: int
    circle: int
    read: float
    solved: float
    shares: int
    once_read: Sequence[float]
    from_store: Sequence[float]


def measure(store: Store, graph: str) -> Ownership:
    """Random subjects, those with the most holdings, and members of circles."""
    as_of = date.today().isoformat()
    started = time.perf_counter()
    known = reading.read_whole(store, as_of)
    read = time.perf_counter() - started
    started = time.perf_counter()
    shares = Shares.of_capital(known).everything()
    solved = time.perf_counter() - started
    ground = Ground.lasting(known)
    some, circle = _some(ground)
    ownership(store, some[0], as_of=as_of, ground=ground).to_json()  # what is worked out once
    return Ownership(
        graph=graph,
        subjects=len(known.nodes),
        stakes=sum(len(stakes) for stakes in known.into.values()),
        circle=circle,
        read=read,
        solved=solved,
        shares=int(shares.nnz),
        once_read=_times(store, some, as_of, ground),
        from_store=_times(store, some[:FROM_STORE], as_of, None),
    )


def _some(ground: Ground) -> tuple[list[str], int]:
    """Whom to ask about, in random order; and the size of the largest circle."""
    known, chance = ground.known, random.Random(SEED)
    everybody = sorted(known.nodes)
    hubs = sorted(known.out, key=lambda i: (-len(known.out[i]), i))[:LARGEST]
    members = sorted({i for circle in ground.circles for i in circle})
    asked = {
        *chance.sample(everybody, min(RANDOM_SUBJECTS, len(everybody))),
        *hubs,
        *chance.sample(members, min(IN_CIRCLES, len(members))),
    }
    ordered = sorted(asked)
    chance.shuffle(ordered)
    return ordered, max((len(circle) for circle in ground.circles), default=0)


def _times(store: Store, subjects: Sequence[str], as_of: str, ground: Ground | None) -> list[float]:
    """Milliseconds of each, ascending."""
    found = []
    for subject in subjects:
        started = time.perf_counter()
        if ground is None:
            ownership(store, subject, as_of=as_of).to_json()
        else:
            ownership(store, subject, as_of=as_of, ground=ground).to_json()
        found.append((time.perf_counter() - started) * 1000)
    return sorted(found)

"""How long `exposure` takes, over random subjects and over those beside hubs."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from graph.cypher import text
from graph.store import Store
from queries.exposure import expose
from queries.policy import shipped

SEED = 7
RANDOM_SUBJECTS, BESIDE_HUBS = 500, 50
WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds over one group of subjects; `exposures` is how many they had together."""

    group: str
    subjects: int
    p50: float
    p95: float
    p99: float
    worst: float
    exposures: int

    def to_json(self) -> dict[str, object]:
        """By field name."""
        return asdict(self)


def measure(store: Store) -> list[Latency]:
    """Both groups and the two together, after a few questions that are not counted."""
    everybody, beside = _subjects(store), _beside_hubs(store)
    chance = random.Random(SEED)
    some = chance.sample(everybody, min(RANDOM_SUBJECTS, len(everybody)))
    near = chance.sample(beside, min(BESIDE_HUBS, len(beside)))
    for subject in some[:WARM_UP]:
        expose(store, subject, as_of=date.today().isoformat())
    random_times, near_times = _ask(store, some), _ask(store, near)
    return [
        _summed("random", random_times),
        _summed("beside hubs", near_times),
        _summed("all", [*random_times, *near_times]),
    ]


def _subjects(store: Store) -> list[str]:
    return [row["id"] for row in store.read(text("bench", "subjects"), timeout=120.0)]


def _beside_hubs(store: Store) -> list[str]:
    """Neighbours of subjects the policy does not cross for their number of relations."""
    policy = shipped()
    types = policy.carrying(include_possible=False)
    hubs = store.read(text("bench", "hubs", TYPES=types), cap=policy.fanout_cap, timeout=120.0)
    ids = [row["id"] for row in hubs]
    return [row["id"] for row in store.read(text("bench", "neighbours", TYPES=types), ids=ids, timeout=120.0)]


def _ask(store: Store, subjects: Sequence[str]) -> list[tuple[float, int]]:
    """(milliseconds, exposures) of each."""
    times = []
    for subject in subjects:
        started = time.perf_counter()
        answer = expose(store, subject, as_of=date.today().isoformat())
        times.append(((time.perf_counter() - started) * 1000, len(answer.exposures)))
    return times


def _summed(group: str, times: Sequence[tuple[float, int]]) -> Latency:
    ordered = sorted(ms for ms, _ in times) or [0.0]

    found = sum(n for _, n in times)
    p50, p95, p99, worst = (part(ordered, share) for share in (0.5, 0.95, 0.99, 1.0))
    return Latency(group, len(times), p50, p95, p99, worst, found)


def part(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of ascending values lies, to a tenth."""
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1)

"""Questions of tests, answered in tuples."""

from __future__ import annotations

from graph.store import Store
from queries.exposure import ExposureAnswer, expose

DAY = "2025-06-01"


def near(store: Store, asked: str, hops: int | None = None, replay: bool = False) -> set[tuple[str, float, int]]:
    """(listing, score, hops) of all exposures."""
    answer = expose(store, asked, as_of=DAY, hops=hops, replay=replay)
    return {(e.listing.id, e.score, e.hops) for e in answer.exposures}


def stops(answer: ExposureAnswer) -> set[tuple[str, str, int]]:
    """(subject, reason, degree) of all that was not crossed."""
    return {(s.subject.id, s.reason, s.degree) for s in answer.not_crossed}

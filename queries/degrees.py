"""How many relations a subject has, by type, direction and whether in force.

Counting reads every relation once (some 0.2 s for 100,000 of them), so the counts of hubs are kept until the graph
changes; those of others are counted whenever they are asked for.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from graph.cypher import text
from graph.store import Store
from graph.vocabulary import RELATIONS, SUBJECT_RELATION_TYPES
from queries.remembered import Remembered

HUB = 5_000  # relations from which counts are kept


@dataclass(frozen=True, slots=True)
class Degree:
    """The relations of one type in one direction (`along`: stored from the subject): all, and those in force."""

    type: str
    along: bool
    total: int
    active: int

    @property
    def hub(self) -> bool:
        """Whether those in force are so many that what is worked out of them is kept."""
        return self.active >= HUB


_counts: Remembered[tuple[Degree, ...]] = Remembered(256)


def degree(store: Store, subject: str) -> int:
    """All relations of a subject to others, in force or not; 0 for one there is not."""
    rows = store.read(text("queries", "degree", TYPES=SUBJECT_RELATION_TYPES), ids=[subject])
    return rows[0]["degree"] if rows else 0


def degrees(store: Store, subject: str, as_of: str) -> tuple[Degree, ...]:
    """Of every type and direction the subject has, on a day; in the order of the vocabulary, incoming ones first."""
    known = degree(store, subject)
    if known < HUB:
        return _count(store, subject, as_of)
    return _counts.of(store, (subject, as_of, known), lambda: _count(store, subject, as_of))


def _count(store: Store, subject: str, as_of: str) -> tuple[Degree, ...]:
    statement = text("queries", "degrees", TYPES=SUBJECT_RELATION_TYPES)
    found: defaultdict[tuple[str, bool], dict[bool, int]] = defaultdict(dict)
    for row in store.read(statement, id=subject, as_of=as_of):
        found[row["type"], row["along"]][row["active"]] = row["relations"]
    order = list(RELATIONS)
    return tuple(
        Degree(kind, along, sum(counts.values()), counts.get(True, 0))
        for (kind, along), counts in sorted(found.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    )

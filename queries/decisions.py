"""Identity decisions as they stand: who was decided to be the same or not, when and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.cypher import text
from graph.store import Store
from queries.model import Json, Subject, shown
from queries.subjects import subjects

MOST = 200
ALIASES = 1_000


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `a`, `b`: ids as they were; `same`: whether they are one; `at`: when, in UTC; `kept`: the subject
    both now mean (the first alone, where they are one), None where it is no longer there.
    """

    a: str
    b: str
    same: bool
    reason: str
    at: str
    subjects: tuple[Subject | None, Subject | None]

    def to_json(self) -> Json:
        """As `xinmai same --json` tells it, with whom it is about."""
        return {
            "a": self.a,
            "b": self.b,
            "verdict": "yes" if self.same else "no",
            "same": self.same,
            "reason": shown(self.reason) or "",
            "at": self.at,
            "subjects": [one.to_json() if one else None for one in self.subjects],
        }


@dataclass(frozen=True, slots=True)
class Decisions:
    """Newest first; `more`: whether others follow."""

    decisions: tuple[Decision, ...]
    more: bool

    def to_json(self) -> Json:
        """`decisions` and `more`."""
        return {"decisions": [one.to_json() for one in self.decisions], "more": self.more}


def decisions(store: Store, subject: str | None = None, *, skip: int = 0, most: int = MOST) -> Decisions:
    """All decisions, or those that name this subject (its id) or what was merged into it."""
    ids = None if subject is None else sorted(_ids(store, subject))
    rows = store.read(text("queries", "decisions"), ids=ids, skip=skip, most=most + 1)
    kept = rows[:most]
    ends = sorted({row[end] for row in kept for end in ("a", "b")})
    now = {**{id: id for id in ends}, **_means(store, ends)}
    known = subjects(store, now.values())
    told = tuple(
        Decision(
            a=row["a"],
            b=row["b"],
            same=row["verdict"] == "yes",
            reason=row["reason"] or "",
            at=row["at"],
            subjects=(known.get(now[row["a"]]), known.get(now[row["b"]])),
        )
        for row in kept
    )
    return Decisions(told, len(rows) > most)


def between(store: Store, a: str, b: str) -> Decisions:
    """Those that name the first, or what was merged into it, and so the second; of one subject, how it became one."""
    found, first, second = decisions(store, a, most=ALIASES), _ids(store, a), _ids(store, b)
    both = (one for one in found.decisions if {one.a, one.b} & first and {one.a, one.b} & second)
    return Decisions(tuple(both), found.more)


def _ids(store: Store, subject: str) -> set[str]:
    """The subject's id and those given up for it."""
    return {subject, *(row["id"] for row in store.read(text("queries", "other_ids"), id=subject, most=ALIASES))}


def _means(store: Store, ids: Sequence[str]) -> dict[str, str]:
    """Of ids given up, the subject each now means."""
    rows = store.read(text("queries", "meant"), ids=list(ids), most=len(ids))
    return {row["id"]: row["subject"] for row in rows}

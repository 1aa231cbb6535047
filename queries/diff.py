"""What changed between two whole-graph results: who became exposed, who ceased, whose score, band or listing differs.

Only counted and named here; why it changed is told by `diff_causes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from queries.model import Json
from queries.propagated_file import About

Kind = Literal["became", "ceased", "changed"]
KINDS: tuple[Kind, ...] = ("became", "ceased", "changed")
WHAT = ("band", "score", "listing")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two results; `file` None where it was worked out from the graph just now."""

    rows: pd.DataFrame
    about: About
    file: Path | None = None

    def to_json(self) -> Json:
        """What it was made of."""
        told = {name: value for name, value in self.about.to_json().items() if name not in ("not_checked", "note")}
        return {"file": str(self.file) if self.file else None, **told, "exposed": len(self.rows)}


@dataclass(frozen=True, slots=True)
class State:
    """One subject in one of the results: a row of `queries.propagated`."""

    score: float
    hops: int
    listing: str
    listed_subject: str
    band: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What differs for one subject; `before` or `after` is None where it was not exposed."""

    subject: str
    before: State | None
    after: State | None

    @property
    def kind(self) -> Kind:
        """became, ceased or changed."""
        return "became" if self.before is None else "ceased" if self.after is None else "changed"

    @property
    def what(self) -> tuple[str, ...]:
        """Of one that changed: which of band, score and listing."""
        if self.before is None or self.after is None:
            return ()
        return tuple(name for name in WHAT if getattr(self.before, name) != getattr(self.after, name))

    @property
    def order(self) -> tuple[object, ...]:
        """The gravest first: the higher score, of those that changed the greater difference."""
        low = self.before.score if self.before else 0.0
        high = self.after.score if self.after else 0.0
        return (-round(abs(high - low), 9), -max(low, high), self.subject)


def changes(before: Side, after: Side) -> dict[Kind, list[Change]]:
    """Everybody who differs, by kind, the gravest first."""
    old, new = _states(before.rows), _states(after.rows)
    found: dict[Kind, list[Change]] = {kind: [] for kind in KINDS}
    for subject in old.keys() | new.keys():
        change = Change(subject, old.get(subject), new.get(subject))
        if change.kind != "changed" or change.what:
            found[change.kind].append(change)
    for told in found.values():
        told.sort(key=lambda change: change.order)
    return found


def counts(found: dict[Kind, list[Change]]) -> Json:
    """How many, and of those that changed how many in what."""
    moved = [name for change in found["changed"] for name in change.what]
    return {**{kind: len(found[kind]) for kind in KINDS}, **{name: moved.count(name) for name in WHAT}}


def _states(rows: pd.DataFrame) -> dict[str, State]:
    columns = (
        rows[name].tolist() for name in ("subject", "score", "hops", "listing", "listed_subject", "band", "path")
    )
    return {
        subject: State(score, hops, listing, listed, band, tuple(path))
        for subject, score, hops, listing, listed, band, path in zip(*columns, strict=True)
    }

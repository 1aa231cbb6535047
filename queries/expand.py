"""The relations of one subject piece by piece: so many of them, of some types, in one direction, in one order.

Of a hub nothing is read but what its order needs: it is counted, and the first relations come sorted from the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from graph.store import Store
from queries.degrees import Degree, degrees
from queries.expand_asked import Order, Wanted
from queries.expand_rows import Found, Row, fetch
from queries.links import CONTACT
from queries.model import Edge, Json, Listing, Subject
from queries.others import described
from queries.question import Question
from queries.remembered import Remembered
from queries.view_edges import same_fact


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation with the subject at its other end, whether in force, and the entries that list that one."""

    edge: Edge
    other: Subject
    active: bool
    listed: tuple[Listing, ...]

    def to_json(self) -> Json:
        """EDGE with `other`, `active` and `listed`."""
        entries = [entry.to_json() for entry in self.listed]
        return {**self.edge.to_json(), "active": self.active, "other": self.other.to_json(), "listed": entries}


@dataclass(frozen=True, slots=True)
class Expanded:
    """One piece. `total`, `active`: the relations asked for, all and those in force. `left_out`: how many follow.

    `not_crossed`: contacts too many gave to be a relation. `ordered`: false where only the listed ones of a hub stand
    in order, and the others behind them as they are stored. `complete`: false where not every contact
    was looked at.
    """

    subject: Subject
    as_of: str
    total: int
    active: int
    relations: tuple[Relation, ...]
    left_out: int
    not_crossed: tuple[Json, ...]
    ordered: bool
    complete: bool

    def to_json(self) -> Json:
        """Answer of /api/expand."""
        return {
            "subject": self.subject.to_json(),
            "as_of": self.as_of,
            "total": self.total,
            "active": self.active,
            "relations": [relation.to_json() for relation in self.relations],
            "more": self.left_out > 0,
            "left_out": self.left_out,
            "not_crossed": list(self.not_crossed),
            "ordered": self.ordered,
            "complete": self.complete,
        }


def expand(store: Store, subject: Subject, wanted: Wanted) -> Expanded:
    """A piece of the relations of a subject that there is.

    Raises InputError for a type or an order unknown, or too many wanted at once.
    """
    wanted = wanted.checked()
    question = Question.of({"as_of": wanted.as_of, "replay": wanted.replay})
    counts = _counted(store, subject.id, wanted)
    total, active = sum(count.total for count in counts), sum(count.active for count in counts)
    wanted = _narrowed(wanted, counts)
    found = fetch(store, subject.id, wanted, question, active)
    rows = _once(found.rows.values())
    ranked = sorted(rows, key=lambda row: _rank(row, wanted, found))
    page = ranked[wanted.skip : wanted.skip + wanted.limit]
    contacts = [row for row in found.rows.values() if row.edge.via]
    stored = active if wanted.active else total
    every = len(found.rows) - len(contacts) >= stored
    twice, twice_active = len(found.rows) - len(rows), _active(found.rows.values()) - _active(rows)
    others = [row.other for row in page]
    facts, entries = described(store, others, question)
    return Expanded(
        subject=subject,
        as_of=question.as_of,
        total=total + len(contacts) - twice,
        active=active + _active(contacts) - twice_active,
        relations=tuple(Relation(row.edge, facts[row.other], row.active, entries.get(row.other, ())) for row in page),
        left_out=max(0, (len(ranked) if every else stored + len(contacts)) - wanted.skip - len(page)),
        not_crossed=found.busy,
        ordered=found.ordered,
        complete=found.complete,
    )


def _counted(store: Store, subject: str, wanted: Wanted) -> list[Degree]:
    if not wanted.stored:
        return []
    counts = degrees(store, subject, wanted.as_of)
    return [count for count in counts if count.type in wanted.stored and count.along in wanted.ways]


def _narrowed(wanted: Wanted, counts: Sequence[Degree]) -> Wanted:
    """The same relations asked for by the types and directions there are: fewer to look for, and one question of a hub
    however it was asked.
    """
    there = [count for count in counts if (count.active if wanted.active else count.total)]
    kinds = {count.type for count in there}
    ways = {count.along for count in there}
    types = tuple(kind for kind in wanted.types if kind in kinds or kind == CONTACT)
    return replace(wanted, types=types, direction="both" if len(ways) != 1 else "out" if True in ways else "in")


def prepare(store: Store, subject: Subject, as_of: str) -> None:
    """Sort the relations of a hub before somebody expands it, in every order; done already, or no hub: next to nothing.

    For the moment in which its card is read.
    """
    hubs = [count for count in degrees(store, subject.id, as_of) if count.hub]
    if hubs:
        _prepared.of(store, (subject.id, as_of), lambda: _sorted(store, subject, as_of, hubs))


def _sorted(store: Store, subject: Subject, as_of: str, hubs: Iterable[Degree]) -> bool:
    whole = Wanted(as_of)
    parts = [replace(whole, types=(hub.type,), direction="out" if hub.along else "in") for hub in hubs]
    for order in get_args(Order):
        for wanted in (whole, *parts):
            expand(store, subject, replace(wanted, order=order))
    return True


_prepared: Remembered[bool] = Remembered(256)


def _once(rows: Iterable[Row]) -> list[Row]:
    """Without what says again what another one says."""
    kept: dict[tuple[str, ...], Row] = {}
    for row in rows:
        kept.setdefault(same_fact(row.edge), row)
    return list(kept.values())


def _active(rows: Iterable[Row]) -> int:
    return sum(row.active for row in rows)


def _rank(row: Row, wanted: Wanted, found: Found) -> tuple[object, ...]:
    """Where a relation stands; as the store sorts, but for the severity of the other."""
    if not found.ordered:  # as they came: another piece must not find them in another order
        return (not row.active, -found.severity.get(row.other, 0))
    by_share = 0 - (row.edge.ratio if row.edge.ratio is not None else -1)
    newest = -int((row.edge.since or "0").replace("-", ""))
    first: object = {
        "risk": (-found.severity.get(row.other, 0), by_share),
        "share": by_share,
        "since": newest,
        "name": row.name,
    }[wanted.order]
    return (not row.active, first, row.edge.record or "", row.edge.type, row.other)

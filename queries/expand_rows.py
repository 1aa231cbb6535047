"""What `expand` fetches: as many relations as its order needs, sorted and cut in the store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from graph.cypher import text
from graph.store import Store
from queries.expand_asked import Wanted
from queries.links import CONTACT, NEVER, shared, via
from queries.model import Edge, Json, Listing, in_force
from queries.others import listed, subjects
from queries.question import Question

LISTED_MOST = 5_000  # relations to listed others that are weighed for the order by risk, in each direction
CONTACTS_MOST = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A relation before its other end is known in full."""

    edge: Edge
    other: str
    name: str
    active: bool


@dataclass(slots=True)
class Found:
    """What was fetched: rows by key, severity of listed others, contacts too many gave.

    `every`: whether nothing stored lies behind it. `complete`: whether all listed others and contacts were seen.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    severity: dict[str, Decimal] = field(default_factory=dict)
    busy: tuple[Json, ...] = ()
    every: bool = True
    complete: bool = True


def fetch(store: Store, subject: str, wanted: Wanted, question: Question) -> Found:
    """At least the first `skip` + `limit` of what is wanted, in its order."""
    found = Found()
    if wanted.stored:
        _sorted(store, subject, wanted, found)
        if wanted.order == "risk":
            _listed(store, subject, wanted, question, found)
    if CONTACT in wanted.types:
        _contacts(store, subject, wanted, question, found)
    return found


def in_force_on(edge: Edge, day: str) -> bool:
    """Whether a relation is in force on a day."""
    return (edge.since or "") <= day < (edge.until or NEVER)


def _sorted(store: Store, subject: str, wanted: Wanted, found: Found) -> None:
    """The first relations by what the store can sort by; where risk is the order, by share."""
    most = wanted.skip + wanted.limit + 1
    rows = store.read(
        text("queries", "expand", TYPES=wanted.stored),
        **_ways(subject, wanted),
        as_of=wanted.as_of,
        ended=not wanted.active,
        order="share" if wanted.order == "risk" else wanted.order,
        most=most,
    )
    found.every = not _full(rows, most)
    found.rows |= {row["key"]: _row(subject, row, wanted.as_of) for row in rows if row["other"] != subject}


def _listed(store: Store, subject: str, wanted: Wanted, question: Question, found: Found) -> None:
    """The relations to listed others, and how severe their entries are."""
    statement = text("queries", "expand_listed", TYPES=wanted.stored)
    rows = store.read(statement, **_ways(subject, wanted), most=LISTED_MOST)
    found.complete &= not _full(rows, LISTED_MOST)
    days = question.listed_days
    for row in rows:
        relation = _row(subject, row, wanted.as_of)
        if row["other"] == subject or not (relation.active or not wanted.active):
            continue
        if in_force(row["entry"], days["as_of"], days["over"]):
            found.rows[row["key"]] = relation
            _weigh(found, row["other"], [question.listing(row["entry"])], question)


def _contacts(store: Store, subject: str, wanted: Wanted, question: Question, found: Found) -> None:
    """Others that gave a contact the subject gave, unless too many did."""
    rows = store.read(text("queries", "expand_contacts"), id=subject, as_of=wanted.as_of, most=CONTACTS_MOST + 1)
    found.complete &= len(rows) <= CONTACTS_MOST
    cap = question.policy.fanout_cap
    found.busy = tuple({**via(row), "degree": row["degree"]} for row in rows if row["degree"] > cap)
    mine = [row for row in rows[:CONTACTS_MOST] if row["degree"] <= cap]
    first, last = (wanted.as_of, wanted.as_of) if wanted.active else ("", NEVER)
    given = store.read(
        text("queries", "paths_bearers"),
        contacts=sorted({row["contact"] for row in mine}),
        first=first,
        last=last,
        cap=cap,
        through=True,
    )
    bearers = {row["contact"]: row["bearers"] for row in given}
    edges = [
        (f"{row['contact']} {row['record']} {other} {theirs[-1]}", shared(row, other, theirs))
        for row in mine
        for other, *theirs in bearers.get(row["contact"], ())
        if other != subject
    ]
    kept = {key: edge for key, edge in edges if in_force_on(edge, wanted.as_of) or not wanted.active}
    others = {edge.target for edge in kept.values()}
    facts = subjects(store, others)
    for key, edge in kept.items():
        name = facts[edge.target].name or ""
        found.rows[key] = Row(edge, edge.target, name, in_force_on(edge, wanted.as_of))
    for other, entries in listed(store, others, question).items():
        _weigh(found, other, entries, question)


def _ways(subject: str, wanted: Wanted) -> Json:
    return {"out": [subject] if True in wanted.ways else [], "in": [subject] if False in wanted.ways else []}


def _full(rows: Iterable[Json], most: int) -> bool:
    """Whether either direction has as many rows as were asked for."""
    along = [row["along"] for row in rows]
    return any(along.count(way) >= most for way in (True, False))


def _row(subject: str, row: Json, as_of: str) -> Row:
    ends = (subject, row["other"]) if row["along"] else (row["other"], subject)
    edge = Edge.read(row["type"], ends, row["edge"])
    return Row(edge, row["other"], row["name"] or "", in_force_on(edge, as_of))


def _weigh(found: Found, other: str, entries: Iterable[Listing], question: Question) -> None:
    weights = [question.policy.severity_of(entry.list, entry.tier) for entry in entries]
    found.severity[other] = max([found.severity.get(other, Decimal(0)), *weights])

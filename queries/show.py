"""One subject as the graph knows it: identifiers, entries, relations with dates and records, contacts, sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.cypher import text
from graph.errors import NotFoundError
from graph.mask import mask_code, mask_contact
from graph.store import Store
from graph.vocabulary import RELATIONS, STRUCTURAL_TYPES
from queries.degrees import Degree, degrees
from queries.model import Edge, Json, Listing, Subject, in_force, shown
from queries.question import Question
from queries.subjects import subjects

LARGE = 2_000  # relations of one type and direction up to which those shown are the first by id
SHOWN = 50  # relations shown of each type and direction, and contacts
CONTACTS_READ = 10_000  # the others are counted
_ABOUT = ("reg_no", "id_type", "sector", "state_owned", "region", "established", "conducts")


@dataclass(frozen=True, slots=True)
class Group:
    """The relations of one type in one direction. `along`: stored from the subject. `shown` may be fewer than
    `total`; those in force on the day (`active`) come first.
    """

    type: str
    along: bool
    total: int
    active: int
    shown: tuple[tuple[Edge, Subject], ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What `show` answers. `about`: what else is known of the subject. `entries`: (how it is joined to the entry,
    the relation's own facts, the entry, whether in force); ended ones only in a replay, `ended` counts them.
    `contacts_left_out`: contacts beyond those told.
    """

    subject: Subject
    as_of: str
    about: Json
    names: tuple[str, ...]
    other_ids: tuple[str, ...]
    entries: tuple[tuple[str, Json, Listing, bool], ...]
    ended: int
    groups: tuple[Group, ...]
    contacts: tuple[Json, ...]
    contacts_left_out: int
    sources: tuple[str, ...]

    def to_json(self) -> Json:
        """`show --json`."""
        return {
            "subject": self.subject.to_json(),
            "as_of": self.as_of,
            "about": self.about,
            "names": list(self.names),
            "other_ids": list(self.other_ids),
            "listed": self._joined("LISTED"),
            "named_in": self._joined("NAMED_IN"),
            "exempt_from": self._joined("EXEMPT_FROM"),
            "ended": self.ended,
            "relations": [
                {**edge.to_json(), "other": other.to_json()} for group in self.groups for edge, other in group.shown
            ],
            "counts": [_count(group) for group in self.groups],
            "contacts": list(self.contacts),
            "contacts_left_out": self.contacts_left_out,
            "sources": list(self.sources),
        }

    def _joined(self, kind: str) -> list[Json]:
        return [
            {**listing.to_json(), **({} if kind == "LISTED" else facts), "active": active}
            for joined, facts, listing, active in self.entries
            if joined == kind
        ]


def show(store: Store, subject_id: str, *, as_of: str, replay: bool = False, most: int = SHOWN) -> Card:
    """The card of one subject, by id, on a day; `most` relations of each type and direction.

    Raises NotFoundError when there is none with that id.
    """
    question = Question.of({"as_of": as_of, "replay": replay})
    found = store.read(text("queries", "show"), id=subject_id)
    if not found:
        raise NotFoundError(subject_id)
    props = found[0]["props"]
    rows = store.read(text("queries", "show_entries", TYPES=STRUCTURAL_TYPES), id=subject_id)
    entries = [_entry(row, question) for row in rows]
    contacts = _contacts(store, subject_id, as_of, CONTACTS_READ)
    return Card(
        subject=Subject.read(props),
        as_of=question.as_of,
        about=_about(props),
        names=tuple(props.get("aliases") or ()),
        other_ids=tuple(found[0]["ids"]),
        entries=tuple(entry for entry in entries if replay or entry[3]),
        ended=sum(not entry[3] for entry in entries),
        groups=_groups(store, subject_id, as_of, most),
        contacts=tuple(_contact(row) for row in contacts[:SHOWN]),
        contacts_left_out=max(0, len(contacts) - SHOWN),
        sources=tuple(props.get("sources") or ()),
    )


def _about(props: Mapping[str, Any]) -> Json:
    known = {name: props[name] for name in _ABOUT if props.get(name) is not None}
    return {**known, **({"reg_no": mask_code(known["reg_no"])} if "reg_no" in known else {})}


def _entry(row: Json, question: Question) -> tuple[str, Json, Listing, bool]:
    days = question.listed_days
    facts = {name: row["edge"].get(name) for name in ("role", "name", "kind", "since", "until", "doc_no")}
    facts = {name: shown(value) for name, value in facts.items() if value}
    active = in_force(row["entry"], days["as_of"], days["over"])
    return row["type"], facts, question.listing(row["entry"]), active


def _groups(store: Store, subject: str, as_of: str, most: int) -> tuple[Group, ...]:
    counts = degrees(store, subject, as_of)
    large = {count.type for count in counts if count.total > LARGE}
    small = tuple(dict.fromkeys(count.type for count in counts if count.type not in large))
    found: dict[tuple[str, bool], tuple[tuple[Edge, Subject], ...]] = {}
    if small:
        statement = text("queries", "show_relations", TYPES=small)
        for row in store.read(statement, id=subject, as_of=as_of, most=most):
            found[row["type"], row["along"]] = tuple(_relation(subject, row, *pair) for pair in row["found"])
    for count in counts:
        if count.type in large:
            found[count.type, count.along] = _some(store, subject, as_of, count, most)
    return tuple(
        Group(count.type, count.along, count.total, count.active, found.get((count.type, count.along), ()))
        for count in counts
    )


def _some(store: Store, subject: str, as_of: str, count: Degree, most: int) -> tuple[tuple[Edge, Subject], ...]:
    """So many of a large group as they are stored, those in force before the others: sorting them takes too long."""
    statement = text("queries", "expand_any", TYPES=count.type)
    ways: Json = {"out": [subject] if count.along else [], "in": [] if count.along else [subject]}
    rows = store.read(statement, **ways, as_of=as_of, active=True, most=most)
    if len(rows) < most:
        rows += store.read(statement, **ways, as_of=as_of, active=False, most=most - len(rows))
    others = subjects(store, (row["other"] for row in rows))
    return tuple(
        (Edge.read(count.type, _ends(subject, count.along, row["other"]), row["edge"]), others[row["other"]])
        for row in rows
    )


def _ends(subject: str, along: bool, other: str) -> tuple[str, str]:
    return (subject, other) if along else (other, subject)


def _relation(subject: str, group: Json, props: Json, other: Json) -> tuple[Edge, Subject]:
    return Edge.read(group["type"], _ends(subject, group["along"], other["id"]), props), Subject.read(other)


def _count(group: Group) -> Json:
    return {
        "type": group.type,
        "label": RELATIONS[group.type].label,
        "direction": "out" if group.along else "in",
        "total": group.total,
        "active": group.active,
        "shown": len(group.shown),
    }


def _contacts(store: Store, subject: str, as_of: str, most: int) -> list[Json]:
    return store.read(text("queries", "show_contacts"), id=subject, as_of=as_of, most=most)


def _contact(row: Json) -> Json:
    return {**row, "value": mask_contact(row["kind"], row["value"]), "record": shown(row["record"])}

"""Rows of `listings` and what hangs on them (names, events, exemptions) as nodes and edges, and what differs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from graph.mask import mask_id
from graph.vocabulary import ENDED_STATES
from loaders.checks import rejection
from loaders.edges import END_RECORD, Edge
from loaders.facts import Facts, Rejection, rows
from loaders.relations import Ends

TEXTS = (
    "list", "authority", "doc_no", "basis", "ground", "reason", "tier", "listed_on", "expires_on",
    "removed_on", "state", "record",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """A listing as the graph holds it."""

    props: dict[str, Any]
    subject: str


@dataclass(slots=True)
class ListingDiff:
    """What a load would do to one source's listings; values are the properties to set."""

    added: dict[str, dict[str, Any]] = field(default_factory=dict)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)
    refreshed: dict[str, dict[str, Any]] = field(default_factory=dict)
    ended: dict[str, dict[str, Any]] = field(default_factory=dict)
    moved: list[tuple[str, str]] = field(default_factory=list)  # (listing, new subject)
    subject: dict[str, str] = field(default_factory=dict)
    unchanged: int = 0


@dataclass(slots=True)
class Entries:
    """The listings of a load, whose they are, and the links that hang on them."""

    props: dict[str, dict[str, Any]] = field(default_factory=dict)
    subject: dict[str, str] = field(default_factory=dict)
    events: dict[str, list[str]] = field(default_factory=dict)
    links: list[Edge] = field(default_factory=list)


def entries(facts: Facts, ends: Ends, held: dict[str, Held], rejected: list[Rejection]) -> Entries:
    """Read the listing tables; rows that refer to nothing, or to another source's entry, are rejected."""
    made = Entries()
    for row in rows(facts.listings):
        why = _take(row, ends, held, made)
        if why:
            rejected.append(rejection(pd.Series(row), why))
    for row in rows(facts.events):
        if not _is_ours(row["listing"], ends, held, made):
            rejected.append(rejection(pd.Series(row), f"名单记录不存在：{row['listing']}"))
            continue
        made.events.setdefault(row["listing"], []).append(f"{row['on']} {row['state']} {row['record']}")
    for name, frame in (("NAMED_IN", facts.listing_names), ("EXEMPT_FROM", facts.exemptions)):
        for row in rows(frame):
            why = _link(name, row, ends, made, held)
            if why:
                rejected.append(rejection(pd.Series(row), why))
    return made


def _take(row: dict[str, str], ends: Ends, held: dict[str, Held], made: Entries) -> str:
    subject = ends.find(row["subject"])
    if subject is None:
        return f"主体不存在：{row['subject']}"
    if row["id"] in made.props:
        return f"名单记录编号重复：{row['id']}"
    before = held.get(row["id"])
    if before is not None and before.props.get("origin") != ends.origin:
        return f"名单记录编号 {row['id']} 已被来源 {before.props.get('origin')} 使用"
    props: dict[str, Any] = {name: row[name] for name in TEXTS if row[name]}
    props["state"] = row["state"] or "listed"
    if row["amount"]:
        props["amount"] = float(row["amount"])
    made.props[row["id"]] = {**props, "id": row["id"], "origin": ends.origin}
    made.subject[row["id"]] = subject.id
    return ""


def _is_ours(listing: str, ends: Ends, held: dict[str, Held], made: Entries) -> bool:
    return listing in made.props or (listing in held and held[listing].props.get("origin") == ends.origin)


def _link(kind: str, row: dict[str, str], ends: Ends, made: Entries, held: dict[str, Held]) -> str:
    if row["listing"] not in made.props and row["listing"] not in held:
        return f"名单记录不存在：{row['listing']}"
    subject = ends.find(row["subject"])
    if subject is None:
        return f"主体不存在：{row['subject']}"
    kept = ("role", "name", "kind", "since", "until", "doc_no", "record")
    props: dict[str, Any] = {name: row[name] for name in kept if row.get(name)}
    if row.get("id_number"):
        props["id_masked"] = mask_id(row["id_number"])
    made.links.append(Edge(kind, subject.id, row["listing"], {**props, "origin": ends.origin}))
    return ""


def compare(made: Entries, held: dict[str, Held], *, full: bool, gone: Gone) -> ListingDiff:
    """What differs between the listings a source had and those it has now."""
    diff = ListingDiff(subject=dict(made.subject))
    for listing in {**made.props, **dict.fromkeys(made.events)}:
        _compare_one(listing, made, held, diff)
    if full:
        for listing, before in held.items():
            ours = before.props.get("origin") == gone.origin
            if ours and listing not in made.props and not before.props.get("removed_on"):
                diff.ended[listing] = gone.ending()
    return diff


@dataclass(frozen=True, slots=True)
class Gone:
    """How an entry that a full load no longer holds is ended."""

    origin: str
    on: str
    file: str

    def ending(self) -> dict[str, Any]:
        """The properties that say so."""
        return {"removed_on": self.on, "state": "expired", "record": END_RECORD.format(file=self.file)}


def _compare_one(listing: str, made: Entries, held: dict[str, Held], diff: ListingDiff) -> None:
    before = held.get(listing)
    old = before.props if before is not None else {}
    new = dict(made.props.get(listing) or old)
    events = _timeline([*(old.get("events") or ()), *made.events.get(listing, ())])
    if events:
        new["events"] = events
    if before is None:
        diff.added[listing] = new
        return
    moved = listing in made.subject and made.subject[listing] != before.subject
    if moved:
        diff.moved.append((listing, made.subject[listing]))
    setting = {**{k: None for k in old if k not in new}, **new}
    if moved or _facts(old) != _facts(new):
        diff.changed[listing] = setting
    else:
        diff.unchanged += 1
        if old != new:
            diff.refreshed[listing] = setting


def _timeline(events: Iterable[str]) -> list[str]:
    """Events in order of day, one for each (day, state); a later record of the same one takes its place."""
    by_event = {_said(event): event for event in events}
    return [by_event[said] for said in sorted(by_event, key=lambda said: said[:10])]


def _said(event: str) -> str:
    """Day and state of an event, without its record."""
    return " ".join(event.split(" ", 2)[:2])


def _facts(props: dict[str, Any]) -> dict[str, Any]:
    kept = {k: v for k, v in props.items() if k != "record" and v is not None}
    kept["events"] = [_said(e) for e in props.get("events") or ()]
    return kept


def active(held: Iterable[Held]) -> int:
    """How many of these listings have not ended."""
    return sum(1 for h in held if not h.props.get("removed_on") and h.props.get("state") not in ENDED_STATES)

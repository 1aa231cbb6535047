"""The objects answers are made of: subjects, listings, edges and paths, as the contract prints them.

Personal numbers and phones are masked here, where values leave the graph; names never are. Dates are ISO texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph.mask import mask_code, mask_id, scrub
from graph.vocabulary import ENDED_STATES

Json = dict[str, Any]
SHARES = ("ratio_min", "ratio_max", "votes", "income")  # of a holding, beside its ratio


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject as answers show it; `id_masked` is a person's number with its middle starred."""

    id: str
    kind: str | None = None
    form: str | None = None
    name: str | None = None
    uscc: str | None = None
    id_masked: str | None = None
    status: str | None = None

    @classmethod
    def read(cls, props: Mapping[str, Any]) -> Subject:
        """From the properties of a Subject node."""
        code, number = props.get("uscc"), props.get("id_number")
        return cls(
            id=props["id"],
            kind=props.get("kind"),
            form=props.get("form"),
            name=props.get("name"),
            uscc=mask_code(code) if code else None,
            id_masked=mask_id(number) if number else None,
            status=props.get("status"),
        )

    def to_json(self) -> Json:
        """SUBJECT of the contract."""
        return _fields(self)


@dataclass(frozen=True, slots=True)
class Listing:
    """An entry of a list as it stood on a day; `state_now` is set where that day is past."""

    id: str
    list: str
    authority: str | None
    doc_no: str | None
    basis: str | None
    ground: str | None
    reason: str | None
    tier: str | None
    listed_on: str | None
    expires_on: str | None
    removed_on: str | None
    state: str
    disputed: bool
    record: str | None
    state_now: str | None = None

    @classmethod
    def read(cls, props: Mapping[str, Any], as_of: str, today: str) -> Listing:
        """From the properties of a Listing node: its state on `as_of`, and `today` where that is later."""
        last = last_event(props, as_of)
        plain = ("authority", "basis", "ground", "tier", "listed_on", "expires_on", "removed_on")
        return cls(
            id=props["id"],
            list=props["list"],
            **{name: props.get(name) or None for name in plain},
            **{name: shown(props.get(name)) for name in ("doc_no", "reason", "record")},
            state=state_on(props, as_of, today),
            disputed=last == "objected",
            state_now=state_on(props, today, today) if as_of < today else None,
        )

    def to_json(self) -> Json:
        """LISTING of the contract; with `state_now` only for a past day."""
        fields = _fields(self)
        if self.state_now is None:
            del fields["state_now"]
        return fields


def state_on(props: Mapping[str, Any], day: str, today: str) -> str:
    """The state of a listing on `day`: what had ended it by then, else its last event, else "listed".

    From today on the stored state is the last word on what has no date of its own.
    """
    stored, said = props.get("state") or "listed", last_event(props, day)
    if props.get("removed_on") and props["removed_on"] <= day:
        return next((state for state in (stored, said) if state in ENDED_STATES), "expired")
    if props.get("expires_on") and props["expires_on"] < day:
        return "expired"
    if said or day < today or stored in ENDED_STATES:
        return said or "listed"
    return str(stored)


def in_force(props: Mapping[str, Any], as_of: str, over: str) -> bool:
    """Whether a listing is active on `as_of` and has not ended by `over` (the same day or later).

    The same condition as in `exposure.cypher`. An entry without a day of listing counts as listed since ever.
    """
    begun = not props.get("listed_on") or props["listed_on"] <= as_of
    removed = bool(props.get("removed_on")) and props["removed_on"] <= over
    expired = bool(props.get("expires_on")) and props["expires_on"] < over
    return begun and not removed and not expired and last_event(props, as_of) != "suspended"


def last_event(props: Mapping[str, Any], day: str) -> str:
    """The state the last event up to and on `day` says; "" without one."""
    past = [event for event in props.get("events") or () if event[:10] <= day]
    return str(past[-1].split(" ")[1]) if past else ""


@dataclass(frozen=True, slots=True)
class Edge:
    """One relation on a path. `weight`: the share it lets through, None where nothing is weighed.

    `via`: the shared contact ({kind, value}, masked) where the two are joined over one. `shares`: what else is known
    of a holding: the bounds of its ratio, its votes, its income rights.
    """

    type: str
    source: str
    target: str
    ratio: float | None = None
    title: str | None = None
    since: str | None = None
    until: str | None = None
    seen_on: str | None = None
    weight: float | None = None
    record: str | None = None
    via: Json | None = None
    shares: Json | None = None

    @classmethod
    def read(cls, kind: str, ends: tuple[str, str], props: Mapping[str, Any], weight: float | None = None) -> Edge:
        """From the properties of a relation stored from the first to the second of `ends`."""
        told = ("ratio", "title", "since", "until", "seen_on", "record")
        kept: dict[str, Any] = {name: props.get(name) for name in told}
        more = {name: props[name] for name in SHARES if props.get(name) is not None}
        return cls(kind, *ends, weight=weight, shares=more or None, **kept)

    def to_json(self) -> Json:
        """An edge of the contract's PATH; with `via` only where there is a contact, and bounds, votes and income
        rights only where they are known.
        """
        fields = {**_fields(self), "title": shown(self.title), "record": shown(self.record)}
        if self.via is None:
            del fields["via"]
        del fields["shares"]
        return {**fields, **(self.shares or {})}


@dataclass(frozen=True, slots=True)
class Path:
    """Subjects and the edges between them, one edge fewer than subjects."""

    nodes: tuple[Subject, ...]
    edges: tuple[Edge, ...] = ()

    def to_json(self) -> Json:
        """PATH of the contract."""
        return {"nodes": [n.to_json() for n in self.nodes], "edges": [e.to_json() for e in self.edges]}


@dataclass(frozen=True, slots=True)
class NotCrossed:
    """A subject a search reached and did not go on from: `fanout` or `conducts`, and its relations counted."""

    subject: Subject
    reason: str
    degree: int

    def to_json(self) -> Json:
        """An entry of the contract's `not_crossed`."""
        return {"subject": self.subject.to_json(), "reason": self.reason, "degree": self.degree}


def shown(value: Any) -> str | None:
    """Free text as it may be shown, None for an empty one."""
    return scrub(str(value)) if value not in (None, "") else None


def _fields(value: Any) -> Json:
    return {name: getattr(value, name) for name in value.__slots__}

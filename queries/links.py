"""Who is one relation, or one shared contact, away: the graph as `paths` walks it, fetched as it goes."""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from typing import Any

from graph.cypher import text
from graph.errors import QueryTimeoutError
from graph.mask import mask_contact
from graph.store import Store
from graph.vocabulary import RELATIONS
from queries.hops import OutOfTimeError
from queries.model import Edge, Json

BATCH = 400
CONTACT = "CONTACT"
NEVER = "9999-99-99"  # after every day
TWICE = tuple(t.name for t in RELATIONS.values() if t.symmetric)


@dataclass(slots=True)
class Place:
    """A subject walked to: `stop` says why nothing goes through it, `links` the edges that lead to each other, told
    when they are asked for: few of those met stand in an answer.
    """

    degree: int = 0
    stop: str = ""
    links: dict[str, list[Callable[[], Edge]]] = field(default_factory=dict)

    def between(self, other: str) -> tuple[Edge, ...]:
        """The edges to `other`, by (type, ends, record); what reads the same either way once, though stored twice."""
        kept: list[Edge] = []
        for edge in sorted((told() for told in self.links[other]), key=_key):
            if edge.type not in TWICE or edge.type not in {known.type for known in kept}:
                kept.append(edge)
        return tuple(kept)


@dataclass(frozen=True, slots=True)
class Walk:
    """How the graph is walked: relation types, the days (first and last: what was in force on any of them counts),
    the fan-out cap, until when (time.monotonic), and whether hubs are crossed.
    """

    types: tuple[str, ...]
    days: tuple[str, str]
    cap: int
    deadline: float
    through: bool = False


class Links(ABC):
    """Places by subject id, fetched once each.

    `busy`: contacts more subjects gave than the cap, by id, each {kind, value, degree}.
    """

    def __init__(self, walk: Walk, ends: Iterable[str]) -> None:
        self.places: dict[str, Place] = {}
        self.busy: dict[str, Json] = {}
        self._walk, self._ends = walk, frozenset(ends)
        self._bearers: dict[str, list[list[Any]]] = {}

    def fetch(self, subjects: Iterable[str]) -> None:
        """Fetch the places not known yet. Raises OutOfTimeError."""
        wanted = sorted({subject for subject in subjects if subject not in self.places})
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            self.places |= {subject: Place() for subject in batch}
            try:
                self._relations(batch)
                if CONTACT in self._walk.types:
                    self._contacts(batch)
            except OutOfTimeError:
                for subject in batch:  # half fetched is not fetched
                    del self.places[subject]
                raise

    def open(self, subject: str) -> bool:
        """Whether a path may go through a place already fetched."""
        return self._walk.through or not self.places[subject].stop

    def check(self) -> None:
        """Raise OutOfTimeError when the time is over."""
        if time.monotonic() > self._walk.deadline:
            raise OutOfTimeError

    def _through(self, subject: str) -> bool:
        return self._walk.through or subject in self._ends

    @abstractmethod
    def _relations(self, batch: Sequence[str]) -> None:
        """Fill the places of a batch with their degrees, stops and relations."""

    @abstractmethod
    def _given(self, batch: Sequence[str]) -> list[Json]:
        """The contacts these gave: {id, conducts, contact, kind, value, since, until, record}, the first two being the
        subject's.
        """

    @abstractmethod
    def _givers(self, contacts: Sequence[str]) -> list[Json]:
        """Who gave each contact: {contact, degree, bearers: [[id, since, until, record]]}, none of too many."""

    def _contacts(self, batch: Sequence[str]) -> None:
        rows = self._given(batch)
        self._fetch_bearers(rows)
        for row in rows:
            place = self.places[row["id"]]
            if not row["conducts"]:
                place.stop = "conducts"
            if not self.open(row["id"]) and row["id"] not in self._ends:
                continue
            for other, *theirs in self._bearers.get(row["contact"], ()):
                edge = shared(row, other, theirs)
                if other != row["id"] and self._in_force(edge):
                    place.links.setdefault(other, []).append(partial(shared, row, other, theirs))

    def _in_force(self, edge: Edge) -> bool:
        """Whether two gave a contact at one time, and on a day that counts."""
        first, last = self._walk.days
        since, until = edge.since or "", edge.until or NEVER
        return since < until and since <= last and until > first

    def _fetch_bearers(self, rows: Sequence[Json]) -> None:
        contacts = {row["contact"]: row for row in rows if row["contact"] not in self._bearers}
        for row in self._givers(sorted(contacts)):
            self._bearers[row["contact"]] = row["bearers"]
            if row["degree"] > self._walk.cap and not self._walk.through:
                self.busy[row["contact"]] = {**via(contacts[row["contact"]]), "degree": row["degree"]}


class StoredLinks(Links):
    """Asked of the store: a statement a layer."""

    def __init__(self, store: Store, walk: Walk, ends: Iterable[str]) -> None:
        super().__init__(walk, ends)
        self._store = store

    def _relations(self, batch: Sequence[str]) -> None:
        types = tuple(t for t in self._walk.types if t != CONTACT)
        if not types:
            return
        statement = text("queries", "paths", TYPES=types)
        for row in self._read(statement, frontier=self._frontier(batch), cap=self._walk.cap, twice=list(TWICE)):
            place = self.places[row["id"]]
            place.degree, place.stop = row["degree"], row["stop"]
            for step in row["steps"]:
                if step[0] != row["id"]:
                    place.links.setdefault(step[0], []).append(partial(_stored, row["id"], step))

    def _given(self, batch: Sequence[str]) -> list[Json]:
        return self._read(text("queries", "paths_contacts"), frontier=self._frontier(batch))

    def _givers(self, contacts: Sequence[str]) -> list[Json]:
        return self._read(
            text("queries", "paths_bearers"), contacts=contacts, cap=self._walk.cap, through=self._walk.through
        )

    def _frontier(self, batch: Sequence[str]) -> list[Json]:
        return [{"id": i, "through": self._through(i)} for i in batch]

    def _read(self, statement: str, **params: Any) -> list[Json]:
        left = self._walk.deadline - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        try:
            # In whole seconds: the limit goes along with the text, and texts seen before are not parsed again.
            first, last = self._walk.days
            return self._store.read(statement, timeout=ceil(left), first=first, last=last, **params)
        except QueryTimeoutError as error:
            raise OutOfTimeError from error


def _stored(mine: str, step: Sequence[Any]) -> Edge:
    """The edge a step of `paths.cypher` is, from the subject `mine`."""
    other, kind, along, record, *rest = step
    ratio, title, since, until, seen_on = rest
    source, target = (mine, other) if along else (other, mine)
    return Edge(kind, source, target, ratio, title, since, until, seen_on, record=record)


def shared(mine: Json, other: str, theirs: Sequence[Any]) -> Edge:
    """The edge over a contact two subjects gave, in force while both are.

    `mine`: a row of `paths_contacts`; `theirs`: since, until and record of the other.
    """
    since, until, record = theirs
    return Edge(
        CONTACT,
        mine["id"],
        other,
        since=max(filter(None, (mine["since"], since)), default=None),
        until=min(filter(None, (mine["until"], until)), default=None),
        record="；".join(dict.fromkeys(filter(None, (mine["record"], record)))) or None,
        via=via(mine),
    )


def via(row: Json) -> Json:
    """A contact as answers show it."""
    return {"kind": row["kind"], "value": mask_contact(row["kind"], row["value"])}


def _key(edge: Edge) -> tuple[str, ...]:
    one, other = sorted((edge.source, edge.target))
    told = (edge.record, edge.since, edge.until, edge.title, edge.via and edge.via["value"])
    return (edge.type, one, other, *(str(value or "") for value in told))

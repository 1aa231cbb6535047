"""Who gave the same address, phone, mail or agent: clusters around a subject, over two shared contacts at most.

A contact that more subjects gave than the fan-out cap (an office tower, an agency) says nothing: it is named, and not
gone on from. Sharing a contact is an observation for a person to look at; no rule follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.cypher import text
from graph.store import Store
from queries.groups.reading import Member, Reading, way_back
from queries.hops import OutOfTimeError
from queries.links import shared, via
from queries.model import Edge, Json, Path, Subject, shown
from queries.subjects import subjects

ROUNDS = 2
MEMBERS_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Cluster:
    """One contact ({kind, value}, masked) and who gave it: (subject, since, until, record)."""

    contact: Json
    bearers: tuple[tuple[Subject, str | None, str | None, str | None], ...]

    def to_json(self) -> Json:
        """The contact with all who gave it."""
        bearers = [
            {"subject": subject.to_json(), "since": since, "until": until, "record": shown(record)}
            for subject, since, until, record in self.bearers
        ]
        return {"contact": self.contact, "bearers": bearers}


@dataclass(frozen=True, slots=True)
class ContactClusters:
    """Clusters in the order they were met, everybody in them with the way over contacts from the asked subject, and
    the contacts too common to say anything ({kind, value, degree}).
    """

    clusters: tuple[Cluster, ...]
    members: tuple[Member, ...]
    busy: tuple[Json, ...]
    complete: bool

    def to_json(self) -> Json:
        """The section `contacts` of `groups --json`."""
        return {
            "clusters": [cluster.to_json() for cluster in self.clusters],
            "members": [member.to_json() for member in self.members],
            "not_crossed": [
                {"contact": {"kind": c["kind"], "value": c["value"]}, "reason": "fanout", "degree": c["degree"]}
                for c in self.busy
            ],
            "complete": self.complete,
        }


@dataclass(slots=True)
class _Search:
    reading: Reading
    came: dict[str, tuple[str, Edge]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    clusters: dict[str, tuple[Json, list[list[Any]]]] = field(default_factory=dict)
    busy: dict[str, Json] = field(default_factory=dict)

    def round(self, front: list[str]) -> list[str]:
        """Who shares a contact with one of `front` and was not met before."""
        days = {"first": self.reading.as_of, "last": self.reading.as_of}
        given = self.reading.run(
            text("queries", "paths_contacts"), frontier=[{"id": i, "through": True} for i in front], **days
        )
        given = [row for row in given if row["conducts"] or row["id"] == self.order[0]]
        new = {row["contact"]: row for row in given if row["contact"] not in self.clusters.keys() | self.busy.keys()}
        for row in self.reading.run(
            text("queries", "paths_bearers"), contacts=sorted(new), cap=self.reading.cap, through=False, **days
        ):
            contact = via(new[row["contact"]])
            if row["degree"] > self.reading.cap:
                self.busy[row["contact"]] = {**contact, "degree": row["degree"]}
            elif len({id for id, *_ in row["bearers"]}) > 1:
                self.clusters[row["contact"]] = (contact, sorted(row["bearers"], key=lambda b: (b[0], str(b[3]))))
        return self._met(given)

    def _met(self, given: list[Json]) -> list[str]:
        met = []
        for row in sorted(given, key=lambda row: (self.order.index(row["id"]), row["contact"])):
            _, bearers = self.clusters.get(row["contact"], ({}, []))
            for other, *theirs in bearers:
                if other not in self.order:
                    self.came[other] = (row["id"], shared(row, other, theirs))
                    self.order.append(other)
                    met.append(other)
        return met


def contact_clusters(store: Store, reading: Reading, subject: str) -> ContactClusters:
    """The clusters around a subject, by its id."""
    search, complete = _Search(reading, order=[subject]), True
    front = [subject]
    try:
        for _ in range(ROUNDS):
            if not front or len(search.order) > MEMBERS_AT_MOST:
                break
            front = search.round(front)
        complete = len(search.order) <= MEMBERS_AT_MOST
    except OutOfTimeError:
        complete = False
    bearing = {id for _, bearers in search.clusters.values() for id, *_ in bearers}
    named = subjects(store, {*search.order, *bearing})
    return ContactClusters(
        clusters=tuple(_cluster(contact, bearers, named) for contact, bearers in search.clusters.values()),
        members=tuple(_member(i, search.came, named) for i in search.order[1:]),
        busy=tuple(search.busy.values()),
        complete=complete,
    )


def _cluster(contact: Json, bearers: list[list[Any]], named: Mapping[str, Subject]) -> Cluster:
    return Cluster(contact, tuple((named[id], since, until, record) for id, since, until, record in bearers))


def _member(id: str, came: Mapping[str, tuple[str, Edge]], named: Mapping[str, Subject]) -> Member:
    nodes, edges = way_back(id, came)
    return Member(named[id], Path(tuple(named[i] for i in nodes), edges))

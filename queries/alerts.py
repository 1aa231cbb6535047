"""Exposures told: from ways found to subjects, dated edges and entries, read from the store in one go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Protocol

from graph.vocabulary import list_types
from queries.finding import ALERT_SENTENCE, FOREIGN_SENTENCE
from queries.hops import Neighbourhood
from queries.model import Edge, Json, Listing, NotCrossed, Path, Subject, in_force
from queries.policy import POSSIBLE
from queries.question import Question
from queries.sources import Loaded, NotChecked, expected_lists, unchecked
from queries.spread import Label, Search
from queries.steps import Pair


@dataclass(frozen=True, slots=True)
class Way:
    """A way that counts for a listing, told from the asked subject or target to the listed one."""

    score: Decimal
    label: Label
    listing: str

    @property
    def order(self) -> tuple[object, ...]:
        """Order in an answer: score, hops, listing, target."""
        return (-self.score, self.label.hops, self.listing, self.label.ids)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search from one subject found. `stops`: subjects not gone on from, each with why and its degree."""

    asked: str
    ways: tuple[Way, ...]
    stops: Mapping[str, tuple[str, int]]

    @classmethod
    def of(cls, search: Search, seen: Neighbourhood, ways: Iterable[Way]) -> Found:
        """Of a search through the store."""
        stops = {i: (seen.around(i).stop, seen.around(i).degree) for i in search.stops}
        return cls(search.asked, tuple(ways), stops)


@dataclass(frozen=True, slots=True)
class Exposure:
    """One listing that comes near: `score` rounded to nine decimals, `path` from the asked to the listed subject.

    `possible`: the path rests on an identity that is only possible (MAYBE_SAME).
    """

    score: float
    hops: int
    band: str
    listing: Listing
    listed_subject: Subject
    possible: bool
    path: Path

    def to_json(self) -> Json:
        """An entry of the contract's `exposures`; its class is always ALERT."""
        return {
            "score": self.score,
            "hops": self.hops,
            "band": self.band,
            "class": "ALERT",
            "listing": self.listing.to_json(),
            "listed_subject": self.listed_subject.to_json(),
            "possible": self.possible,
            "path": self.path.to_json(),
            "note": self.note,
        }

    @property
    def note(self) -> str:
        """What is always said beside an association: no ground for a sanction; a foreign list, information only."""
        foreign = list_types()[self.listing.list].family == "foreign"
        return "；".join([FOREIGN_SENTENCE, ALERT_SENTENCE] if foreign else [ALERT_SENTENCE])


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the answers of one question are told with. `edges`: the relation that counts between neighbours;
    `own`: entries in force of the subjects asked about.
    """

    question: Question
    subjects: Mapping[str, Subject]
    edges: Mapping[Pair, Edge]
    entries: Mapping[str, Mapping[str, Any]]
    own: Mapping[str, tuple[Listing, ...]]
    unchecked: tuple[NotChecked, ...]

    def exposure(self, way: Way) -> Exposure:
        """A way with everything on it named."""
        ids = way.label.ids
        nodes = tuple(self.subjects[i] for i in ids)
        walked = tuple(self.edges[pair] for pair in pairwise(ids))
        return Exposure(
            score=float(way.score),
            hops=way.label.hops,
            band=self.question.policy.band(way.score),
            listing=self.question.listing(self.entries[way.listing]),
            listed_subject=nodes[-1],
            possible=any(edge.type == POSSIBLE for edge in walked),
            path=Path(nodes, walked),
        )

    def not_crossed(self, *found: Found) -> tuple[NotCrossed, ...]:
        """The subjects these searches stopped at, the busiest first."""
        stops = {i: stop for one in found for i, stop in one.stops.items()}
        told = [NotCrossed(self.subjects[i], *stop) for i, stop in stops.items()]
        return tuple(sorted(told, key=lambda stop: (-stop.degree, stop.subject.id)))

    def complete(self, cut: str) -> bool:
        """Whether nothing was cut and every list the question needs was looked at."""
        return not cut and not {missing.list for missing in self.unchecked} & self.question.needs


class Facts(Protocol):
    """Where what the answers name is read: a store or a snapshot."""

    def with_entries(
        self, asked: Iterable[str], named: Iterable[str]
    ) -> tuple[Mapping[str, Subject], Mapping[str, Sequence[Mapping[str, Any]]]]:
        """Subjects by id, and the properties of all entries each of the `asked` is listed with."""

    def entries(self, ids: Iterable[str]) -> Mapping[str, Mapping[str, Any]]:
        """Properties of listings by id."""

    def edges(self, question: Question, ways: Iterable[tuple[str, ...]]) -> Mapping[Pair, Edge]:
        """The edge that counts between each two neighbours on these ways."""

    def sources(self) -> Sequence[Loaded]:
        """What is loaded."""


def gather(question: Question, searches: Sequence[Found], facts: Facts) -> Findings:
    """What the answers name: subjects, entries, and what could not be checked."""
    found = [way for search in searches for way in search.ways]
    asked = [search.asked for search in searches]
    named = {i for way in found for i in way.label.ids} | {i for s in searches for i in s.stops}
    subjects, own = facts.with_entries(asked, named)
    policy = question.policy
    return Findings(
        question=question,
        subjects=subjects,
        edges=facts.edges(question, {way.label.ids for way in found}),
        entries=facts.entries({way.listing for way in found}),
        own={i: own_listings(rows, question) for i, rows in own.items()},
        unchecked=tuple(
            unchecked(facts.sources(), expected_lists(policy, question.needs), question.as_of, policy.max_age_days)
        ),
    )


def own_listings(rows: Iterable[Mapping[str, Any]], question: Question) -> tuple[Listing, ...]:
    """The entries that are in force on the question's day, by list and id."""
    days = question.listed_days
    active = [question.listing(row) for row in rows if in_force(row, days["as_of"], days["over"])]
    return tuple(sorted(active, key=lambda listing: (listing.list, listing.id)))

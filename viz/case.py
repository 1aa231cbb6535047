"""What a report is made from: the input as callers give it, and the same read once into values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from viz.model import Edge, Exposure, Finding, Json, Listing, Subject, clean

# Bands of the shipped policy; callers pass those of the policy in force.
BANDS: Mapping[str, float] = {"high": 0.6, "medium": 0.3, "low": 0.0}


@dataclass(frozen=True, slots=True)
class ReportData:
    """Input of a report, in the contract's JSON shapes.

    `relations`: edges of PATH, each with `other` (SUBJECT at the other end). `reached`: like `exposures`, its
    paths from the reached subject to `subject`. `sources`: `{source, snapshot, loaded_at}`, more keys allowed.
    `bands`: lower bounds of the score bands. `max_nodes`: cards drawn at most; the rest is counted. `ownership`:
    answer of `ownership`, empty without one. `stamp`: version of the data. `scenario_code`: what `scenario` names.
    """

    subject: Json
    relations: Sequence[Json]
    listed: Sequence[Json]
    findings: Sequence[Json]
    exposures: Sequence[Json]
    reached: Sequence[Json]
    not_crossed: Sequence[Json]
    not_checked: Sequence[Json]
    complete: bool
    as_of: str
    policy_version: str
    sources: Sequence[Json]
    generated_at: str
    locale: str = "zh-CN"
    scenario: str = ""
    rules_version: str = ""
    bands: Mapping[str, float] = field(default_factory=lambda: dict(BANDS))
    max_nodes: int = 300
    ownership: Json = field(default_factory=dict)
    stamp: str = ""
    scenario_code: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A subject the search did not go on from: why, and its number of relations."""

    subject: Subject
    reason: str
    degree: str


@dataclass(frozen=True, slots=True)
class Case:
    """A `ReportData` read into values; `known` holds every subject named anywhere, by id."""

    subject: Subject
    relations: tuple[Edge, ...]
    listed: tuple[Listing, ...]
    findings: tuple[Finding, ...]
    exposures: tuple[Exposure, ...]
    reached: tuple[Exposure, ...]
    stops: tuple[Stop, ...]
    as_of: str
    bands: Mapping[str, float]
    known: Mapping[str, Subject]

    def subject_of(self, key: str) -> Subject:
        """The subject with that id; one only referred to is shown by its id."""
        return self.known.get(key) or Subject.of(key)

    def band(self, score: float) -> str:
        """The band a score falls into: the highest lower bound it reaches, "" below all."""
        reached = [(bound, name) for name, bound in self.bands.items() if score >= bound]
        return max(reached)[1] if reached and score > 0 else ""


def read(data: ReportData) -> Case:
    """Read the input into values; unknown keys are ignored, missing ones are empty."""
    subject = Subject.of(data.subject)
    findings = tuple(Finding.of(f) for f in data.findings)
    exposures = tuple(Exposure.of(e) for e in data.exposures)
    reached = tuple(Exposure.of(e) for e in data.reached)
    known: dict[str, Subject] = {}
    paths = (*(f.path for f in findings), *(e.path for e in (*exposures, *reached)))
    for found in (*(s for path in paths for s in path.nodes), *_others(data)):
        known.setdefault(found.id, found)
    return Case(
        subject=subject,
        relations=tuple(Edge.of(r) for r in data.relations),
        listed=tuple(Listing.of(x) for x in data.listed),
        findings=findings,
        exposures=exposures,
        reached=reached,
        stops=tuple(_stop(s, known) for s in data.not_crossed),
        as_of=clean(data.as_of),
        bands=data.bands,
        known={**known, subject.id: subject},
    )


def _others(data: ReportData) -> tuple[Subject, ...]:
    return tuple(Subject.of(r["other"]) for r in data.relations if r.get("other"))


def _stop(value: Mapping[str, Any], known: Mapping[str, Subject]) -> Stop:
    subject = Subject.of(value.get("subject") or "")
    return Stop(known.get(subject.id, subject), clean(value.get("reason")), clean(value.get("degree")))

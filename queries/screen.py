"""Screening: a list of applicants, each with whom it means, what is found, and what that comes to.

    screen(store, applicants, scenario("general"), as_of="2026-06-01").to_json()

A row is answered on its own: nothing in one row can change or stop another. Only what was settled by a full
number can block; of candidates only what would be more than information is told, for a person to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.store import Store
from graph.vocabulary import RELATIONS
from queries.applicants import Applicant, duplicates
from queries.exposure import TOGETHER, ExposureAnswer, expose_many
from queries.finding import Decision, Effect, Finding, decide
from queries.findings import RED, missing
from queries.law.answer import Frame, flags, told
from queries.law.bindings import Binding, Search, Types
from queries.law.read import shipped
from queries.match import Match, match_all
from queries.model import Json, NotCrossed, Subject
from queries.question import Asked, Question
from queries.scenarios import Scenario
from queries.sources import Loaded, NotChecked, loaded

ROLES_UNREAD = (
    "表中给出的职务（法定代表人、董事等）只用于区分同名主体，未据此推演关系；按职务判断法定后果随法律规则包提供。"
)
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """The answer to one row."""

    asked: Applicant
    match: Match
    decision: Decision
    findings: tuple[Finding, ...]
    flags: tuple[str, ...] = ()

    def to_json(self) -> Json:
        """An entry of `results` of the contract."""
        return {
            "row": self.asked.row,
            "query": self.asked.query(),
            "match": _match_json(self.match),
            "decision": str(self.decision),
            "flags": list(self.flags),
            "findings": [finding.to_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Screening:
    """A whole screening. `unchecked`: lists it should have looked at and could not, those it depends on first."""

    scenario: Scenario
    as_of: str
    policy: str
    data: tuple[Loaded, ...]
    results: tuple[Result, ...]
    unchecked: tuple[NotChecked, ...]
    stops: tuple[NotCrossed, ...]
    complete: bool
    notes: tuple[str, ...]
    rules: str | None = None

    def to_json(self, rejected: Iterable[tuple[int, str]] = (), notes: Iterable[str] = ()) -> Json:
        """The document of `screen -o x.json`; `rejected` and `notes` are what reading the sheet had to say."""
        return {
            "not_checked": [missing.to_json() for missing in self.unchecked],
            "complete": self.complete,
            "scenario": self.scenario.code,
            "scenario_name": self.scenario.name.zh,
            "as_of": self.as_of,
            "rules": self.rules,
            "policy": self.policy,
            "data": [{"source": s.name, "snapshot": s.snapshot, "loaded_at": s.loaded_at} for s in self.data],
            "notes": [*notes, *self.notes],
            "results": [result.to_json() for result in self.results],
            "rejected": [{"row": row, "reason": reason} for row, reason in rejected],
            "not_crossed": [stop.to_json() for stop in self.stops],
        }


def silent(done: int, total: int) -> None:
    """Progress nobody watches."""


def screen(
    store: Store, applicants: Sequence[Applicant], scenario: Scenario, asked: Asked, progress: Progress = silent
) -> Screening:
    """Screen a list. `progress` is told how many of how many subjects' surroundings have been looked at."""
    question = Question.of(asked)
    matches = _marked(match_all(store, applicants), applicants)
    pack = shipped() if scenario.law else None
    found, cut = _found(store, matches, scenario)
    near = _near(store, matches, scenario, asked, progress)
    unchecked = missing(store, scenario, question)
    checked = not {entry.list for entry in unchecked} & set(scenario.hard)
    frame = _Frame(Frame(question, scenario, pack), found, near, checked)
    return Screening(
        scenario=scenario,
        as_of=question.as_of,
        policy=question.policy.version,
        data=tuple(loaded(store)),
        results=tuple(_result(a, m, frame) for a, m in zip(applicants, matches, strict=True)),
        unchecked=unchecked,
        stops=_stops(near),
        complete=checked and not cut and all(answer.complete for answer in near.values()),
        rules=pack.version if pack else None,
        notes=(ROLES_UNREAD,) if any(role in a.fields for a in applicants for role in RELATIONS) else (),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    """All that the rows are answered from."""

    law: Frame
    found: Mapping[str, Sequence[Binding]]
    near: Mapping[str, ExposureAnswer]
    checked: bool


def _marked(matches: Sequence[Match], applicants: Sequence[Applicant]) -> list[Match]:
    """The matches, those of repeated questions saying which row asked first."""
    earlier = duplicates(applicants)
    return [
        replace(m, warnings=(*m.warnings, f"duplicate_of:{earlier[a.row]}")) if a.row in earlier else m
        for a, m in zip(applicants, matches, strict=True)
    ]


def _found(store: Store, matches: Sequence[Match], scenario: Scenario) -> tuple[dict[str, list[Binding]], bool]:
    """What may bind the subjects meant, or only possibly meant; and whether some of it was cut off."""
    ids = sorted({s["id"] for m in matches for s in (m.subject, *m.candidates) if s})
    search = Search(store, Types.of(shipped(), scenario.lists, RED))
    look = search.around if scenario.law and scenario.relations else search.themselves
    return look(ids), search.cut


def _near(
    store: Store, matches: Sequence[Match], scenario: Scenario, asked: Asked, progress: Progress
) -> dict[str, ExposureAnswer]:
    """Exposures of the subjects that are settled; where the scenario wants no alerts nothing is searched."""
    ids = (
        list(dict.fromkeys(m.subject["id"] for m in matches if m.subject))
        if scenario.alerts and scenario.relations
        else []
    )
    answers: dict[str, ExposureAnswer] = {}
    wanted: Asked = {**asked, "needs": asked.get("needs", frozenset()) | set(scenario.hard)}
    for start in range(0, len(ids), TOGETHER):
        progress(start, len(ids))
        answers |= expose_many(store, ids[start : start + TOGETHER], **wanted)
    progress(len(ids), len(ids))
    return answers


def _result(asked: Applicant, match: Match, frame: _Frame) -> Result:
    found = tuple(_settled(match, frame) if match.subject else _candidates(match, frame))
    effects = [finding.effect for finding in found]
    decision = decide(effects, settled=match.subject is not None, checked=frame.checked)
    return Result(asked, match, decision, found, _flags(match, found, frame))


def _settled(match: Match, frame: _Frame) -> tuple[Finding, ...]:
    assert match.subject is not None  # the caller asked
    subject = Subject.read(match.subject)
    answer = frame.near.get(subject.id)
    near = answer.exposures if answer else ()
    return told(subject, frame.found.get(subject.id, ()), near, frame.law, certain=match.certain)


def _candidates(match: Match, frame: _Frame) -> Iterator[Finding]:
    """Of subjects that only may be meant: what is more than information, nothing else."""
    for candidate in match.candidates:
        subject = Subject.read(candidate)
        for finding in told(subject, frame.found.get(subject.id, ()), (), frame.law, certain=False):
            if finding.effect is not Effect.INFORM:
                yield finding


def _flags(match: Match, found: Sequence[Finding], frame: _Frame) -> tuple[str, ...]:
    if match.subject is None:
        return ()
    subject = Subject.read(match.subject)
    return tuple(flags(subject, found, frame.found.get(subject.id, ()), frame.law.question))


def _stops(near: Mapping[str, ExposureAnswer]) -> tuple[NotCrossed, ...]:
    """Every subject some search stopped at, once, the busiest first."""
    stops = {stop.subject.id: stop for answer in near.values() for stop in answer.not_crossed}
    return tuple(sorted(stops.values(), key=lambda stop: (-stop.degree, stop.subject.id)))


def _match_json(match: Match) -> Json:
    subject = Subject.read(match.subject).to_json() if match.subject else None
    shown: Json = {
        "subject": subject,
        "level": str(match.level),
        "candidates": [Subject.read(candidate).to_json() for candidate in match.candidates],
        "warnings": list(match.warnings),
    }
    if match.candidates:
        shown["candidates_total"] = match.total
    if match.possible is not None:
        shown["possible_ids"] = match.possible
    return shown

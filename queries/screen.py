"""Screening: a list of applicants, each with whom it means, what is found, and what that comes to.

    screen(store, applicants, scenario("general"), as_of="2026-06-01").to_json()

A row is answered on its own: nothing in one row can change or stop another. Only what was settled by a full
number can block; of candidates only what would be more than information is told, for a person to look at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from graph.store import Store
from queries.applicants import Applicant, duplicates
from queries.directory import Progress as Told
from queries.exposure import TOGETHER, ExposureAnswer, expose_many
from queries.findings import RED, missing
from queries.law.answer import Frame
from queries.law.bindings import Binding, Search, Types
from queries.law.read import shipped
from queries.match import Match, match_all
from queries.model import Json, NotCrossed
from queries.question import Asked, Question
from queries.scenarios import Scenario
from queries.screen_bids import joint_findings
from queries.screen_rows import Facts, Result, answer
from queries.sheet_facts import Claim, SheetFacts, read_facts
from queries.sheet_roles import names_roles
from queries.sources import Loaded, NotChecked, loaded

UNREAD = "本场景只核查本人，表中给出的职务和任职单位未使用。"
Progress = Callable[[str, int, int], None]
# Subjects between two words of progress.
PART = 5_000


@dataclass(frozen=True, slots=True)
class Screening:
    """A whole screening. `unchecked`: lists it should have looked at and could not, those it depends on (`needed` of
    the document) first.
    """

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
            "needed": [m.list for m in self.unchecked if m.list in self.scenario.hard],
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


def silent(stage: str, done: int, total: int) -> None:
    """Progress nobody watches."""


def screen(
    store: Store, applicants: Sequence[Applicant], scenario: Scenario, asked: Asked, progress: Progress = silent
) -> Screening:
    """Screen a list. `progress` is told the stage, and how many of how many it has done."""
    question, pack = Question.of(asked), shipped() if scenario.law else None
    rows = applicants if scenario.relations else [_alone(a) for a in applicants]
    matches = _marked(match_all(store, rows, partial(progress, "匹配主体")), applicants)
    sheet = read_facts(store, rows, matches, question.as_of) if scenario.relations else SheetFacts()
    matches = [_warned(m, sheet.warnings.get(a.row, ())) for a, m in zip(applicants, matches, strict=True)]
    found, cut = _found(store, matches, sheet, scenario, partial(progress, "查名单和任职"))
    near = _near(store, matches, scenario, asked, partial(progress, "查关联"))
    unchecked = missing(store, scenario, question)
    checked = not {entry.list for entry in unchecked} & set(scenario.hard)
    frame = Frame(question, scenario, pack)
    joint, joint_cut = joint_findings(store, (rows, matches, sheet), found, frame)
    facts = Facts(
        law=frame,
        found=found,
        near=near,
        checked=checked,
        stated=_stated(matches, applicants, sheet),
        places=sheet.places,
        joint=joint,
        family=_families(applicants, matches) if scenario.household else {},
    )
    return Screening(
        scenario=scenario,
        as_of=question.as_of,
        policy=question.policy.version,
        data=tuple(loaded(store)),
        results=_results(applicants, matches, facts, partial(progress, "得出结论")),
        unchecked=unchecked,
        stops=_stops(near),
        complete=checked and not cut and not joint_cut and all(answer.complete for answer in near.values()),
        rules=pack.version if pack else None,
        notes=_notes(applicants, scenario),
    )


def _results(applicants: Sequence[Applicant], matches: Sequence[Match], facts: Facts, told: Told) -> tuple[Result, ...]:
    made: list[Result] = []
    for row, match in zip(applicants, matches, strict=True):
        if len(made) % PART == 0:
            told(len(made), len(applicants))
        made.append(answer(row, match, facts))
    told(len(made), len(applicants))
    return tuple(made)


def _notes(applicants: Sequence[Applicant], scenario: Scenario) -> tuple[str, ...]:
    unread = not scenario.relations and any(next(names_roles(a), None) for a in applicants)
    return (UNREAD,) if unread else ()


def _alone(asked: Applicant) -> Applicant:
    """The row without what it says of roles: where a scenario looks at no relation, not even names are tried by it."""
    dropped = set(names_roles(asked))
    return replace(asked, fields={k: v for k, v in asked.fields.items() if k not in dropped}) if dropped else asked


def _marked(matches: Sequence[Match], applicants: Sequence[Applicant]) -> list[Match]:
    """The matches, those of repeated questions saying which row asked first."""
    earlier = duplicates(applicants)
    return [
        replace(m, warnings=(*m.warnings, f"duplicate_of:{earlier[a.row]}")) if a.row in earlier else m
        for a, m in zip(applicants, matches, strict=True)
    ]


def _warned(match: Match, warnings: Iterable[str]) -> Match:
    more = tuple(warnings)
    return replace(match, warnings=(*match.warnings, *more)) if more else match


def _found(
    store: Store, matches: Sequence[Match], sheet: SheetFacts, scenario: Scenario, told: Told
) -> tuple[dict[str, list[Binding]], bool]:
    """What may bind the subjects meant, or only possibly meant; and whether some of it was cut off."""
    ids = {str(s["id"]) for m in matches for s in (m.subject, *m.candidates) if s} | sheet.ids
    asked = sorted(i for i in ids if not i.startswith("sheet:"))
    search = Search(store, Types.of(shipped(), scenario.lists, RED))
    look = search.around if scenario.law and scenario.relations else search.themselves
    found: dict[str, list[Binding]] = {}
    for start in range(0, len(asked), PART):
        told(start, len(asked))
        found |= look(asked[start : start + PART])
    told(len(asked), len(asked))
    return found, search.cut


def _stated(matches: Sequence[Match], applicants: Sequence[Applicant], sheet: SheetFacts) -> dict[int, list[Claim]]:
    """Of each row, the relations the sheet names that bear on it."""
    meant = {a.row: m.subject or sheet.places.get(a.row) for a, m in zip(applicants, matches, strict=True)}
    return sheet.bearing({row: str(subject["id"]) for row, subject in meant.items() if subject})


def _families(applicants: Sequence[Applicant], matches: Sequence[Match]) -> dict[int, list[tuple[int, Match]]]:
    """Of each row that names a household: its other rows."""
    homes: dict[str, list[tuple[int, Match]]] = defaultdict(list)
    for asked, match in zip(applicants, matches, strict=True):
        if asked.fields.get("household"):
            homes[asked.fields["household"]].append((asked.row, match))
    return {row: [other for other in home if other[0] != row] for home in homes.values() for row, _ in home}


def _near(
    store: Store, matches: Sequence[Match], scenario: Scenario, asked: Asked, told: Told
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
        told(start, len(ids))
        answers |= expose_many(store, ids[start : start + TOGETHER], **wanted)
    told(len(ids), len(ids))
    return answers


def _stops(near: Mapping[str, ExposureAnswer]) -> tuple[NotCrossed, ...]:
    """Every subject some search stopped at, once, the busiest first."""
    stops = {stop.subject.id: stop for answer in near.values() for stop in answer.not_crossed}
    return tuple(sorted(stops.values(), key=lambda stop: (-stop.degree, stop.subject.id)))

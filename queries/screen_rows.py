"""What one row of a screening comes to, from everything that was found for the whole list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from queries.applicants import Applicant
from queries.exposure import ExposureAnswer
from queries.finding import Class, Decision, Effect, Finding, decide
from queries.law.answer import Frame, flags, told
from queries.law.bindings import Binding
from queries.law.consequences import order, path_of
from queries.law.entries import beside
from queries.law.read import named_is_listed
from queries.match import Match
from queries.model import Json, Subject, in_force
from queries.notice import notice
from queries.sheet_facts import Claim, Props
from queries.sheet_paths import as_named, compose
from queries.words import listed_words


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
            "match": match_json(self.match),
            "decision": str(self.decision),
            "flags": list(self.flags),
            "findings": [finding.to_json() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Facts:
    """All that rows are answered from.

    `found`: bindings the graph holds, by subject; `stated`: by row, the sheet's relations that bear on it; `near`: what
    comes near; `places`: by row, an organisation only the sheet knows; `joint`: by row, findings on bids; `family`: by
    row, the other rows of its household. `checked`: no list the scenario depends on was missing.
    """

    law: Frame
    found: Mapping[str, Sequence[Binding]]
    near: Mapping[str, ExposureAnswer]
    checked: bool
    stated: Mapping[int, Sequence[Claim]] = field(default_factory=dict)
    places: Mapping[int, Props] = field(default_factory=dict)
    joint: Mapping[int, Sequence[Finding]] = field(default_factory=dict)
    family: Mapping[int, Sequence[tuple[int, Match]]] = field(default_factory=dict)


def answer(asked: Applicant, match: Match, facts: Facts) -> Result:
    """One row answered."""
    found = [
        *(_settled(asked, match, facts) if match.subject else _open(asked, match, facts)),
        *facts.joint.get(asked.row, ()),
    ]
    found += _family(asked, facts)
    effects = [finding.effect for finding in found]
    decision = decide(effects, settled=match.subject is not None, checked=facts.checked)
    ordered = tuple(_with_notice(finding, facts) for finding in sorted(found, key=order))
    return Result(asked, match, decision, ordered, _flags(match, found, facts))


def _settled(asked: Applicant, match: Match, facts: Facts) -> list[Finding]:
    assert match.subject is not None  # the caller asked
    subject = Subject.read(match.subject)
    found = _of(asked.row, match, facts)
    return [_under_another_name(f, asked, subject) for f in found] if "name_differs" in match.warnings else found


def _of(row: int, match: Match, facts: Facts) -> list[Finding]:
    """The findings of the subject a row means, if it is settled."""
    if match.subject is None:
        return []
    subject = Subject.read(match.subject)
    return _told(subject, row, (facts, facts.near.get(subject.id)), certain=match.certain)


def _under_another_name(finding: Finding, asked: Applicant, subject: Subject) -> Finding:
    """A finding on the bearer of the number, where the row gives another name: it says whose it is."""
    doubt = (
        f"表中名称“{asked.name}”与号码所属主体“{subject.name}”不一致，以下系 {subject.name} 的情况，须先核实核查对象"
    )
    return replace(
        finding, text=f"{doubt}。{finding.text}", conditions=("名称与号码不一致，身份待核实", *finding.conditions)
    )


def _told(subject: Subject, row: int, by: tuple[Facts, ExposureAnswer | None], *, certain: bool) -> list[Finding]:
    """The findings of the subject of a row, those on the relations the sheet names among them."""
    (facts, near), stated = by, by[0].stated.get(row, ())
    day = facts.law.question.as_of
    composed = list(compose(stated, facts.found, day))
    claimed = [(binding, claim.sure) for claim, binding in composed]
    held = [as_named(binding, stated, day) for binding in facts.found.get(subject.id, ())]
    sure = [binding for binding, certainly in (*held, *claimed) if certainly]
    found = list(told(subject, sure, near.exposures if near else (), facts.law, certain=certain))
    unsure = [binding for binding, certainly in (*held, *claimed) if not certainly]
    if unsure:
        known = {(f.rule, f.listing.get("id"), f.target["id"]) for f in found}
        more = told(subject, unsure, (), facts.law, certain=False)
        found += [f for f in more if (f.rule, f.listing.get("id"), f.target["id"]) not in known]
    made = [binding for claim, binding in composed if claim.known is None] if facts.law.scenario.alerts else []
    return [*found, *_looks(subject, made, found, facts)]


def _looks(subject: Subject, claimed: Iterable[Binding], found: Sequence[Finding], facts: Facts) -> Iterator[Finding]:
    """Alerts on what the sheet's own relations lead to and nothing else tells: whoever is to have the post is listed,
    or runs what is.
    """
    law = facts.law
    said = {finding.listing.get("id") for finding in found}
    days = law.question.listed_days
    for binding in claimed:
        entry = binding.listing
        active = entry["list"] in law.scenario.lists and in_force(entry, days["as_of"], days["over"])
        if entry["id"] in said or not active or not _runs(binding, law.question.as_of) or not _tells(binding, law):
            continue
        said.add(entry["id"])
        listing, path = law.question.listing(entry).to_json(), path_of(binding).to_json()
        named = f"，条目列明 {binding.holder.get('name')}" if binding.said is not None else ""
        words = listed_words(path, str(binding.listed.get("name")), listing) + named
        yield beside(subject, listing, path, words)


def _tells(binding: Binding, law: Frame) -> bool:
    """Whether the list is one that the relation to its subject lets be told."""
    link = binding.role or binding.post
    if law.pack is None or link is None:
        return True
    return law.pack.tells(binding.listing["list"], link.type, "backward" if binding.role else "forward")


def _runs(binding: Binding, as_of: str) -> bool:
    """Whether the holder is listed himself, or still has his role in what is."""
    if binding.role is None:
        return binding.said is None or named_is_listed(binding.listing["list"])
    since, until = binding.role.props.get("since") or "", binding.role.props.get("until") or ""
    return since <= as_of and (not until or until > as_of)


def _open(asked: Applicant, match: Match, facts: Facts) -> Iterator[Finding]:
    """Of subjects that only may be meant: what is more than information. Of an organisation only the sheet knows:
    what follows from the people it names.
    """
    for candidate in match.candidates:
        held = facts.found.get(candidate["id"], ())
        if not held:
            continue  # so most of those who merely bear the name
        subject = Subject.read(candidate)
        for finding in told(subject, held, (), facts.law, certain=False):
            if finding.effect is not Effect.INFORM:
                yield _perhaps(finding, subject)
    if asked.row in facts.places:
        yield from _told(Subject.read(facts.places[asked.row]), asked.row, (facts, None), certain=False)


def _perhaps(finding: Finding, candidate: Subject) -> Finding:
    """A finding on a subject that is only possibly the one asked for, saying so before anything else."""
    known = candidate.id_masked or candidate.uscc
    who = f"{candidate.name}（{'；'.join(part for part in (candidate.id, known) if part)}）"
    doubt = f"以下系候选主体 {who} 的情况，未确认即为核查对象，不得据此认定核查对象本人在列或者受约束"
    note = "身份待核实：仅为可能的主体"
    return replace(
        finding,
        text=f"{doubt}。{finding.text}",
        conditions=(note, *finding.conditions),
        extra={**finding.extra, "candidate": candidate.id},
    )


def _family(asked: Applicant, facts: Facts) -> Iterator[Finding]:
    """The entries on the others of the household, told beside the row: they bind the one who is listed."""
    for row, match in facts.family.get(asked.row, ()):
        for finding in _of(row, match, facts):
            if finding.cls is Class.LISTED_SELF:
                note = f"同一家庭申请人（第 {row} 行）本人在列"
                yield replace(finding, effect=Effect.INFORM, conditions=(*finding.conditions, note))


def _with_notice(finding: Finding, facts: Facts) -> Finding:
    if finding.effect is not Effect.BLOCK:
        return finding
    told = notice(finding.to_json(), facts.law.scenario.name.zh, facts.law.question.as_of)
    return replace(finding, extra={**finding.extra, "notice": told})


def _flags(match: Match, found: Sequence[Finding], facts: Facts) -> tuple[str, ...]:
    if match.subject is None or not found:
        return ()
    subject = Subject.read(match.subject)
    return tuple(flags(subject, found, facts.found.get(subject.id, ()), facts.law.question))


def match_json(match: Match) -> Json:
    """The `match` of a row, as the contract has it."""
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

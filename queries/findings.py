"""What the law attaches to one subject on a day, in a scenario or without one; and what merely comes near.

findings(store, "91…", scenario("procurement"), as_of="2026-06-01").to_json()
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Unpack

from graph.errors import NotFoundError
from graph.store import Store
from graph.vocabulary import list_types
from queries.alerts import own_listings
from queries.exposure import expose
from queries.finding import Decision, Finding, decide
from queries.law.answer import Frame, flags, told
from queries.law.bindings import Search, Types
from queries.law.read import shipped
from queries.model import Json, Listing, NotCrossed, Subject
from queries.question import Asked, Question
from queries.scenarios import Scenario, scenario
from queries.sources import NotChecked, expected_lists, not_checked
from queries.subjects import with_entries

RED = tuple(code for code, kind in list_types().items() if kind.family == "red")


@dataclass(frozen=True, slots=True)
class FindingsAnswer:
    """What `findings` answers. `decision`: what it comes to in the scenario; None without one."""

    subject: Subject
    as_of: str
    scenario: str | None
    rules: str
    policy: str
    decision: Decision | None
    flags: tuple[str, ...]
    listed: tuple[Listing, ...]
    findings: tuple[Finding, ...]
    not_crossed: tuple[NotCrossed, ...]
    not_checked: tuple[NotChecked, ...]
    complete: bool

    def to_json(self) -> Json:
        """`findings --json`."""
        return {
            "subject": self.subject.to_json(),
            "as_of": self.as_of,
            "scenario": self.scenario,
            "rules": self.rules,
            "policy": self.policy,
            "decision": str(self.decision) if self.decision else None,
            "flags": list(self.flags),
            "listed": [entry.to_json() for entry in self.listed],
            "findings": [finding.to_json() for finding in self.findings],
            "not_crossed": [stop.to_json() for stop in self.not_crossed],
            "not_checked": [missing.to_json() for missing in self.not_checked],
            "complete": self.complete,
        }


def every_rule() -> Scenario:
    """No scenario: every list and every rule is looked at, and all of it informs."""
    return replace(scenario("general"), code="", law=True)


def findings(store: Store, subject_id: str, of: Scenario | None = None, **asked: Unpack[Asked]) -> FindingsAnswer:
    """The findings of one subject, by id. Raises NotFoundError when there is none with that id."""
    profile = of or every_rule()
    question, pack = Question.of(asked), shipped()
    frame = Frame(question, profile, pack if profile.law else None)
    search = Search(store, Types.of(pack, profile.lists, RED))
    look = search.around if profile.relations else search.themselves
    found = look([subject_id]).get(subject_id, [])
    wanted: Asked = {**asked, "needs": question.needs | set(profile.hard)}
    near = expose(store, subject_id, **wanted) if profile.relations and profile.alerts else None
    subject = near.subject if near else with_entries(store, [subject_id])[0].get(subject_id)
    if subject is None:
        raise NotFoundError(subject_id)
    made = told(subject, found, near.exposures if near else (), frame)
    unchecked = missing(store, profile, question)
    checked = not {entry.list for entry in unchecked} & set(profile.hard)
    outcome = decide([f.effect for f in made], settled=True, checked=checked)
    return FindingsAnswer(
        subject=subject,
        as_of=question.as_of,
        scenario=profile.code or None,
        rules=pack.version,
        policy=question.policy.version,
        decision=outcome if profile.code else None,
        flags=tuple(flags(subject, made, found, question)),
        listed=own_listings(
            (b.listing for b in found if b.himself and b.post is None and b.listing["list"] not in RED), question
        ),
        findings=made,
        not_crossed=near.not_crossed if near else (),
        not_checked=unchecked,
        complete=checked and not search.cut and (near is None or near.complete),
    )


def missing(store: Store, profile: Scenario, question: Question) -> tuple[NotChecked, ...]:
    """The lists that could not be looked at, those the scenario cannot do without first."""
    looked_at = {*profile.lists, *profile.hard}
    lists = [c for c in expected_lists(question.policy, profile.hard) if c in looked_at]
    found = not_checked(store, lists, question.as_of, question.policy.max_age_days)
    return tuple(sorted(found, key=lambda entry: entry.list not in profile.hard))

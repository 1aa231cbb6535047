"""Findings without the law pack: what a subject is listed for itself, and what merely comes near.

An entry that names a person beside its subject lists him too, except where the list is of debtors: there the
person named is not on the list (R02), and all that is said is that the entry names him.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from graph.vocabulary import RELATIONS, list_types
from queries.finding import ALERT_SENTENCE, FOREIGN_SENTENCE, Class, Effect, Finding, capped
from queries.law import telling
from queries.law.bindings import Binding
from queries.law.read import named_is_listed, shipped
from queries.model import Listing, Path, Subject, in_force, shown
from queries.profile import Scenario
from queries.question import Question
from queries.words import listed_words, listing_words


def own_findings(
    subject: Subject, found: Iterable[Binding], question: Question, scenario: Scenario, *, certain: bool
) -> Iterator[Finding]:
    """What the entries in force on a subject, or naming it, say. `certain`: it surely is the one asked for."""
    days, frame = question.listed_days, _Frame(question, scenario, certain)
    active = [b for b in found if in_force(b.listing, days["as_of"], days["over"])]
    listed = {b.listing["id"] for b in active if b.said is None}
    for binding in active:
        code, entry = binding.listing["list"], binding.listing["id"]
        if binding.said is None:
            yield _listed(subject, binding, frame, "")
        elif entry not in listed and named_is_listed(code):
            yield _listed(subject, binding, frame, _named_as(binding))
        elif entry not in listed:
            yield _mentioned(subject, question.listing(binding.listing), binding)


class _Frame(NamedTuple):
    question: Question
    scenario: Scenario
    certain: bool


def _named_as(binding: Binding) -> str:
    said = binding.said or {}
    role = said.get("role") or ""
    label = RELATIONS[role].label if role in RELATIONS else role
    return f"{_owner(binding)} 的条目列明其为{label or '有关人员'}（{shown(said.get('record')) or '无记录出处'}）"


def _owner(binding: Binding) -> str:
    return str(binding.listed.get("name") or binding.listed["id"])


def _listed(subject: Subject, binding: Binding, frame: _Frame, named_as: str) -> Finding:
    entry, day = frame.question.listing(binding.listing), frame.question.as_of
    does = frame.scenario.on_list(binding.listing, day)
    overdue = telling.overdue(entry, day)
    lifted, noted = _exemptions(binding, day)
    asks = Effect.INFORM if lifted else does.effect
    # The profile's articles are the ground of what it asks for; where it asks for nothing they would be read as one.
    articles = frame.scenario.basis(entry.list, day) if asks is not Effect.INFORM else ()
    effect = capped(
        asks,
        Class.LISTED_SELF,
        certain=frame.certain and not overdue and not noted,
        disputed=entry.disputed,
        grades=_grades(frame.scenario, entry.list, day),
    )
    words = f"本人在列：{subject.name}，{listing_words(entry.to_json())}"
    reason = f"事由：{entry.reason}" if entry.reason else ""
    until, computed = telling.term(entry)
    words, except_for = "。".join((words, *lifted, *noted)), (*lifted, *noted)
    return Finding(
        cls=Class.LISTED_SELF,
        list=entry.list,
        listing=entry.to_json(),
        target=subject.to_json(),
        effect=effect,
        text="。".join(part for part in (_foreign(entry.list), words, named_as, reason, does.note, overdue) if part),
        path=Path((subject,)).to_json(),
        basis=(*(telling.basis(article) for article in articles), *_basis(entry)),
        period=(entry.listed_on, until),
        conditions=tuple(note for note in (named_as, does.note, overdue or computed, *except_for) if note),
        reason=entry.reason or "",
        disputed=entry.disputed,
        remedy=remedy(entry),
    )


def _exemptions(binding: Binding, day: str) -> tuple[list[str], list[str]]:
    """What was lifted for the subject itself on this entry, and what other exceptions are on record, in words."""
    lifted, noted = [], []
    for found in binding.exempt:
        kind, since, until = (str(found.get(name) or "") for name in ("kind", "since", "until"))
        if since > day or (until and until <= day):
            continue
        document = found.get("doc_no") or ""
        if kind in shipped().lifting:
            lifted.append(f"该主体在本条目上的限制已解除：{kind} {since or '起始不明'} {document}".strip())
        else:
            # As the rules word it, so that it is not told twice.
            noted.append(f"有例外记录，待核实：{kind} {since or '起始不明'} 至 {until or '今'} {document}".strip())
    return lifted, noted


def _grades(scenario: Scenario, code: str, day: str) -> list[str]:
    """How well the ground of the effect was read: the profile's articles in force, or the basis of the list itself
    where the profile names none.
    """
    if code in scenario.listed and scenario.listed[code].basis:
        return [article.grade for article in scenario.basis(code, day)]
    return [list_types()[code].grade]


def _basis(entry: Listing) -> tuple[dict[str, str], ...]:
    """The list's own basis with the grade it was read by; what the entry says beside it nobody has checked."""
    kind = list_types()[entry.list]
    own = {"law": kind.basis, "article": "", "grade": kind.grade}
    if not entry.basis or entry.basis == kind.basis:
        return (own,)
    return own, {"law": entry.basis, "article": "", "grade": "unverified"}


def _mentioned(subject: Subject, entry: Listing, binding: Binding) -> Finding:
    text = f"{_owner(binding)} 列于{listing_words(entry.to_json())}。{_named_as(binding)}，其本人未被列入"
    return _alert(subject, entry.to_json(), Path((subject,)).to_json(), text, {})


def remedy(entry: Listing) -> str:
    """How the subject gets off the list, and whom it can tell that the entry is wrong."""
    kind = list_types()[entry.list]
    return f"{kind.exit}；对事实有异议的，可向{entry.authority or kind.authority}提出"


def alert(subject: Subject, exposure: Mapping[str, Any]) -> Finding:
    """An exposure as a finding: association only. `exposure` is one of `exposure --json`."""
    listing, path = exposure["listing"], exposure["path"]
    text = listed_words(path, exposure["listed_subject"]["name"], listing)
    extra = {key: exposure[key] for key in ("score", "hops", "band", "possible")}
    return _alert(subject, listing, path, text, extra)


def beside(subject: Subject, listing: Mapping[str, Any], path: Mapping[str, Any], text: str) -> Finding:
    """An alert on an entry: association only. `listing` and `path` as the contract prints them."""
    return _alert(subject, listing, path, text, {})


def _alert(
    subject: Subject, listing: Mapping[str, Any], path: Mapping[str, Any], text: str, extra: Mapping[str, Any]
) -> Finding:
    return Finding(
        cls=Class.ALERT,
        list=listing["list"],
        listing=listing,
        target=subject.to_json(),
        effect=Effect.INFORM,
        text="。".join(part for part in (_foreign(listing["list"]), text, ALERT_SENTENCE) if part),
        path=path,
        period=(listing["listed_on"], listing["expires_on"]),
        reason=listing["reason"] or "",
        disputed=listing["disputed"],
        extra=extra,
    )


def _foreign(code: str) -> str:
    return FOREIGN_SENTENCE if list_types()[code].family == "foreign" else ""

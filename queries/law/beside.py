"""Alerts beside the rules: who should be looked up because an entry binds only those it names, and who left a role
shortly before a listing. Never more than alerts, and never a rule's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from queries.finding import Finding
from queries.law.bindings import Binding
from queries.law.consequences import path_of
from queries.law.entries import beside
from queries.law.pack import Pack
from queries.model import Subject, in_force
from queries.question import Question
from queries.words import listed_words

FORMER = "former_role"
_ASK = "该名单只约束条目列明的人员，登记的任职人员未被列明，应核查其是否同时列入"
_LEFT = "列入前已卸任，列入条目未列明其人"


def role_alerts(pack: Pack, found: Iterable[Binding], question: Question) -> Iterator[Finding]:
    """The alerts of one subject: it holds, or held, a role in a listed organisation whose entry does not name it."""
    bindings = list(found)
    days = question.listed_days
    active = [b for b in bindings if in_force(b.listing, days["as_of"], days["over"])]
    # Whoever is listed or named by the entry, or on the same list by another one, is told so elsewhere.
    own = [b.listing for b in active if b.role is None and b.post is None]
    told, lists = {entry["id"] for entry in own}, {entry["list"] for entry in own}
    for binding in active:
        if binding.role is None or binding.post is not None or binding.listing["id"] in told:
            continue
        if _to_ask(pack, binding, question.as_of):
            if binding.listing["list"] not in lists:
                yield _alert(binding, question, _ASK)
        elif _left(pack, binding, question.policy.former_days):
            yield _alert(binding, question, _LEFT, FORMER)


def _to_ask(pack: Pack, binding: Binding, as_of: str) -> bool:
    assert binding.role is not None  # the caller asked
    since, until = binding.role.props.get("since") or "", binding.role.props.get("until") or ""
    active = since <= as_of and (not until or until > as_of)
    return active and binding.role.type in pack.ask_named.get(binding.listing["list"], frozenset())


def _left(pack: Pack, binding: Binding, former_days: int) -> bool:
    """Whether the role ended on the day of listing or at most `former_days` before it."""
    assert binding.role is not None  # the caller asked
    if not pack.tells(binding.listing["list"], binding.role.type, "backward"):
        return False
    until, listed_on = binding.role.props.get("until") or "", binding.listing.get("listed_on") or ""
    if binding.role.type not in pack.former_roles or not until or not listed_on:
        return False
    earliest = (date.fromisoformat(listed_on) - timedelta(days=former_days)).isoformat()
    return earliest <= until <= listed_on


def _alert(binding: Binding, question: Question, why: str, rule: str | None = None) -> Finding:
    listing, path = question.listing(binding.listing).to_json(), path_of(binding).to_json()
    listed = str(binding.listed.get("name") or binding.listed["id"])
    words = f"{listed_words(path, listed, listing)}。{why}"
    return replace(beside(Subject.read(binding.holder), listing, path, words), rule=rule)

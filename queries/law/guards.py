"""Guards of the pack judged: rules that forbid saying something of a role-holder, or take him out of another rule.

A guard that holds yields no finding. It tells why somebody who heads a listed organisation is not called listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from queries.law.bindings import Binding, Search
from queries.law.conditions import Condition, Status, status
from queries.law.judge import Outcome, Verdict, judge
from queries.law.pack import Rule, Words
from queries.law.times import Days
from queries.model import in_force

_SELF = Words("本人未列入该名单", "not on that list himself")
_EXEMPT = Words("有相应的准许或例外记录", "a permission or exception is on record")


def guards(search: Search, rule: Rule, found: Iterable[Binding], days: Days) -> Iterator[Verdict]:
    """The guard on each path from a role-holder to a listed organisation."""
    paths = [b for b in found if b.role is not None and b.post is None and not b.sibling]
    own = search.themselves(sorted({str(b.holder["id"]) for b in paths})) if paths else {}
    for binding in paths:
        for way in rule.ways:
            if way.shape == "guard":
                himself = [b.listing for b in own.get(str(binding.holder["id"]), ()) if b.himself]
                yield _guard(judge(rule, way, binding, days), himself, days)


def _guard(found: Verdict, himself: Iterable[Any], days: Days) -> Verdict:
    kept = [c for c in found.conditions if c.key != "exempt"]
    last = _exempt(found, days) if found.rule.exception else _not_listed(found, himself, days)
    conditions = (*kept, last)
    failed = any(c.status is Status.FAILED for c in conditions)
    left_open = any(c.status is Status.UNKNOWN for c in conditions)
    outcome = Outcome.NOTHING if failed else Outcome.CONDITIONAL if left_open else Outcome.APPLIES
    return replace(found, conditions=conditions, outcome=outcome)


def _not_listed(found: Verdict, himself: Iterable[Any], days: Days) -> Condition:
    lists = found.way.lists or frozenset(found.rule.trigger.lists)
    entries = [e["id"] for e in himself if e["list"] in lists and in_force(e, days.as_of, days.over)]
    name = found.binding.holder.get("name") or found.binding.holder["id"]
    fact = f"{name} 本人的条目：{'、'.join(entries)}" if entries else f"{name} 本人没有该名单的有效条目"
    return Condition("named", _SELF, status(not entries), fact)


def _exempt(found: Verdict, days: Days) -> Condition:
    kinds = found.rule.exceptions.lifted_by | found.rule.exceptions.noted
    on = [
        e
        for e in found.binding.exempt
        if (not kinds or "any" in kinds or e.get("kind") in kinds)
        and (e.get("since") or "") <= days.as_of
        and (not e.get("until") or e["until"] > days.as_of)
    ]
    facts = "、".join(f"{e.get('kind')} {e.get('doc_no') or ''}".strip() for e in on)
    return Condition("exempt", _EXEMPT, status(bool(on)), facts or "没有记录")

"""Rules on those who bid together or against each other: consortia, and bidders of one lot.

Which rules these are, and where they hold, stands in their rows (`shape`, `scenarios`); where a rule says nothing in
a scenario, what joins the bidders is worth a look and no more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from queries.finding import Finding
from queries.law.answer import Frame
from queries.law.bids import Bid, consortia, rows_of
from queries.law.bindings import Binding, Link
from queries.law.consequences import finding, path_of
from queries.law.entries import beside
from queries.law.judge import Outcome, judge
from queries.law.pack import Rule, Way
from queries.model import Subject
from queries.words import BIDS_WITH, listed_words

ByRow = dict[int, list[Finding]]


@dataclass(frozen=True, slots=True)
class Joint:
    """One rule and one of its ways on a scenario: whether the scenario has it bind, or only calls for a look."""

    rule: Rule
    way: Way
    binds: bool


def joint_rules(frame: Frame, shape: str) -> list[Joint]:
    """The rules of that shape."""
    known = frame.setting
    return [
        Joint(rule, way, rule.id in known.overrides or known.scenario in rule.scenarios)
        for rule in frame.rules
        for way in rule.ways
        if way.shape == shape
    ]


def consortium_findings(bids: Iterable[Bid], found: Mapping[str, Sequence[Binding]], frame: Frame) -> ByRow:
    """What an entry on one member does to all rows of its consortium."""
    told: ByRow = defaultdict(list)
    rules, known = joint_rules(frame, "consortium"), list(bids)
    rows = rows_of(bid for bid in known if bid.consortium)
    for group in consortia(known) if rules else ():
        for member in group:
            own = [b for b in found.get(member.id, ()) if b.himself and b.said is None and b.post is None]
            for joint in rules:
                for binding in (b for b in own if b.listing["list"] in joint.rule.trigger.lists):
                    for bid in group:
                        made = list(_member(joint, binding, (bid, member), frame))
                        for row in rows[bid.place]:
                            told[row] += made
    return told


def _member(joint: Joint, binding: Binding, pair: tuple[Bid, Bid], frame: Frame) -> Iterator[Finding]:
    bid, member = pair
    joined = replace(binding, other=bid.subject)
    if bid.id != member.id:
        joined = replace(joined, post=Link(BIDS_WITH, {"record": f"sheet:{bid.row}"}))
    verdict = judge(joint.rule, joint.way, replace(joined, post=None), frame.setting.days)
    if verdict.outcome not in (Outcome.APPLIES, Outcome.CONDITIONAL):
        return
    verdict = replace(verdict, binding=joined, way=replace(joint.way, binds="other"))
    if joint.binds:
        verdict = replace(verdict, basis=frame.setting.basis(verdict) or verdict.basis)
        made = finding(verdict, "target", frame.setting, certain=bid.certain and member.certain)
        yield replace(made, falls_on="joint_bid")
    elif bid.id != member.id:
        entry, path = frame.question.listing(binding.listing), path_of(joined)
        facts = listed_words(path.to_json(), str(member.subject.get("name")), entry.to_json())
        why = joint.way.else_alert.zh if joint.way.else_alert else ""
        told = "。".join(part for part in (facts, why) if part)
        alert = beside(Subject.read(bid.subject), entry.to_json(), path.to_json(), told)
        yield replace(alert, falls_on="joint_bid")

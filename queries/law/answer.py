"""All that is found on one subject: what it is listed for, what rules attach to its relations, what comes near.

Each is told once. What is told of an entry by a rule, or by being on it, is not told again as mere nearness.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.vocabulary import STATES, list_types
from queries.alerts import Exposure
from queries.finding import Class, Finding
from queries.law.beside import role_alerts
from queries.law.bindings import Binding
from queries.law.consequences import Setting, consequences, order
from queries.law.entries import alert, own_findings
from queries.law.judge import Outcome, Verdict, verdicts
from queries.law.pack import Pack, Rule
from queries.law.telling import basis
from queries.law.times import last_day
from queries.model import Subject, in_force
from queries.profile import Scenario
from queries.question import Question
from queries.words import listing_words


@dataclass(frozen=True, slots=True)
class Frame:
    """What findings are made with: the question, the scenario, and the rules (none: no law pack)."""

    question: Question
    scenario: Scenario
    pack: Pack | None

    @property
    def setting(self) -> Setting:
        """The same, as rules see it."""
        return Setting(self.question, self.scenario.rests_on, self.scenario.rules)

    @property
    def rules(self) -> list[Rule]:
        """The rules that are asked."""
        return list(self.pack.rules.values()) if self.pack else []

    def tells(self, near: Exposure) -> bool:
        """Whether the last relation of its path, that with the listed subject, lets an entry of this list be told."""
        if not self.pack or not near.path.edges:
            return True
        last, listed = near.path.edges[-1], near.path.nodes[-1].id
        return self.pack.tells(near.listing.list, last.type, "backward" if last.target == listed else "forward")


def told(
    subject: Subject, found: Sequence[Binding], near: Iterable[Exposure], frame: Frame, *, certain: bool = True
) -> tuple[Finding, ...]:
    """The findings of one subject, the gravest first.

    `found`: its bindings; `near`: exposures; `certain`: it surely is the one asked for.
    """
    scenario = frame.scenario
    bindings = [b for b in found if b.listing["list"] in scenario.listed and (scenario.relations or _alone(b))]
    exposures = list(near)
    if not bindings and not exposures:
        return ()  # most of whom a screening asks about
    listed = list(entries_of(subject, bindings, frame, certain=certain))
    judged = (v for v in verdicts(frame.rules, bindings, frame.setting.days) if not v.lists or v.binding.post)
    bound = consequences(subject.id, judged, frame.setting, certain=certain)
    beside = role_alerts(frame.pack, bindings, frame.question) if frame.pack else ()
    ruled = [*(f for f in listed if f.cls is not Class.ALERT), *bound, *beside]
    said = {f.listing["id"] for f in ruled}
    mentions = [f for f in listed if f.cls is Class.ALERT and f.listing["id"] not in said]
    close = [e for e in exposures if e.listing.list in scenario.listed and e.listing.id not in said and frame.tells(e)]
    hidden = {e.listing.id for e in close}
    alerts = [f for f in mentions if f.listing["id"] not in hidden] + [alert(subject, e.to_json()) for e in close]
    everything = _once([*ruled, *alerts])
    return tuple(f for f in everything if scenario.alerts or f.cls is not Class.ALERT)


def _alone(binding: Binding) -> bool:
    """Whether nobody else is part of the binding."""
    return binding.role is None and binding.post is None


def entries_of(subject: Subject, found: Sequence[Binding], frame: Frame, *, certain: bool = True) -> Iterator[Finding]:
    """Entries that list the subject or name it, each with the rule that says what being on it means."""
    own = [b for b in found if _alone(b) and b.holder["id"] == subject.id]
    judged = verdicts(frame.rules, own, frame.setting.days)
    holding = (v for v in judged if v.lists and v.outcome in (Outcome.APPLIES, Outcome.CONDITIONAL))
    means = {v.binding.listing["id"]: v for v in holding}
    for finding in own_findings(subject, own, frame.question, frame.scenario, certain=certain):
        verdict = means.pop(finding.listing["id"], None)
        yield _meaning(finding, verdict, frame) if verdict and finding.cls is Class.LISTED_SELF else finding
    # Publicity is over, the period a decision set is not.
    for finding in consequences(subject.id, means.values(), frame.setting, certain=certain):
        yield _after_publicity(finding)


def _after_publicity(finding: Finding) -> Finding:
    """A bar that outlives the entry: whoever is under it is on the list no more, and the text says so."""
    ended = finding.listing.get("removed_on") or finding.listing.get("expires_on")
    state = STATES.get(finding.listing.get("state_now") or finding.listing["state"], "")
    note = f"名单公示已于 {ended} 结束（{state}），决定所定期限未满" if ended else "名单公示已暂停，决定所定期限未满"
    law = "；".join(f"{entry['law']}{entry['article']}" for entry in finding.basis)
    return replace(
        finding,
        conditions=(note, *finding.conditions),
        text=f"{note}：{finding.target['name']}：{finding.measure}。原条目：{listing_words(finding.listing)}。依据：{law}",
    )


def _meaning(finding: Finding, verdict: Verdict, frame: Frame) -> Finding:
    """A listing with its rule: measure, articles and period beside those of the list."""
    rule = verdict.rule
    fixed = last_day(verdict.period, verdict.binding.listing) if verdict.period.fixed else None
    said = {(entry["law"], entry["article"]) for entry in finding.basis}
    articles = tuple(basis(b) for b in frame.setting.basis(verdict) if (b.law, b.article) not in said)
    return replace(
        finding,
        rule=rule.id,
        measure=rule.measure.zh,
        basis=(*finding.basis, *articles),
        period=(finding.period[0], fixed or finding.period[1]),
        conditions=tuple(dict.fromkeys((*finding.conditions, *verdict.open))),
        text=f"{finding.text}。措施：{rule.measure.zh}",
    )


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Findings in order; of alerts on the same entry over the same path only the first."""
    kept: list[Finding] = []
    seen: set[tuple[str, ...]] = set()
    for finding in sorted(found, key=order):
        path = (finding.listing["id"], *(node["id"] for node in finding.path["nodes"]))
        if finding.cls is Class.ALERT and path in seen:
            continue
        if finding.cls is Class.ALERT:
            seen.add(path)
        kept.append(finding)
    return kept


def flags(subject: Subject, findings: Iterable[Finding], found: Iterable[Binding], question: Question) -> list[str]:
    """`red_black`: it is commended, and the law binds it or it is on a list that takes something away."""
    days = question.listed_days
    red = any(
        list_types()[b.listing["list"]].family == "red" and in_force(b.listing, days["as_of"], days["over"])
        for b in found
        if _alone(b) and b.himself
    )
    # What a partner of a joint bid brings along is not its own turning.
    own = (f for f in findings if f.falls_on != "joint_bid" and f.target["id"] == subject.id)
    black = any(_adverse(f) for f in own)
    return ["red_black"] if red and black else []


def _adverse(finding: Finding) -> bool:
    if finding.cls is Class.LISTED_SELF:
        return list_types()[finding.list].family == "negative"
    return finding.cls in (Class.STATUTORY, Class.STATUTORY_CONDITIONAL)

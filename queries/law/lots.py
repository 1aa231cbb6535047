"""What a screening says of the bidders of one lot: of what joins a pair, each rule's word, else the nearest look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from queries.finding import ALERT_SENTENCE, CLASS_LABELS, Class, Effect, Finding, capped
from queries.law import telling
from queries.law.answer import Frame
from queries.law.bids import Bid, lots, rows_of
from queries.law.cases import Case, Cases, wanted
from queries.law.joint import ByRow, Joint, joint_rules
from queries.law.pack import Basis
from queries.law.ties import Ties, Wanted
from queries.law.times import seen_before
from queries.model import Path, Subject
from queries.words import path_words

# Bidders joined by the same thing, each of whom is told against all others; of more, each against the first.
ALL_PAIRS = 40


class Lots:
    """The bidders of a sheet, lot by lot. `cut`: whether pairs were left out, though no bidder was."""

    def __init__(self, frame: Frame, bids: Iterable[Bid]) -> None:
        self.frame, self.rules, self.cut = frame, rules_on_lots(frame), False
        known = list(bids)
        self.lots = lots(known) if self.rules else []
        self._rows = rows_of(known)

    @property
    def wanted(self) -> Wanted:
        """What has to be read."""
        return wanted(self.rules)

    @property
    def ids(self) -> list[str]:
        """The bidders."""
        return list(dict.fromkeys(bid.id for lot in self.lots for bid in lot))

    def findings(self, ties: Ties) -> ByRow:
        """What is found on each row."""
        told: ByRow = defaultdict(list)
        cases = Cases(self.rules, ties, self.ids, ALL_PAIRS)
        for bidders in self.lots:
            for case in _told(cases.of(bidders)):
                for place in (0, 1):
                    made = _finding(case, place, self.frame)
                    for row in self._rows[case.pair[place].place]:
                        told[row].append(made)
        self.cut = cases.cut
        return told


def rules_on_lots(frame: Frame) -> list[Joint]:
    """The rules on rival bids that bind in the scenario."""
    return [joint for joint in joint_rules(frame, "lot") if joint.binds]


def _told(cases: Sequence[Case]) -> Iterator[Case]:
    """Every case of a rule; of what is only worth a look the first of a pair that has nothing else."""
    said: set[tuple[str, ...]] = set()
    for case in cases:
        pair = tuple(sorted(bid.id for bid in case.pair))
        if case.joint is not None or pair not in said:
            said.add(pair)
            yield case


def ground(joint: Joint, frame: Frame) -> tuple[list[Basis], list[Basis]]:
    """The articles in force a rule rests on for its way; and of them those that are for the scenario."""
    basis = [b for b in joint.rule.basis if b.holds(frame.question.as_of) and (not b.ways or joint.way.key in b.ways)]
    return basis, [b for b in basis if not b.scenarios or frame.setting.scenario in b.scenarios]


def effect(case: Case, frame: Frame) -> Effect:
    """What a case comes to in the scenario, held down by what is not sure; alerts only inform."""
    if case.joint is None:
        return Effect.INFORM
    rule, way, setting = case.joint.rule, case.joint.way, frame.setting
    asked = setting.overrides.get(rule.id, rule.scenarios.get(setting.scenario, {})).get("target", Effect.INFORM)
    certain = all(bid.certain for bid in case.pair) and not conditions(case, frame)
    grades = [b.grade for b in ground(case.joint, frame)[1]]
    return capped(asked, way.cls, certain=certain, disputed=False, grades=grades)


def conditions(case: Case, frame: Frame) -> tuple[str, ...]:
    """What keeps a case from being sure, beside whether the bidders are who they seem."""
    old = stale((case.path, *case.also), frame)
    return (*case.doubts, *((old,) if old else ()))


def stale(paths: Iterable[Path], frame: Frame) -> str:
    """What to say where a relation without an end has not been seen for too long to rely on."""
    edges = [e for path in paths for e in path.edges]
    old = [day for e in edges if (day := seen_before({"seen_on": e.seen_on, "until": e.until}, frame.setting.days))]
    return telling.seen_until(min(old)) if old else ""


def remedy(joint: Joint) -> str:
    """What would end it, and whom to tell that the facts are wrong."""
    ends = joint.rule.ends.zh if joint.rule.ends else ""
    return "；".join(part for part in (ends, "对事实有异议的，可向招标人（采购人）或其监督部门提出") if part)


def _finding(case: Case, place: int, frame: Frame) -> Finding:
    """One side's finding. There is no entry of a list behind it: what is wrong is bidding against each other."""
    bid, other = case.pair[place], case.pair[1 - place]
    path = case.path if place == 0 else Path(case.path.nodes[::-1], case.path.edges[::-1])
    told, open_points = path.to_json(), conditions(case, frame)
    names = f"{bid.subject.get('name')} 与 {other.subject.get('name')}（第 {other.row} 行）同投标段“{bid.lot}”"
    facts = "；".join(part for part in (names, path_words(told), case.why) if part)
    target = Subject.read(bid.subject).to_json()
    noted = "".join(f"。{note}" for note in open_points)
    extra = {"kind": case.kind}
    if case.joint is None:
        text = f"{facts}{noted}。{ALERT_SENTENCE}"
        return Finding(
            Class.ALERT, "", {}, target, Effect.INFORM, text, told, falls_on="joint_bid", conditions=open_points,
            extra=extra,
        )  # fmt: skip
    rule, way = case.joint.rule, case.joint.way
    basis, held = ground(case.joint, frame)
    law = "；".join(f"{b.law}{b.article}" for b in held)
    return Finding(
        cls=way.cls,
        list="",
        listing={},
        target=target,
        effect=effect(case, frame),
        text=f"{CLASS_LABELS[way.cls]}：{bid.subject.get('name')}：{rule.measure.zh}。事实：{facts}。依据：{law}{noted}",
        path=told,
        rule=rule.id,
        falls_on="joint_bid",
        measure=rule.measure.zh,
        basis=tuple(telling.basis(b) for b in held or basis),
        conditions=open_points,
        remedy=remedy(case.joint),
        extra=extra,
    )

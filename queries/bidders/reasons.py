"""What joins two bidders, put into words: each fact as one reason, with its ground and its limits."""

from __future__ import annotations

from dataclasses import dataclass, replace

from queries.bidders.answer import Reason
from queries.bidders.laws import Law, signals
from queries.bidders.people import Shared
from queries.bidders.signals import Sign
from queries.finding import ALERT_SENTENCE, Effect
from queries.law import telling
from queries.law.answer import Frame
from queries.law.bids import Bid
from queries.law.cases import Case
from queries.law.lots import conditions, effect, ground, stale
from queries.law.pack import Basis
from queries.model import Path, Subject
from queries.words import path_words

UNSURE = "投标人身份未由统一社会信用代码确认"


@dataclass(frozen=True, slots=True)
class Reasons:
    """Makes reasons for one question under one law."""

    frame: Frame
    law: Law

    def case(self, case: Case) -> Reason:
        """What a rule says, or narrowly does not."""
        case = _in_order(case)
        open_points = conditions(case, self.frame)
        ways = [case.path, *case.also]
        facts = "；".join(part for part in (*(path_words(way.to_json()) for way in ways), case.why) if part)
        if case.joint is None:
            told = "；".join(part for part in (facts, *case.doubts, self._missed(case)) if part)
            made = self._alert(case.pair, case.kind, case.path, told)
            missed = case.missed.rule.id if case.missed else None
            return replace(made, also=case.also, missed=missed, conditions=(*case.doubts, *made.conditions))
        if not all(bid.certain for bid in case.pair):
            open_points = (*open_points, UNSURE)
        rule, (basis, held) = case.joint.rule, ground(case.joint, self.frame)
        conclusive = effect(case, self.frame) is Effect.BLOCK
        law = f"{rule.measure.zh}。依据：{_articles(held)}"
        doubt = f"{'；'.join(open_points)}，须先核实，尚不能认定。{ALERT_SENTENCE}"
        return Reason(
            kind=case.kind,
            path=case.path,
            text=f"{self._pair(case.pair)}：{facts}。{law if conclusive else doubt}",
            rule=rule.id,
            conclusive=conclusive,
            basis=tuple(telling.basis(b) for b in held or basis),
            conditions=open_points,
            also=case.also,
        )

    def _missed(self, case: Case) -> str:
        """The rule a case does not come under, or not before it is known more."""
        if case.missed is None:
            return ""
        rule = f"{case.missed.rule.id}（{_articles(ground(case.missed, self.frame)[1])}）"
        return f"核实之前不能认定属于 {rule} 的情形" if case.doubts else f"未达到 {rule}的条件"

    def sign(self, sign: Sign) -> Reason:
        """A signal in the bids: with an article it is a sign of what that article speaks of, to be proven."""
        path = Path(tuple(Subject.read(bid.subject) for bid in sign.pair), (sign.edge,))
        column = signals().columns.get(sign.signal)
        held = [b for b in column.basis if self._holds(b)] if column else []
        why = f"{sign.why}。系{_articles(held)}所列情形的线索，是否属实须另有证据" if held else sign.why
        made = self._alert(sign.pair, "signal", path, why)
        return replace(made, basis=tuple(telling.basis(b) for b in held), signal=sign.signal)

    def person(self, shared: Shared) -> Reason:
        """A person in both."""
        return self._alert(shared.pair, "shared_person", shared.path, shared.why)

    def path(self, pair: tuple[Bid, Bid], path: Path) -> Reason:
        """What lies between two whom nothing else joins."""
        path = path if path.nodes[0].id == pair[0].id else _turned(path)
        return self._alert(pair, "path", path, f"{path_words(path.to_json())}（相距 {len(path.edges)} 步）")

    def _alert(self, pair: tuple[Bid, Bid], kind: str, path: Path, facts: str) -> Reason:
        old = stale((path,), self.frame)
        text = "。".join(part for part in (f"{self._pair(pair)}：{facts}", old, ALERT_SENTENCE) if part)
        return Reason(kind, path, text, conditions=(old,) if old else ())

    def _holds(self, basis: Basis) -> bool:
        scenario = self.frame.setting.scenario
        return basis.holds(self.frame.question.as_of) and (not basis.scenarios or scenario in basis.scenarios)

    def _pair(self, pair: tuple[Bid, Bid]) -> str:
        a, b = pair
        return f"{a.subject.get('name')} 与 {b.subject.get('name')} 同投{self.law.unit.zh}“{a.lot}”"


def _in_order(case: Case) -> Case:
    """The case told from the bidder that stands first in the sheet."""
    one, other = case.pair
    if one.row < other.row:
        return case
    return replace(case, pair=(other, one), path=_turned(case.path), also=tuple(map(_turned, case.also)))


def _turned(path: Path) -> Path:
    return Path(path.nodes[::-1], path.edges[::-1])


def _articles(basis: list[Basis]) -> str:
    return "；".join(f"{b.law}{b.article}" for b in basis)

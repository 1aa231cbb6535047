"""Bidders of one lot against each other: one head, one holding or running the other, and what only looks like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from graph.names import name_key
from graph.vocabulary import Kind
from queries.finding import ALERT_SENTENCE, CLASS_LABELS, Class, Effect, Finding, capped
from queries.law import telling
from queries.law.answer import Frame
from queries.law.bids import Bid, Head, lots, rows_of
from queries.law.joint import ByRow, Joint, joint_rules
from queries.law.pack import Step
from queries.law.ties import DEPTH, Chain, Ties
from queries.law.times import seen_before
from queries.model import Edge, Path, Subject
from queries.words import SAME_NAME, path_words

# Bidders joined by the same thing, each of whom is told against all others; of more, each against the first.
ALL_PAIRS = 40


@dataclass(frozen=True, slots=True)
class Case:
    """What joins two bidders. `joint`: the rule that says so, None for what is only worth a look."""

    pair: tuple[Bid, Bid]
    path: Path
    kind: str
    why: str
    joint: Joint | None = None


class Lots:
    """The bidders of a sheet, lot by lot. `cut`: whether pairs were left out, though no bidder was."""

    def __init__(self, frame: Frame, bids: Iterable[Bid]) -> None:
        self.frame, self.rules, self.cut = frame, [j for j in joint_rules(frame, "lot") if j.binds], False
        known = list(bids)
        self.lots = lots(known) if self.rules else []
        self._rows = rows_of(known)

    @property
    def heads(self) -> tuple[str, ...]:
        """Relations that make somebody the head of a bidder."""
        return tuple(sorted({t for j in self.rules if j.way.role for t in j.way.role.types}))

    @property
    def holders(self) -> tuple[str, ...]:
        """Relations that put somebody above a bidder."""
        return tuple(sorted({t for step in self._steps() for t in step.types}))

    @property
    def least(self) -> float:
        """The smallest share that matters."""
        shares = [share for s in self._steps() for share in (s.over, s.min_ratio) if share is not None]
        return min(shares, default=0.0)

    @property
    def ids(self) -> list[str]:
        """The bidders."""
        return list(dict.fromkeys(bid.id for lot in self.lots for bid in lot))

    def _steps(self) -> list[Step]:
        return [j.way.post for j in self.rules if j.way.post is not None]

    def findings(self, ties: Ties) -> ByRow:
        """What is found on each row."""
        told: ByRow = defaultdict(list)
        for bidders in self.lots:
            for case in self._cases(bidders, ties):
                for place in (0, 1):
                    made = _finding(case, place, self.frame)
                    for row in self._rows[case.pair[place].lot, case.pair[place].id]:
                        told[row].append(made)
        return told

    def _cases(self, bidders: Sequence[Bid], ties: Ties) -> Iterator[Case]:
        said: set[tuple[str, str]] = set()
        found = [*self._same_heads(bidders, ties), *self._above(bidders, ties)]
        for case in sorted(found, key=lambda c: c.joint is None):
            if case.joint is not None or _key(case.pair) not in said:
                said.add(_key(case.pair))
                yield case
        for case in self._beside(bidders, ties):
            if _key(case.pair) not in said:
                said.add(_key(case.pair))
                yield case

    def _same_heads(self, bidders: Sequence[Bid], ties: Ties) -> Iterator[Case]:
        for joint in (j for j in self.rules if j.way.role is not None):
            types = joint.way.role.types if joint.way.role else ()
            for pair, (one, other) in self._sharing(bidders, _numbers(ties, types)):
                yield Case(pair, _met(pair, one, other), "same_head", "单位负责人为同一人（证件号码一致）", joint)

    def _above(self, bidders: Sequence[Bid], ties: Ties) -> Iterator[Case]:
        by_id = {bid.id: bid for bid in bidders}
        for joint in self.rules:
            step = joint.way.post
            for bid in bidders if step is not None else ():
                assert step is not None  # the loop asked
                for top, chain in ties.above(bid.id, step, DEPTH).items():
                    over = by_id.get(top)
                    if over is None or _together(bid, over):
                        continue
                    near = step.deep or len(chain.ties) == 1
                    why = "" if near else "只有间接的控股、管理关系，不属于直接控股、管理"
                    why = "持股恰为临界比例，未超过" if chain.exact else why
                    kind = "management" if chain.ties[-1].link.type == "MANAGES" else "holding"
                    yield Case((bid, over), _climbed(bid, chain), kind, why, None if why else joint)

    def _beside(self, bidders: Sequence[Bid], ties: Ties) -> Iterator[Case]:
        """Equal names of heads, and a holder in common: worth a look."""
        for pair, (one, other) in self._sharing(bidders, _names(ties)):
            if one.number and other.number:
                continue  # two numbers: one man, told already, or two
            why = "单位负责人姓名相同，没有完整证件号，不能认定为同一人"
            yield Case(pair, _met(pair, one, other), "same_name", why)
        for step in self._steps():
            above = {bid.id: ties.above(bid.id, step, DEPTH) for bid in bidders}

            def held(bid: Bid, above: Mapping[str, Mapping[str, Chain]] = above) -> Iterator[tuple[str, Chain]]:
                return ((top, c) for top, c in above[bid.id].items() if _joins(c))

            for pair, (one_chain, other_chain) in self._sharing(bidders, held):
                path = _under(pair, one_chain, other_chain)
                yield Case(pair, path, "holding", "由同一主体控股或者管理，负责人不同，相互之间没有控股、管理关系")

    def _sharing(
        self, bidders: Sequence[Bid], keys: Callable[[Bid], Iterable[tuple[str, Any]]]
    ) -> Iterator[tuple[tuple[Bid, Bid], tuple[Any, Any]]]:
        """Pairs of bidders with a key in common, and what each has under it; those that bid together left out."""
        holders: dict[str, dict[str, tuple[Bid, Any]]] = defaultdict(dict)
        for bid in bidders:
            for key, value in keys(bid):
                holders[key].setdefault(bid.id, (bid, value))
        for group in holders.values():
            members = list(group.values())
            many = len(members) > ALL_PAIRS
            self.cut = self.cut or many
            pairs = ((members[0], other) for other in members[1:]) if many else combinations(members, 2)
            for (one, first), (other, second) in pairs:
                if not _together(one, other):
                    yield (one, other), (first, second)


def _numbers(ties: Ties, types: Sequence[str]) -> Callable[[Bid], Iterator[tuple[str, Head]]]:
    return lambda bid: ((h.number, h) for h in ties.heads(bid) if h.number and h.type in types)


def _names(ties: Ties) -> Callable[[Bid], Iterator[tuple[str, Head]]]:
    return lambda bid: ((key, h) for h in ties.heads(bid) if (key := name_key(str(h.person.get("name") or ""))))


def _joins(chain: Chain) -> bool:
    """Whether a holder in common means anything: the state as such, and bodies nothing passes through, do not."""
    return not chain.exact and all(t.conducts and t.holder["kind"] != Kind.GOVERNMENT for t in chain.ties)


def _together(one: Bid, other: Bid) -> bool:
    return bool(one.consortium) and one.consortium == other.consortium


def _key(pair: tuple[Bid, Bid]) -> tuple[str, str]:
    first, second = sorted((pair[0].id, pair[1].id))
    return first, second


def _met(pair: tuple[Bid, Bid], one: Head, other: Head) -> Path:
    first, second = Subject.read(one.person), Subject.read(other.person)
    a, b = (Subject.read(bid.subject) for bid in pair)
    same = first.id == second.id or (bool(one.number) and one.number == other.number)
    nodes = (a, first, b) if same else (a, first, second, b)
    edges = (Edge.read(one.type, (first.id, a.id), one.props), Edge.read(other.type, (nodes[-2].id, b.id), other.props))
    return Path(nodes, edges) if len(nodes) == 3 else Path(nodes, (edges[0], _same_name(first, second), edges[1]))


def _same_name(one: Subject, other: Subject) -> Edge:
    return Edge(SAME_NAME, one.id, other.id)


def _climbed(bid: Bid, chain: Chain) -> Path:
    nodes = (Subject.read(bid.subject), *(Subject.read(t.holder) for t in chain.ties))
    return Path(nodes, _edges(chain))


def _under(pair: tuple[Bid, Bid], one: Chain, other: Chain) -> Path:
    up, down = _climbed(pair[0], one), _climbed(pair[1], other)
    return Path((*up.nodes, *reversed(down.nodes[:-1])), (*up.edges, *reversed(down.edges)))


def _edges(chain: Chain) -> tuple[Edge, ...]:
    return tuple(Edge.read(t.link.type, (str(t.holder["id"]), t.held), t.link.props) for t in chain.ties)


def _finding(case: Case, place: int, frame: Frame) -> Finding:
    """One side's finding. There is no entry of a list behind it: what is wrong is bidding against each other."""
    bid, other = case.pair[place], case.pair[1 - place]
    path = case.path if place == 0 else Path(case.path.nodes[::-1], case.path.edges[::-1])
    told = path.to_json()
    names = f"{bid.subject.get('name')} 与 {other.subject.get('name')}（第 {other.row} 行）同投标段“{bid.lot}”"
    facts = "；".join(part for part in (names, path_words(told), case.why) if part)
    target, stale = Subject.read(bid.subject).to_json(), _stale(path, frame)
    noted, seen = f"。{stale}" if stale else "", (stale,) if stale else ()
    extra = {"kind": case.kind}
    if case.joint is None:
        text = f"{facts}{noted}。{ALERT_SENTENCE}"
        return Finding(
            Class.ALERT, "", {}, target, Effect.INFORM, text, told, falls_on="joint_bid", conditions=seen, extra=extra
        )
    rule, way, setting = case.joint.rule, case.joint.way, frame.setting
    basis = [b for b in rule.basis if b.holds(frame.question.as_of) and (not b.ways or way.key in b.ways)]
    held = [b for b in basis if not b.scenarios or setting.scenario in b.scenarios]
    wanted = setting.overrides.get(rule.id, rule.scenarios.get(setting.scenario, {})).get("target", Effect.INFORM)
    certain = bid.certain and other.certain and not stale
    law = "；".join(f"{b.law}{b.article}" for b in held)
    return Finding(
        cls=way.cls,
        list="",
        listing={},
        target=target,
        effect=capped(wanted, way.cls, certain=certain, disputed=False, grades=[b.grade for b in held]),
        text=f"{CLASS_LABELS[way.cls]}：{bid.subject.get('name')}：{rule.measure.zh}。事实：{facts}。依据：{law}{noted}",
        path=told,
        rule=rule.id,
        falls_on="joint_bid",
        measure=rule.measure.zh,
        basis=tuple(telling.basis(b) for b in held or basis),
        conditions=seen,
        remedy="；".join(
            part
            for part in (rule.ends.zh if rule.ends else "", "对事实有异议的，可向招标人（采购人）或其监督部门提出")
            if part
        ),
        extra=extra,
    )


def _stale(path: Path, frame: Frame) -> str:
    """What to say where a relation without an end has not been seen for too long to rely on."""
    old = [
        day for e in path.edges if (day := seen_before({"seen_on": e.seen_on, "until": e.until}, frame.setting.days))
    ]
    return telling.seen_until(min(old)) if old else ""

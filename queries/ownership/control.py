"""Control as a fix-point: whoever controls a holder has its votes.

A subject, or a group that acts in concert, controls an organisation when the votes of the group and of all it controls
make more than half (公司法 第265条, `threshold`), when it is declared its actual controller, when it is its general
partner (all of them, of several), or when it appointed more than half of the board, where the directors' titles say so.
A declared controller is declared; everything else is presumed (推定) from the relations that are given as evidence.

The state may control, but joins nobody to anybody: nothing is controlled through a subject at which control stops.
Holders that hold for others (nominees, client accounts) control nothing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from queries.model import Edge
from queries.ownership.holdings import Holdings

HALF = 0.5
SLACK = 1e-9  # sums of decimal shares are exact to this


class How(StrEnum):
    """On what control rests."""

    DECLARED = "declared"
    VOTES = "votes"
    PARTNER = "general_partner"
    BOARD = "board"


HOW_WORDS: dict[How, str] = {
    How.DECLARED: "登记（披露）的实际控制人",
    How.VOTES: "合计表决权超过半数",
    How.PARTNER: "执行事务的普通合伙人",
    How.BOARD: "委派的董事超过董事会半数",
}


@dataclass(frozen=True, slots=True)
class Grip:
    """How one organisation is controlled: on what it rests, the votes that count, and the relations that say so, from
    the controlling subject or from what it controls.
    """

    over: str
    how: How
    votes: float
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Control:
    """What one subject controls, alone or jointly with those it acts with. `grips`: by controlled organisation;
    `support`: those and what else the group controls, on which they rest; `jointly`: with whom, where not alone.
    """

    subject: str
    group: frozenset[str]
    grips: dict[str, Grip]
    support: dict[str, Grip]
    jointly: dict[str, frozenset[str]]

    def declared(self, over: str) -> bool:
        """Whether the subject itself is declared the controller; else control is presumed."""
        grip = self.grips[over]
        return grip.how is How.DECLARED and any(e.source == self.subject for e in grip.edges)

    def chain(self, over: str) -> tuple[Edge, ...]:
        """All relations control of that organisation rests on, those nearest to it first."""
        told: dict[tuple[str, ...], Edge] = {}
        todo, seen = deque([over]), {over}
        while todo:
            grip = self.support.get(todo.popleft())
            for edge in grip.edges if grip else ():
                told[edge.type, edge.source, edge.target, edge.record or ""] = edge
                if edge.source not in seen and edge.source not in self.group:
                    seen.add(edge.source)
                    todo.append(edge.source)
        return tuple(told.values())


def control(known: Holdings, subject: str, threshold: float = HALF) -> Control:
    """What a subject controls, as far as `known` was read.

    Those who act in concert count as one. Jointly with them a subject controls what none of them controls alone and
    in which it takes part itself: having a concert partner who has the majority makes nobody a controller.
    """
    group = known.acts_with(subject)
    full = _closure(known, group, threshold)
    if len(group) == 1:
        return Control(subject, frozenset(group), full, full, {})
    own = {member: _closure(known, {member}, threshold) for member in sorted(group)}
    alone = own[subject]
    shared = {over: grip for over, grip in full.items() if not any(over in each for each in own.values())}
    acting = [who for who in sorted(group) if _acts(known, who)]
    partners = {over: {who for who in acting if _takes_part(known, {who, *own[who]}, over, full)} for over in shared}
    joint = {over: grip for over, grip in shared.items() if subject in partners[over]}
    return Control(
        subject,
        frozenset(group),
        grips=alone | joint,
        support=full | alone,
        jointly={over: frozenset(partners[over] - {subject}) for over in joint},
    )


def _takes_part(known: Holdings, members: set[str], over: str, full: Mapping[str, Grip]) -> bool:
    """Whether any of these has a say in an organisation, or in what of the group's stands above it."""
    todo, seen = [over], {over}
    while todo:
        here = todo.pop()
        votes, declared = known.votes_over(here), known.declared.get(here, {})
        sayers = {*votes, *declared, *known.partners.get(here, {}), *known.boards.get(here, {})}
        if sayers & members:
            return True
        above = (sayers & full.keys()) - seen
        seen |= above
        todo += above
    return False


def controllers(
    known: Holdings, over: str, threshold: float = HALF, beginners: Collection[str] | None = None
) -> dict[str, Control]:
    """Everybody who controls an organisation, with what they control, as far as `known` was read above it.

    `beginners`: what `may_begin` gives, where it is known already.
    """
    able = may_begin(known, threshold) if beginners is None else beginners
    found: dict[str, Control] = {}
    for subject in _above(known, over):
        if subject in able and subject != over:
            control_of = control(known, subject, threshold)
            if over in control_of.grips:
                found[subject] = control_of
    return found


def ultimate(known: Holdings, over: str, threshold: float = HALF) -> tuple[str, ...]:
    """The controllers of an organisation who are controlled by nobody, the state apart; several only where they act
    jointly or declarations contradict each other. Empty where nobody controls it, or only a circle does.
    """
    return topmost(known, controllers(known, over, threshold))


def topmost(known: Holdings, found: Mapping[str, Control]) -> tuple[str, ...]:
    """Of all controllers of something, those whom none of the others controls; at whom control stops left out."""
    own = {who: control_of for who, control_of in found.items() if not known.nodes[who].stops}
    return tuple(sorted(who for who in own if not any(who in other.grips for other in own.values())))


def may_begin(known: Holdings, threshold: float = HALF) -> frozenset[str]:
    """Subjects with a first step to control of anything: a look at every holding once, before any fix-point."""
    able = {who for group in (known.declared, known.partners, known.boards) for held in group.values() for who in held}
    able |= {who for held in known.into for who, votes in known.votes_over(held).items() if votes > threshold + SLACK}
    return frozenset({who for who in able if _acts(known, who)} | known.concert.keys())


def _closure(known: Holdings, group: Iterable[str], threshold: float) -> dict[str, Grip]:
    members = {s for s in group if _acts(known, s)}
    grips: dict[str, Grip] = {}
    votes: dict[str, float] = defaultdict(float)
    voting: dict[str, list[str]] = defaultdict(list)
    todo = deque(sorted(members))
    while todo:
        member = todo.popleft()
        for over in sorted(known.holds.get(member, ())):
            if over in members or over in grips:
                continue
            share = known.votes_over(over).get(member, 0.0)
            if share:
                votes[over] += share
                voting[over].append(member)
            grip = _grip(known, over, members, (votes[over], voting[over]), threshold)
            if grip is not None:
                grips[over] = grip
                if not known.nodes[over].stops:
                    members.add(over)
                    todo.append(over)
    return grips


def _grip(
    known: Holdings, over: str, members: set[str], voting: tuple[float, list[str]], threshold: float
) -> Grip | None:
    declared = [edge for who, edge in known.declared.get(over, {}).items() if who in members]
    if declared:
        return Grip(over, How.DECLARED, voting[0], tuple(declared))
    partners = managing(known.partners.get(over, {}))
    if partners and partners.keys() <= members:
        return Grip(over, How.PARTNER, voting[0], tuple(partners.values()))
    if not partners and voting[0] > threshold + SLACK:
        edges = tuple(edge for who in voting[1] for edge in known.into[over][who].edges)
        return Grip(over, How.VOTES, voting[0], edges)
    for who, seats in known.boards.get(over, {}).items():
        if who in members:
            return Grip(over, How.BOARD, voting[0], seats)
    return None


def managing(partners: Mapping[str, Edge]) -> Mapping[str, Edge]:
    """The partners who run a partnership: those whose title says so (执行事务合伙人), else all general partners; not
    somebody who only represents such a partner (委派代表).
    """
    own = {who: edge for who, edge in partners.items() if "代表" not in (edge.title or "")}
    return {who: edge for who, edge in own.items() if "执行事务" in (edge.title or "")} or own


def _acts(known: Holdings, subject: str) -> bool:
    """Whether it can control at all: those who hold for others do not, the state does."""
    node = known.nodes.get(subject)
    return node is not None and (node.conducts or node.state)


def _above(known: Holdings, over: str) -> Iterator[str]:
    """Everybody above an organisation, and those who act in concert with one of them."""
    seen, todo = {over}, deque([over])
    while todo:
        here = todo.popleft()
        near = (*known.into.get(here, ()), *known.declared.get(here, ()), *known.boards.get(here, ()))
        for other in (*near, *known.concert.get(here, ())) if here != over else near:
            if other not in seen:
                seen.add(other)
                todo.append(other)
                yield other

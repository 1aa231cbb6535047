"""The same holdings read otherwise: with nobody joined through those who hold for others, without what was last seen
too long ago, and with control that shares nobody knows may give.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from graph.vocabulary import RELATIONS
from queries.model import Edge
from queries.ownership.bounds import spread
from queries.ownership.control import HALF, SLACK, Control, Grip, How, control
from queries.ownership.holdings import Holdings
from queries.regimes.bodies import stands_for_others

Stale = Callable[[Edge], str]  # the day a relation was last seen, where that is too long ago; else ""
MAY = "控制所依据的持股比例不详（或者只知上下限、合计超过全部），是否超过半数待核实"


def conducting(known: Holdings, start: str) -> Holdings:
    """Holdings without whatever stands above one who holds for others; `start`, the asked one, is an end as it is."""
    ends = {i for i, node in known.nodes.items() if i != start and stands_for_others(node.props)}
    return known.below(ends)


def fresh(known: Holdings, stale: Stale) -> Holdings:
    """Holdings without relations that were last seen too long ago to rely on."""
    stakes = (stake for into in known.into.values() for stake in into.values())
    others = (by for kept in (known.declared, known.partners, known.concert) for by in kept.values())
    if not any(stale(e) for one in stakes for e in one.edges) and not any(
        stale(e) for by in others for e in by.values()
    ):
        return known
    return known.where(lambda stake: not any(map(stale, stake.edges)), lambda edge: not stale(edge))


def stale_words(edges: Iterable[Edge], stale: Stale) -> tuple[str, ...]:
    """What is said of relations that were last seen too long ago."""
    told = ((RELATIONS[edge.type].label, stale(edge)) for edge in edges)
    return tuple(dict.fromkeys(f"{label}信息截至 {day}，现状待核实" for label, day in told if day))


@dataclass(frozen=True, slots=True)
class Hold:
    """What one subject controls: `sure` by relations seen lately, `told` by all of them, `may` with shares that are
    not known as large as they can be.
    """

    sure: Control
    told: Control
    may: Control
    stale: Stale

    def over(self, other: str) -> Control:
        """The control an organisation is under, as well as it is known."""
        return self.told if other in self.told.grips else self.may

    def opens(self, other: str) -> tuple[str, ...]:
        """What has to be shown before control of an organisation is certain."""
        if other in self.sure.grips:
            return ()
        return stale_words(self.told.chain(other), self.stale) if other in self.told.grips else (MAY,)


def hold(known: Holdings, lately: Holdings, subject: str, stale: Stale) -> Hold:
    """What a subject controls, as far as holdings (and those of them that were seen `lately`) say."""
    told = control(known, subject)
    return Hold(told if lately is known else control(lately, subject), told, may_control(known, told), stale)


def may_control(known: Holdings, told: Control) -> Control:
    """Control, and what may be controlled where shares are not known to the figure."""
    grips = dict(told.grips)
    members = {i for i in (told.subject, *grips) if _joins(known, i, {told.subject})}
    todo = deque(sorted(members))
    while todo:
        for over in sorted(known.out.get(todo.popleft(), ())):
            if over in grips or over in told.group or not _by_votes(known, over, members):
                continue
            most = most_votes(known, over, members)
            if most <= HALF + SLACK:
                continue
            edges = tuple(e for who, stake in known.into[over].items() if who in members for e in stake.edges)
            new = {over: Grip(over, How.VOTES, most, edges)}
            if not known.nodes[over].stops:
                new |= {i: grip for i, grip in control(known, over).grips.items() if i not in told.group}
            for i, grip in new.items():
                if grips.setdefault(i, grip) is grip and _joins(known, i, ()):
                    members.add(i)
                    todo.append(i)
    return replace(told, grips=grips, support=grips | told.support)


def most_votes(known: Holdings, over: str, members: Collection[str]) -> float:
    """The most that some may vote together: no more than their own bounds, nor than the others leave; where votes make
    more than all, what is said of theirs.
    """
    own = [stake.votes for who, stake in known.into[over].items() if who in members]
    others = sum(stake.votes.low for who, stake in known.into[over].items() if who not in members)
    low = sum(share.low for share in own)
    high = sum(1.0 if share.high is None else share.high for share in own)
    return min(1.0, high, max(low, 1.0 - others))


def open_beginners(known: Holdings) -> set[str]:
    """Subjects that may control something where shares are not known to the figure."""
    vague = [
        into
        for into in known.into.values()
        if any(not one.votes.exact for one in into.values()) or sum(one.votes.low for one in into.values()) > 1 + SLACK
    ]
    found: set[str] = set()
    for into in vague:
        told = sum(one.votes.low for one in into.values())
        for who, one in into.items():
            most = 1.0 if one.votes.high is None else one.votes.high
            if min(most, max(one.votes.low, 1.0 - told + one.votes.low)) > HALF + SLACK:
                found.add(who)
    return found


def may_be_controllers(known: Holdings, over: str) -> list[str]:
    """Whoever stands above an organisation where shares on the way are not known to the figure."""
    beginners = open_beginners(known)
    through: set[str] = set()
    for who in beginners & spread([over], known.into):  # and whoever stands above one of those
        through |= _above(known, who) | {who}
    return sorted(through - {over})


def _above(known: Holdings, start: str) -> set[str]:
    seen, todo = {start}, deque([start])
    while todo:
        here = todo.popleft()
        for who in (*known.into.get(here, ()), *known.declared.get(here, ()), *known.partners.get(here, ())):
            if who not in seen:
                seen.add(who)
                todo.append(who)
    return seen


def _joins(known: Holdings, id: str, group: Collection[str]) -> bool:
    """Whether what it holds is held for the one who controls it; the state holds its own, and joins nobody."""
    node = known.nodes[id]
    return node.conducts or (node.state and id in group)


def _by_votes(known: Holdings, over: str, members: Collection[str]) -> bool:
    """Whether votes decide, and are open at all: no partner runs it, and nobody else is declared its controller."""
    if known.partners.get(over) or known.nodes[over].partnership:
        return False
    return not known.declared.get(over) or bool(known.declared[over].keys() & set(members))

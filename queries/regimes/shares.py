"""Steps over shares: who holds the subject with a number or more, and what it holds so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from queries.model import Edge
from queries.ownership.bounds import at_most
from queries.ownership.control import HALF, SLACK
from queries.ownership.holdings import Holdings
from queries.ownership.integrated import OVER
from queries.ownership.stakes import VOTELESS, Share, Stake
from queries.ownership.ways import largest
from queries.regimes import variants
from queries.regimes.bodies import stands_for_others
from queries.regimes.grips import control_path, gripped
from queries.regimes.model import KinSet, Step
from queries.regimes.scene import Scene
from queries.regimes.trail import Part, Trail
from queries.regimes.variants import Hold, stale_words

VAGUE = 200  # holders with unknown shares whose largest possible share is worked out
LIMITED = "经由有限合伙份额间接持有，是否计入待核实"


def bounds_of(known: Holdings, ends: tuple[str, str], measure: str) -> Share:
    """What a holder has of the held: known shares of all others bound an unknown one from above; where all together
    are more than the whole, it is at least its part of the whole, and at most what is said.
    """
    holder, held = ends
    stakes = known.into[held]
    own: Share = getattr(stakes[holder], measure)
    others = sum(getattr(s, measure).low for h, s in stakes.items() if h != holder)
    low = own.low / max(1.0, own.low + others)
    high = min(most(own), max(own.low, 1.0 - others))
    return Share(low, max(low, high))


def most(share: Share) -> float:
    """The upper bound of a share."""
    return 1.0 if share.high is None else share.high


def reaches(low: float, high: float, step: Step) -> bool | None:
    """Whether a share between two bounds reaches the number; None where that is open."""
    if step.over is not None:
        meets = low > step.over + SLACK, high > step.over + SLACK
    elif step.at_least is not None:
        meets = low >= step.at_least - SLACK, high >= step.at_least - SLACK
    else:
        return True
    return True if meets[0] else None if meets[1] else False


def share_open(step: Step) -> str:
    """What is said where the share is not known well enough."""
    number = step.over if step.over is not None else step.at_least
    said = f"{'超过' if step.over is not None else '达到'} {number:.4g}" if number else "持股"
    return f"持股比例不详（或者合计超过全部），是否{said}待核实"


def holder(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Who holds the subject."""
    known = scene.known_above(trail.id)
    for holder, stake in sorted(known.into.get(trail.id, {}).items()):
        share = bounds_of(known, (holder, trail.id), step.of)
        met = reaches(share.low, most(share), step)
        if met is not False and (step.types == () or any(e.type in step.types for e in stake.edges)):
            opens = (*(() if met else (share_open(step),)), *stale_words(stake.edges, scene.stale))
            told = _told(share.low, met, _scaled(known, stake, step.of))
            yield Part((known.nodes[holder].props,), (largest(stake),), opens, told)
    if step.deep:
        yield from _deep(scene, trail, step, up=True)
    if step.in_full:
        yield from _in_hand(scene, trail, step)


def held(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """What the subject holds."""
    known = scene.known_below(trail.id)
    for held, stake in sorted(known.out.get(trail.id, {}).items()):
        share = bounds_of(known, (trail.id, held), step.of)
        met = reaches(share.low, most(share), step)
        if met is not False and (step.types == () or any(e.type in step.types for e in stake.edges)):
            opens = (*(() if met else (share_open(step),)), *stale_words(stake.edges, scene.stale))
            told = _told(share.low, met, _scaled(known, stake, step.of))
            yield Part((known.nodes[held].props,), (largest(stake),), opens, told)
    if step.deep:
        yield from _deep(scene, trail, step, up=False)


def _deep(scene: Scene, trail: Trail, step: Step, *, up: bool) -> Iterator[Part]:
    """Integrated shares, for those that do not hold (enough) directly; none through one who holds for others."""
    known = scene.conducting(scene.known_above(trail.id) if up else scene.known_below(trail.id), trail.id)
    owned, lately = (_owned(scene, one, trail.id, up=up) for one in (known, scene.fresh(known)))
    ways = scene.ways(trail.id, up=up)
    asked = 0
    for other in sorted(ways.reached.keys() - {trail.id}):
        low = owned.get(other, 0.0)
        met = reaches(low, low, step)
        if not met and asked < VAGUE:
            asked += 1
            ends = (other, trail.id) if up else (trail.id, other)
            met = reaches(low, at_most(known, *ends), step)
        if met is not False:
            path = ways.path(other)
            nodes = tuple(known.nodes[node.id].props for node in path.nodes[1:])
            recent = lately.get(other, 0.0)
            old = () if reaches(recent, recent, step) else stale_words(path.edges, scene.stale)
            opens = (*(() if met else (share_open(step),)), *old, *through_partners(path.edges))
            yield Part(nodes, path.edges, opens, _told(low, met))


def _in_hand(scene: Scene, trail: Trail, step: Step) -> Iterator[Part]:
    """Who holds or controls the number: his own shares and, in full, those of whatever he controls."""
    known = scene.known_above(trail.id)
    into = known.into.get(trail.id, {})
    shares = {holder: bounds_of(known, (holder, trail.id), step.of) for holder in into}
    for who in sorted({*scene.ground(known).beginners(HALF), *variants.open_beginners(known)}):
        held = scene.hold(known, who)
        firms = [i for i in into if i in held.may.grips and not stands_for_others(known.nodes[i].props)]
        if not firms or who == trail.id:
            continue
        told = [i for i in shares if i == who or (i in firms and i in held.told.grips)]
        sure = [i for i in told if i == who or i in held.sure.grips]
        low = sum(shares[i].low for i in told)
        high = sum(most(shares[i]) for i in shares if i == who or i in firms)
        fresh = sum(shares[i].low for i in sure if not any(map(scene.stale, into[i].edges)))
        met = reaches(low, min(1.0, high), step)
        if met is not False:
            part = _hand(known, held, {i: into[i] for i in into if i == who or i in firms}, trail.id)
            old = stale_words((*part.edges, *part.also), scene.stale)
            opens = () if reaches(fresh, fresh, step) else old if met and old else (share_open(step),)
            note = f"持有或者控制合计 {low:.2%}（所控制企业的持股全额计入）"
            yield replace(part, opens=opens, notes=(note,) if met else ())


def _hand(known: Holdings, held: Hold, stakes: Mapping[str, Stake], start: str) -> Part:
    """Over the largest stake up to who controls its holder; the other stakes and what control rests on beside."""
    who = held.told.subject
    nearest = max(sorted(stakes.keys() - {who}), key=lambda i: stakes[i].capital.low)
    way = control_path(known, held.over(nearest), nearest)
    grip = gripped(known, way, held, nearest)
    beside = [largest(stake) for i, stake in stakes.items() if i != nearest]
    for firm in stakes.keys() - {who, nearest}:
        beside += held.over(firm).chain(firm)
    nodes = (known.nodes[nearest].props, *grip.nodes)
    edges = (largest(stakes[nearest]), *grip.edges)
    beside += grip.also
    also = [edge for n, edge in enumerate(beside) if edge not in (*edges, *beside[:n])]
    return Part(nodes, edges, also=tuple(also), caveats=grip.caveats)


def _owned(scene: Scene, known: Holdings, id: str, *, up: bool) -> Mapping[str, float]:
    shares = scene.ground(known).capital
    return shares.into(id) if up else shares.from_holder(id)


def through_partners(edges: Iterable[Edge]) -> tuple[str, ...]:
    """What is open where shares are counted through a limited partner, who has no say for his."""
    return (LIMITED,) if any(edge.type == VOTELESS for edge in edges) else ()


def _told(share: float, met: bool | None, scaled: str = "") -> tuple[str, ...]:
    return (f"持股 {share:.2%}{scaled}",) if met and share > 0 else ()


def _scaled(known: Holdings, stake: Stake, measure: str) -> str:
    """Why a share is less than what is said of it: all that is said makes more than the whole."""
    own: Share = getattr(stake, measure)
    whole = sum(getattr(one, measure).low for one in known.into[stake.held].values())
    return f"（登记为 {own.low:.2%}，各方合计 {whole:.2%}，按比例折算）" if whole > 1 + OVER else ""

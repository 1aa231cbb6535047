"""Steps over shares: who holds the subject with a number or more, and what it holds so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from queries.model import Edge
from queries.ownership.bounds import at_most
from queries.ownership.control import SLACK
from queries.ownership.holdings import Holdings
from queries.ownership.stakes import VOTELESS, Share
from queries.ownership.ways import largest
from queries.regimes.model import KinSet, Step
from queries.regimes.scene import Scene
from queries.regimes.trail import Part, Trail

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
    most = min(1.0 if own.high is None else own.high, max(own.low, 1.0 - others))
    return Share(low, max(low, most))


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
        met = reaches(share.low, share.high or 1.0, step)
        if met is not False and (step.types == () or any(e.type in step.types for e in stake.edges)):
            opens = () if met else (share_open(step),)
            yield Part((known.nodes[holder].props,), (largest(stake),), opens, _told(share.low, met))
    if step.deep:
        yield from _deep(scene, trail, step, up=True)


def held(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """What the subject holds."""
    known = scene.known_below(trail.id)
    for held, stake in sorted(known.out.get(trail.id, {}).items()):
        share = bounds_of(known, (trail.id, held), step.of)
        met = reaches(share.low, share.high or 1.0, step)
        if met is not False and (step.types == () or any(e.type in step.types for e in stake.edges)):
            opens = () if met else (share_open(step),)
            yield Part((known.nodes[held].props,), (largest(stake),), opens, _told(share.low, met))
    if step.deep:
        yield from _deep(scene, trail, step, up=False)


def _deep(scene: Scene, trail: Trail, step: Step, *, up: bool) -> Iterator[Part]:
    """Integrated shares, for those that do not hold (enough) directly."""
    known = scene.known_above(trail.id) if up else scene.known_below(trail.id)
    shares = scene.ground(known).capital
    owned = shares.into(trail.id) if up else shares.from_holder(trail.id)
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
            opens = (*(() if met else (share_open(step),)), *through_partners(path.edges))
            yield Part(nodes, path.edges, opens, _told(low, met))


def through_partners(edges: Iterable[Edge]) -> tuple[str, ...]:
    """What is open where shares are counted through a limited partner, who has no say for his."""
    return (LIMITED,) if any(edge.type == VOTELESS for edge in edges) else ()


def _told(share: float, met: bool | None) -> tuple[str, ...]:
    return (f"持股 {share:.2%}",) if met and share > 0 else ()

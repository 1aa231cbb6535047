"""What each step of a way does: from one subject to those the relation leads to, with the evidence.

Control by the state and holding for others (nominees) lead nowhere: whoever is reached only through them is not told,
and that he is not is (`Walk.stopped`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from graph.identifiers import personal_id
from graph.masked import is_masked
from graph.vocabulary import RELATIONS, Kind
from queries.model import Edge
from queries.ownership.beneficial import beneficial, standard
from queries.ownership.bounds import at_most
from queries.ownership.control import HOW_WORDS, SLACK, Control, How
from queries.ownership.holdings import Holdings
from queries.ownership.stakes import VOTELESS, Share
from queries.ownership.ways import largest
from queries.regimes.kin import classes, counts
from queries.regimes.model import KinSet, Regime, Step
from queries.regimes.scene import Link, Props, Scene
from queries.regimes.trail import Part, Trail

PERSON, STATE = Kind.PERSON, Kind.GOVERNMENT
VAGUE = 200  # holders with unknown shares whose largest possible share is worked out
LEVELS = 20  # relations of one sort one after another
LIMITED = "经由有限合伙份额间接持有，是否计入待核实"
KEPT = 2_000  # trails gone on from; what is more is said to be cut


@dataclass(slots=True)
class Walk:
    """One regime asked of one day. `stopped`: trails that end at the state or at one who holds for others."""

    scene: Scene
    regime: Regime
    stopped: dict[str, Trail] = field(default_factory=dict)

    def follow(self, start: Trail, way: Iterable[Step], kin: KinSet) -> list[Trail]:
        """Everybody a way leads to."""
        trails = [start]
        for step in way:
            trails = self._step(trails, step, kin)
        return [trail for trail in trails if len(trail.nodes) > len(start.nodes)]

    def _step(self, trails: list[Trail], step: Step, kin: KinSet) -> list[Trail]:
        if step.do == "any":
            return _best(found for one in step.choices for found in self._step(trails, one, kin))
        going = [t for t in trails if not self._stops(t)]
        self._prepare([t.id for t in going], step)
        found = list(trails) if step.optional else []
        for trail in going:
            for part in _STEPS[step.do](self.scene, trail, step, kin):
                if any(trail.has(str(node["id"])) for node in part.nodes):
                    continue
                gone = trail.on(_opened(part, step))
                if step.kinds and gone.end.get("kind") not in step.kinds:
                    continue
                if stands_for_others(gone.end):
                    self.stopped.setdefault(gone.id, gone)
                else:
                    found.append(gone)
        best = _best(found)
        if len(best) > KEPT:
            self.scene.cut = self.scene.cut or "size"
        return best[:KEPT]

    def _stops(self, trail: Trail) -> bool:
        """Whether nobody is joined through it; the asked subject itself is an end, whatever it is."""
        if len(trail.nodes) > 1 and trail.end.get("kind") == STATE:
            self.stopped.setdefault(trail.id, trail)
            return True
        return False

    def _prepare(self, ids: list[str], step: Step) -> None:
        if step.do in ("holder", "controller", "concert"):
            self.scene.above(ids)
        elif step.do in ("held", "controlled"):
            self.scene.below(ids)


def stands_for_others(props: Props) -> bool:
    """Whether it only holds for others: no state body, and risk does not pass through it."""
    return props.get("kind") not in (STATE, PERSON) and props.get("conducts") is False


def _opened(part: Part, step: Step) -> Part:
    if step.opens is None:
        return part
    return replace(part, opens=(*part.opens, step.opens.zh))


def _best(trails: Iterable[Trail]) -> list[Trail]:
    """Of trails that end alike the best; trails that end with another relation are kept apart."""
    kept: dict[tuple[str, str, str], Trail] = {}
    for trail in trails:
        last = trail.edges[-1] if trail.edges else None
        key = (trail.id, last.type if last else "", (last.title if last else "") or "")
        if key not in kept or trail.rank < kept[key].rank:
            kept[key] = trail
    return sorted(kept.values(), key=lambda t: t.rank)


# Shares -------------------------------------------------------------------------------------------------------------


def bounds_of(known: Holdings, ends: tuple[str, str], measure: str) -> Share:
    """What a holder has of the held: known shares of all others bound an unknown one from above."""
    holder, held = ends
    stakes = known.into[held]
    own: Share = getattr(stakes[holder], measure)
    others = sum(getattr(s, measure).low for h, s in stakes.items() if h != holder)
    most = min(1.0 if own.high is None else own.high, max(own.low, 1.0 - others))
    return Share(own.low, max(own.low, most))


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
    return f"持股比例不详，是否{'超过' if step.over is not None else '达到'} {number:.4g} 待核实" if number else ""


def _holder(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    known = scene.known_above(trail.id)
    for holder, stake in sorted(known.into.get(trail.id, {}).items()):
        share = bounds_of(known, (holder, trail.id), step.of)
        met = reaches(share.low, share.high or 1.0, step)
        if met is not False and (step.types == () or any(e.type in step.types for e in stake.edges)):
            opens = () if met else (share_open(step),)
            yield Part((known.nodes[holder].props,), (largest(stake),), opens, _told(share.low, met))
    if step.deep:
        yield from _deep(scene, trail, step, up=True)


def _held(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
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
    shares = scene.shares(known)
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


# Control ------------------------------------------------------------------------------------------------------------


def _controller(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    found = scene.controllers(trail.id)
    known = scene.known_above(trail.id)
    for who in sorted(found):
        if step.ultimate and _controlled_by_others(scene, who, found) and not found[who].declared(trail.id):
            continue
        nodes, edges, also = control_path(known, found[who], trail.id)
        if step.types and any(edge.type not in step.types for edge in (*edges, *also)):
            continue
        yield _gripped(known, (nodes, edges, also), found[who], trail.id)


def _controlled_by_others(scene: Scene, who: str, found: Mapping[str, Control]) -> bool:
    return any(who in other.grips for name, other in found.items() if name != who)


def _controlled(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    held = scene.controls(trail.id)
    known = scene.known_below(trail.id)
    for over in sorted(held.grips):
        if over == trail.id:
            continue
        nodes, edges, also = control_path(known, held, over)
        if step.types and any(edge.type not in step.types for edge in (*edges, *also)):
            continue
        yield _gripped(known, (nodes[::-1], edges[::-1], also), held, over)


def control_path(
    known: Holdings, held: Control, over: str
) -> tuple[tuple[str, ...], tuple[Edge, ...], tuple[Edge, ...]]:
    """From the controlled up to the controller over the relations that carry most, and the other relations."""
    nodes, edges = [over], []
    while nodes[-1] not in held.group:
        grip = held.grips[nodes[-1]]
        edge = max(grip.edges, key=lambda e: (e.source in held.group, e.ratio or 0.0, e.source, e.record or ""))
        nodes.append(edge.source if edge.source not in nodes else held.subject)
        edges.append(edge)
    if nodes[-1] != held.subject:
        joined = known.concert.get(nodes[-1], {}).get(held.subject)
        if joined is not None:
            nodes.append(held.subject)
            edges.append(joined)
        else:  # joined through others who act with both: the group is told, its head is the subject
            nodes[-1] = held.subject
    kept = {(e.type, e.source, e.target, e.record) for e in edges}
    also = tuple(e for e in held.chain(over) if (e.type, e.source, e.target, e.record) not in kept)
    return tuple(nodes), tuple(edges), also


def _gripped(
    known: Holdings, way: tuple[tuple[str, ...], tuple[Edge, ...], tuple[Edge, ...]], held: Control, over: str
) -> Part:
    """Control as a part of a trail: declared control is a fact, all other is presumed and says from what."""
    ids, edges, also = way
    nodes = tuple(known.nodes[i].props for i in ids[1:])
    grip = held.grips[over]
    if held.declared(over):
        return Part(nodes, edges, (), (HOW_WORDS[How.DECLARED],), also)
    votes = f"，合计 {grip.votes:.2%}" if grip.how is How.VOTES else ""
    return Part(nodes, edges, (), (), also, (f"推定控制（{HOW_WORDS[grip.how]}{votes}）",))


# Posts and other relations ------------------------------------------------------------------------------------------


def _role(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Persons with such a role in the organisation."""
    yield from _linked(scene, trail, step, onward=False)


def _post(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Organisations in which the person has such a role."""
    yield from _linked(scene, trail, step, onward=True)


def _from(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Whom such relations lead to it from; `deep`: over several of them."""
    follow = _chained if step.deep else _linked
    yield from follow(scene, trail, step, onward=False)


def _to(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Whom such relations lead from it to; `deep`: over several of them."""
    follow = _chained if step.deep else _linked
    yield from follow(scene, trail, step, onward=True)


def _chained(scene: Scene, trail: Trail, step: Step, *, onward: bool) -> Iterator[Part]:
    seen, frontier = {trail.id}, [trail]
    for _ in range(LEVELS):
        following: list[Trail] = []
        scene.links([t.id for t in frontier], step.types, onward=onward)
        for here in frontier:
            for part in _linked(scene, here, step, onward=onward):
                other = str(part.nodes[0]["id"])
                if other not in seen:
                    seen.add(other)
                    gone = here.on(part)
                    following.append(gone)
                    kept = len(trail.nodes), len(trail.edges)
                    yield Part(gone.nodes[kept[0] :], gone.edges[kept[1] :], part.opens)
        frontier = following


def _beneficial(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """The beneficial owners, by the standards of `ownership/beneficial.yaml`; who may be one is left open."""
    known = scene.known_above(trail.id)
    capital = scene.shares(known).into(trail.id)
    found = beneficial(scene.store, known, trail.id, capital, scene.controllers(trail.id))
    ways = scene.ways(trail.id, up=True)
    for owner in found.owners:
        notes = tuple(standard().standards[basis]["zh"] for basis in owner.bases)
        path = owner.path or (ways.path(owner.subject.id) if owner.subject.id in ways.reached else None)
        props = known.nodes[owner.subject.id].props if owner.subject.id in known.nodes else owner.subject.to_json()
        if path is None:  # controls as one of a group, or holds rights only
            yield Part((props,), (), (), notes)
            continue
        nodes = tuple(known.nodes[n.id].props if n.id in known.nodes else props for n in path.nodes[1:])
        yield Part(nodes, path.edges, ("是否负责日常经营管理待核实",) if owner.presumed else (), notes)
    for subject, most in found.possible:
        if subject.id in ways.reached:
            path = ways.path(subject.id)
            nodes = tuple(known.nodes[n.id].props for n in path.nodes[1:])
            yield Part(nodes, path.edges, (f"持股比例不详，至多 {most:.2%}，待核实",))


def _linked(scene: Scene, trail: Trail, step: Step, *, onward: bool) -> Iterator[Part]:
    before = trail.edges[-1] if trail.edges else None
    for link in scene.links([trail.id], step.types, onward=onward)[trail.id]:
        fits = titled(link, step)
        if fits is False or (before is not None and _both(before, link, step.not_both)):
            continue
        opens = [] if fits else [f"职务不详，是否为{'、'.join(step.titles)}待核实"]
        if step.full_number and not has_full_number(link.other if not onward else trail.end):
            opens.append("自然人证件号码不全，不能确认为同一人")
        if seen := scene.stale(link):
            opens.append(f"{RELATIONS[link.type].label}信息截至 {seen}，现状待核实")
        yield Part((link.other,), (link.edge,), tuple(opens))


def titled(link: Link, step: Step) -> bool | None:
    """Whether the title is one asked for; None where there is no title."""
    title = str(link.props.get("title") or "")
    if any(word in title for word in step.not_titles):
        return False
    if not step.titles:
        return True
    return any(word in title for word in step.titles) if title else None


def _both(before: Edge, link: Link, words: Iterable[str]) -> bool:
    said = before.title or "", str(link.props.get("title") or "")
    return any(all(word in title for title in said) for word in words)


def has_full_number(person: Mapping[str, Any]) -> bool:
    """Whether a person's number is known in full and well formed."""
    number = str(person.get("id_number") or "")
    return bool(number) and not is_masked(number) and personal_id(number, str(person.get("id_type") or "")).formed


def _kin(scene: Scene, trail: Trail, step: Step, kin: KinSet) -> Iterator[Part]:
    """Relatives; beside the relation itself a word of memory is said where the set was not read."""
    named = "、".join(classes()[key].name.zh for key in classes() if key in kin.classes)
    caveats = (f"亲属范围（{named}）系凭记忆，待查证",) if kin.grade == "unverified" else ()
    for onward in (True, False):
        for link in scene.links([trail.id], ["KIN"], onward=onward)[trail.id]:
            found = counts(str(link.props.get("kin") or link.props.get("title") or ""), kin, is_source=not onward)
            if found.yes:
                yield Part((link.other,), (link.edge,), (found.opens,) if found.opens else (), caveats=caveats)


def _concert(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    known = scene.known_above(trail.id)
    for other, edge in sorted(known.concert.get(trail.id, {}).items()):
        yield Part((known.nodes[other].props,), (edge,))


_Taken = Callable[[Scene, Trail, Step, KinSet], Iterator[Part]]
_STEPS: dict[str, _Taken] = {
    "holder": _holder,
    "held": _held,
    "controller": _controller,
    "controlled": _controlled,
    "role": _role,
    "post": _post,
    "from": _from,
    "to": _to,
    "kin": _kin,
    "concert": _concert,
    "beneficial": _beneficial,
}

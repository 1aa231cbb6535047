"""Steps over control: who controls the subject, what it controls, and the relations control rests on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import replace

from queries.model import Edge
from queries.ownership.beneficial import beneficial, standard
from queries.ownership.control import HOW_WORDS, Control, Grip, How
from queries.ownership.holdings import Holdings
from queries.ownership.integrated import OVER
from queries.ownership.ways import largest
from queries.regimes.model import KinSet, Step
from queries.regimes.scene import Scene
from queries.regimes.trail import Part, Trail, merged
from queries.regimes.variants import Hold, stale_words


def controller(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """Who controls the subject."""
    found = scene.holders(trail.id)
    known = scene.known_above(trail.id)
    for who, held in sorted(found.items()):
        control = held.over(trail.id)
        if step.ultimate and _controlled_by_others(who, found) and not control.declared(trail.id):
            continue
        nodes, edges, also = control_path(known, control, trail.id)
        if step.types and any(edge.type not in step.types for edge in (*edges, *also)):
            continue
        yield gripped(known, (nodes, edges, also), held, trail.id)


def _controlled_by_others(who: str, found: Mapping[str, Hold]) -> bool:
    return any(who in other.told.grips for name, other in found.items() if name != who)


def controlled(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """What the subject controls."""
    known = scene.known_below(trail.id)
    held = scene.hold(known, trail.id)
    for over in sorted(held.may.grips):
        if over == trail.id:
            continue
        nodes, edges, also = control_path(known, held.over(over), over)
        if step.types and any(edge.type not in step.types for edge in (*edges, *also)):
            continue
        yield gripped(known, (nodes[::-1], edges[::-1], also), held, over)


def control_path(
    known: Holdings, held: Control, over: str
) -> tuple[tuple[str, ...], tuple[Edge, ...], tuple[Edge, ...]]:
    """From the controlled up to the controller over the relations that carry most, and the other relations."""
    nodes, edges = [over], list[Edge]()
    while nodes[-1] not in held.group:
        # Control rests on whoever was under it before, so the way never comes back.
        edge = max(_grasp(known, held, nodes[-1]), key=lambda e: (e.source in held.group, e.ratio or 0.0, e.source))
        nodes.append(edge.source)
        edges.append(edge)
    for edge in _acting_together(known, nodes[-1], held.subject):
        nodes.append(edge.target if edge.source == nodes[-1] else edge.source)
        edges.append(edge)
    kept = {(e.type, e.source, e.target, e.record) for e in edges}
    also = tuple(e for e in held.chain(over) if (e.type, e.source, e.target, e.record) not in kept)
    return tuple(nodes), tuple(edges), also


def _acting_together(known: Holdings, one: str, other: str) -> list[Edge]:
    """The relations of concert over which two of a group are joined, in order; none from one to itself."""
    before: dict[str, tuple[str, Edge] | None] = {one: None}
    todo = deque([one])
    while todo and other not in before:
        here = todo.popleft()
        for near, edge in sorted(known.concert.get(here, {}).items()):
            if near not in before:
                before[near] = (here, edge)
                todo.append(near)
    joined: list[Edge] = []
    while (step := before.get(other)) is not None:
        other, edge = step
        joined.append(edge)
    return joined[::-1]


def _grasp(known: Holdings, held: Control, over: str) -> tuple[Edge, ...]:
    """The relations of the group, or of those it controls, by which it has hold of something. Directors whom a holder
    appointed stand beside that holder's stake.
    """
    grip = held.grips[over]
    if grip.how is not How.BOARD:
        return grip.edges
    inside = held.group | held.grips.keys()
    return tuple(largest(known.into[over][who]) for who in known.boards[over] if who in inside)


def gripped(
    known: Holdings, way: tuple[tuple[str, ...], tuple[Edge, ...], tuple[Edge, ...]], held: Hold, over: str
) -> Part:
    """Control as a part of a trail: declared control is a fact, all other is presumed and says from what; control that
    rests on shares nobody knows, or on what was seen too long ago, is open.
    """
    ids, edges, also = way
    nodes = tuple(known.nodes[i].props for i in ids[1:])
    control, opens = held.over(over), held.opens(over)
    grip = control.grips[over]
    if over not in held.told.grips:
        return Part(nodes, edges, opens, (), also)
    if control.declared(over):
        return Part(nodes, edges, opens, (HOW_WORDS[How.DECLARED],), also)
    who, whom = (known.nodes[i].subject for i in (control.subject, over))
    named = f"{who.name or who.id} 对 {whom.name or whom.id}"
    return Part(nodes, edges, opens, (), also, (f"推定控制（{named}：{HOW_WORDS[grip.how]}{_votes(known, grip)}）",))


def _votes(known: Holdings, grip: Grip) -> str:
    """The votes that make control, and what they were scaled by where all of them make more than the whole."""
    if grip.how is not How.VOTES:
        return ""
    whole = sum(one.votes.low for one in known.into[grip.over].values())
    scaled = f"，各方合计 {whole:.2%}，已按比例折算" if whole > 1 + OVER else ""
    return f"，为 {grip.votes:.2%}{scaled}"


def beneficial_owner(scene: Scene, trail: Trail, step: Step, _: KinSet) -> Iterator[Part]:
    """The beneficial owners, by the standards of `ownership/beneficial.yaml`; who may be one is left open."""
    known = scene.known_above(trail.id)
    ground = scene.ground(known)
    found = beneficial(scene.store, ground, trail.id, scene.controllers(trail.id))
    ways = scene.ways(trail.id, up=True)
    controlling = scene.controllers(trail.id)
    for owner in found.owners:
        who, notes = owner.subject.id, tuple(standard().standards[basis]["zh"] for basis in owner.bases)
        path = owner.path or (ways.path(who) if who in ways.reached else None)
        if path is not None:
            props = known.nodes[who].props if who in known.nodes else owner.subject.to_json()
            nodes = tuple(known.nodes[n.id].props if n.id in known.nodes else props for n in path.nodes[1:])
            presumed = ("是否负责日常经营管理待核实",) if owner.presumed else ()
            yield Part(nodes, path.edges, (*presumed, *stale_words(path.edges, scene.stale)), notes)
        elif who in controlling:  # one of a group that acts in concert, without a share of his own
            way = control_path(known, controlling[who], trail.id)
            grip = gripped(known, way, scene.hold(known, who), trail.id)
            yield replace(grip, notes=merged(notes, grip.notes))
    for subject, most in found.possible:
        if subject.id in ways.reached:
            path = ways.path(subject.id)
            nodes = tuple(known.nodes[n.id].props for n in path.nodes[1:])
            yield Part(nodes, path.edges, (f"持股比例不详，至多 {most:.2%}，待核实",))

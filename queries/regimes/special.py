"""What steps cannot say: at most one pure judgement a regime, over facts that were read before.

`FUNCTIONS` is the only place where a clause names code; a clause gives the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from graph.vocabulary import RELATIONS
from queries.model import Edge
from queries.ownership.holdings import Holdings
from queries.ownership.ways import largest
from queries.regimes.bodies import PERSON, is_state, stands_for_others
from queries.regimes.closure import Bound, Caught, caught, chain
from queries.regimes.kin import counts
from queries.regimes.model import KinSet, Step
from queries.regimes.posts import kin_word, no_kin, titled
from queries.regimes.scene import Link, Scene
from queries.regimes.shares import bounds_of, most, share_open, through_partners
from queries.regimes.steps import Walk
from queries.regimes.trail import Part, Trail
from queries.regimes.variants import stale_words

BOARD, MANAGERS, WATCH = "DIRECTOR", "EXECUTIVE", "SUPERVISOR"
HEAD = "LEGAL_REP"
THIRDS = 300  # holders above the asked subject whose own holdings are looked at
HALF = 0.5  # 半数以上 includes the half


def half(of: Collection[str], among: Collection[str]) -> bool:
    """Whether at least half of some people are among others."""
    own = set(of)
    return bool(own) and len(own & set(among)) >= HALF * len(own)


# Posts --------------------------------------------------------------------------------------------------------------


def half_of_board(walk: Walk, start: Trail, step: Step, _: KinSet) -> Iterator[Trail]:
    """Half or more of the directors, or of the executives, of one are directors or executives of the other."""
    scene, types = walk.scene, (BOARD, MANAGERS)
    own = scene.links([start.id], types, onward=False)[start.id]
    served = _posts(scene, own, types)
    theirs = scene.links(served, types, onward=False)
    for other in sorted(served):
        links = theirs[other]
        both = {_id(link) for link in own} & {_id(link) for link in links}
        for holders, beside in ((own, links), (links, own)):
            for type_ in types:
                people = {_id(link) for link in holders if link.type == type_}
                if half(people, {_id(link) for link in beside}):
                    note = f"半数以上{RELATIONS[type_].label}兼任（{len(people & both)}/{len(people)}）"
                    yield _joined(scene, start, (own, links), both & people, note)


def state_post(walk: Walk, start: Trail, step: Step, _: KinSet) -> Iterator[Trail]:
    """Two under the same state body, where the legal representative, the chairman, the general manager (`titles`) or
    half of the directors of the other are directors, supervisors or executives of the asked one.
    """
    scene = walk.scene
    own = scene.links([start.id], (BOARD, WATCH, MANAGERS), onward=False)[start.id]
    state = {who for who in scene.controllers(start.id) if is_state(scene.props(who))}
    if not own or not state:
        return
    heads = (HEAD, BOARD, MANAGERS)
    served = _posts(scene, own, heads)
    theirs = scene.links(served, heads, onward=False)
    scene.above(served)
    for other in sorted(served):
        if not state & scene.controllers(other).keys():
            continue
        people = {_id(link) for link in own}
        chiefs = [n for n in theirs[other] if _id(n) in people and (n.type == HEAD or titled(n, step))]
        board = {_id(link) for link in theirs[other] if link.type == BOARD}
        if chiefs or half(board, people):
            both = {_id(link) for link in chiefs} or board & people
            kept = chiefs or theirs[other]
            yield _joined(scene, start, (own, kept), both, "同受国有资产监督管理机构控制，且负责人兼任")


def _posts(scene: Scene, links: Iterable[Link], types: Sequence[str]) -> list[str]:
    """Organisations in which these people have posts, but those they come from."""
    people = {_id(link) for link in links if link.other.get("kind") == PERSON}
    start = {link.edge.target for link in links}
    found = scene.links(sorted(people), types, onward=True)
    return sorted({_id(link) for posts in found.values() for link in posts} - start)


def _joined(
    scene: Scene, start: Trail, links: tuple[Sequence[Link], Sequence[Link]], people: Collection[str], note: str
) -> Trail:
    """Over the first of these people, the others beside."""
    own, theirs = ({_id(link): link for link in reversed(side) if _id(link) in people} for side in links)
    first, *others = sorted(own.keys() & theirs.keys())
    target = theirs[first].edge.target
    also = tuple(side[who].edge for who in others for side in (own, theirs))
    opens = stale_words((link.edge for side in (own, theirs) for link in side.values()), scene.stale)
    nodes, edges = (own[first].other, scene.props(target)), (own[first].edge, theirs[first].edge)
    return start.on(Part(nodes, edges, opens, (note,), also))


def _id(link: Link) -> str:
    return str(link.other["id"])


# Shares counted in full ---------------------------------------------------------------------------------------------


def full_count(walk: Walk, start: Trail, step: Step, kin: KinSet) -> Iterator[Trail]:
    """One holds the other, or a third both, with at least the number: directly and through whoever it holds with at
    least the number, whose own share then counts in full. Relatives' shares are taken together.
    """
    scene = walk.scene
    bound = Bound(step.at_least or 0.0, strict=False)
    for held, trail in _reached(scene, [start.id], start, bound, step):
        if held != start.id:
            yield trail
    for holders, trail in _holders(walk, start, bound, (step, kin)):
        yield trail
        if is_state(scene.props(holders[0])) or stands_for_others(scene.props(holders[0])):
            walk.stopped.setdefault(holders[0], trail)
            continue
        scene.below(holders)
        for held, further in _reached(scene, holders, trail, bound, step):
            if held not in (start.id, *holders):
                yield further


def full_count_kin(walk: Walk, start: Trail, step: Step, kin: KinSet) -> Iterator[Trail]:
    """Two relatives, each of whom holds one of the two with at least the number."""
    scene = walk.scene
    bound = Bound(step.at_least or 0.0, strict=False)
    for holders, trail in _holders(walk, start, bound, (step, KinSet())):
        if scene.props(holders[0]).get("kind") != PERSON:
            continue
        for part in _relatives(scene, holders[0], kin):
            relative = str(part.nodes[0]["id"])
            if trail.has(relative):
                continue
            for held, further in _reached(scene, [relative], trail.on(part), bound, step):
                if held != start.id and not trail.has(held):
                    yield further


def _holders(walk: Walk, start: Trail, bound: Bound, how: tuple[Step, KinSet]) -> Iterator[tuple[list[str], Trail]]:
    """Everybody (with those relatives whose shares are taken together) who holds the asked one so, and how."""
    scene, (step, kin) = walk.scene, how
    known = scene.known_above(start.id)
    above = _above(known, start.id)
    if len(above) > THIRDS:
        scene.cut = scene.cut or "size"
    for who in above[:THIRDS]:
        group = [who]
        if known.nodes[who].person and kin.classes:
            scene.links(above, ["KIN"], onward=True)
            group += [str(p.nodes[0]["id"]) for p in _relatives(scene, who, kin) if str(p.nodes[0]["id"]) in above]
        found, open_ = _closures(scene, known, group, bound)
        every = {**open_, **found}
        if start.id in every:
            ids = chain(every, start.id, [who])
            if ids[-1] == who:
                facts = (known, every[start.id], start.id not in found, len(group) > 1)
                yield group, start.on(_part(scene, ids, facts, step))


def _reached(scene: Scene, group: Sequence[str], trail: Trail, bound: Bound, step: Step) -> Iterator[tuple[str, Trail]]:
    """What a group holds so; the trail ends at the first of the group. What is held on the very way over which the
    group holds the asked one is held too.
    """
    known = scene.known_below(group[0])
    found, open_ = _closures(scene, known, group, bound)
    every = {**open_, **found}
    for held, one in every.items():
        ids = list(reversed(chain(every, held, group[:1])))
        if ids[0] == trail.id and trail.nodes[0]["id"] not in ids[1:]:
            yield held, trail.on(_part(scene, ids, (known, one, held not in found, len(group) > 1), step))


def _closures(
    scene: Scene, known: Holdings, group: Collection[str], bound: Bound
) -> tuple[dict[str, Caught], dict[str, Caught]]:
    """What a group reaches with the shares that are known, and what only with those that may be, or may be no more."""
    joins = {holder for holder in known.nodes if known.nodes[holder].conducts or holder in group}
    low: dict[tuple[str, str], float] = {}
    high: dict[tuple[str, str], float] = {}
    for held, stakes in known.into.items():
        for holder in stakes:
            if holder in joins:
                share = bounds_of(known, (holder, held), "capital")
                old = any(scene.stale(edge) for edge in stakes[holder].edges)
                low[holder, held], high[holder, held] = 0.0 if old else share.low, most(share)
    found = caught(low, group, bound)
    return found, {held: one for held, one in caught(high, group, bound).items() if held not in found}


def _part(scene: Scene, ids: Sequence[str], facts: tuple[Holdings, Caught, bool, bool], step: Step) -> Part:
    known, one, is_open, together = facts
    edges = tuple(_stake(known, pair) for pair in pairwise(ids))
    notes: tuple[str, ...] = (f"{'按中间方持股比例全额计' if len(ids) > 2 else '持股'} {one.share:.2%}",)
    if together:
        notes = (*notes, "亲属共同持股合并计算")
    on_path = {(edge.source, edge.target) for edge in edges}
    beside = ((holder, one.held) for holder, _ in one.by)
    also = tuple(_stake(known, pair) for pair in beside if pair not in on_path)
    old = stale_words((*edges, *also), scene.stale)
    opens = (*((old or (share_open(step),)) if is_open else ()), *through_partners(edges))
    return Part(tuple(known.nodes[i].props for i in ids[1:]), edges, opens, notes, also)


def _stake(known: Holdings, pair: tuple[str, str]) -> Edge:
    """The relation between two neighbours of a chain, whichever holds the other."""
    one, other = pair
    held = known.into.get(other, {}).get(one) or known.into[one][other]
    return largest(held)


def _above(known: Holdings, start: str) -> list[str]:
    """Everybody above, the nearest first."""
    seen, todo = {start: None}, [start]
    for here in todo:
        for holder in sorted(known.into.get(here, {})):
            if holder not in seen:
                seen[holder] = None
                todo.append(holder)
    return [i for i in seen if i != start]


def _relatives(scene: Scene, person: str, kin: KinSet) -> Iterator[Part]:
    for onward in (True, False):
        for link in scene.links([person], ["KIN"], onward=onward)[person]:
            found = counts(kin_word(link), kin, is_source=not onward)
            if found.why:
                scene.warn(no_kin(scene, link, found.why))
            if found.yes and not found.opens:
                yield Part((link.other,), (link.edge,))


Judge = Callable[[Walk, Trail, Step, KinSet], Iterator[Trail]]
FUNCTIONS: Mapping[str, Judge] = {
    "full_count": full_count,
    "full_count_kin": full_count_kin,
    "half_of_board": half_of_board,
    "state_post": state_post,
}

"""Who owns and controls a subject, what it owns and controls, and who benefits in the end.

ownership(store, "91999999MA00004966", as_of="2026-06-01").to_json()
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Required, TypedDict, Unpack

from graph.errors import InputError
from graph.store import Store
from queries.model import Json, shown
from queries.ownership import reading
from queries.ownership.answer import Holding, OwnershipAnswer, told
from queries.ownership.beneficial import beneficial
from queries.ownership.bounds import at_most, spread
from queries.ownership.control import HALF, HOW_WORDS, Control, control, controllers, topmost
from queries.ownership.ground import Ground
from queries.ownership.holdings import Holdings
from queries.ownership.rights import told_rights
from queries.ownership.ways import Ways
from queries.question import SECONDS, day

BOUNDED = 100  # subjects with unknown shares whose largest possible share is worked out


class OwnershipAsked(TypedDict, total=False):
    """The keywords of `ownership`.

    `as_of`: the day. `up`, `down`: which way (default both). `threshold`: votes that control have to be above this,
    0.5 to 1 (default 0.5). `seconds`: time after which reading is cut. `ground`: holdings of that day read before, of
    the whole graph or enough of it; then nothing is read but who runs an organisation nobody is known to own.
    """

    as_of: Required[str]
    up: bool
    down: bool
    threshold: float
    seconds: float
    ground: Ground | None


def ownership(store: Store, subject: str, **asked: Unpack[OwnershipAsked]) -> OwnershipAnswer:
    """Ownership around a subject, by its id.

    Raises NotFoundError for an id that is no subject's, InputError for a day that does not exist or a threshold
    outside 0.5–1.
    """
    threshold, as_of = asked.get("threshold", HALF), day(asked["as_of"])
    if not HALF <= threshold < 1:
        raise InputError("控制的表决权界限超出范围", value=str(threshold), remedy="0.5 至 1（不含 1）")
    up, down = asked.get("up", True), asked.get("down", True)
    ends = {"up": [subject] if up else [], "down": [subject] if down else []}
    ground = asked.get("ground") or Ground(reading.read(store, as_of, seconds=asked.get("seconds", SECONDS), **ends))
    known, person = ground.known, ground.person(subject)
    up = up and not person
    into = ground.capital.into(subject) if up else {}
    above = controllers(known, subject, threshold, ground.beginners(threshold)) if up else {}
    owners = list(_owners(ground, subject, into, above)) if up else []
    holdings = list(_holdings(ground, subject, control(known, subject, threshold))) if down else []
    near = {subject, *(one.subject.id for one in (*owners, *holdings))}
    return OwnershipAnswer(
        subject=known.nodes[subject].subject,
        as_of=as_of,
        ways=tuple(name for name, wanted in (("up", ends["up"]), ("down", ends["down"])) if wanted),
        owners=tuple(sorted(told_rights(ground, owners, lambda one: one.into(subject)), key=_order)),
        holdings=tuple(sorted(told_rights(ground, holdings, lambda one: one.from_holder(subject)), key=_order)),
        ultimate=tuple(known.nodes[i].subject for i in topmost(known, above)),
        state=tuple(known.nodes[i].subject for i in sorted(above) if known.nodes[i].state),
        beneficial=beneficial(store, ground, subject, above) if up else None,
        cycles=tuple(tuple(known.nodes[i].subject for i in circle) for circle in ground.circles if near & {*circle}),
        scaled=tuple((known.nodes[i].subject, ground.sums[i]) for i in sorted(ground.sums.keys() & near)),
        unknown=tuple(_unknown(ground, near)),
        conflicts=tuple(_conflicts(ground, near)),
        warnings=tuple(_warnings(known, subject)),
        cut=known.cut,
        printed=ground.printed,
    )


def _warnings(known: Holdings, subject: str) -> Iterable[Json]:
    """That the subject was founded after the day: relations without a beginning would have it held before."""
    founded = str(known.nodes[subject].props.get("established") or "")
    if founded > known.as_of:
        yield {"code": "not_yet", "on": founded}


def _owners(ground: Ground, subject: str, into: Mapping[str, float], above: Mapping[str, Control]) -> Iterable[Holding]:
    known, ways = ground.known, Ways(ground.known, subject, up=True)
    open_to = spread({s.holder for s in ground.vague_of(ways.reached)}, known.into)
    for owner in ways.reached:
        if owner != subject:
            most = at_most(known, owner, subject) if owner in open_to and len(open_to) <= BOUNDED else None
            yield _holding(known, (owner, subject), (into.get(owner, 0.0), most, owner in open_to), above, ways)


def _holdings(ground: Ground, subject: str, below: Control) -> Iterable[Holding]:
    known, ways = ground.known, Ways(ground.known, subject, up=False)
    owned, reached = ground.capital.from_holder(subject), ways.reached.keys()
    open_to = spread({s.held for s in ground.vague_by(reached)}, known.out)
    for held in reached:
        if held != subject:
            most = at_most(known, subject, held) if held in open_to and len(open_to) <= BOUNDED else None
            controls = {subject: below} if held in below.grips else {}
            yield _holding(known, (subject, held), (owned.get(held, 0.0), most, held in open_to), controls, ways)


def _holding(
    known: Holdings,
    ends: tuple[str, str],
    share: tuple[float, float | None, bool],
    controls: Mapping[str, Control],
    ways: Ways,
) -> Holding:
    holder, held = ends
    other = holder if ways.start == held else held
    stake, found = known.into.get(held, {}).get(holder), controls.get(holder)
    return Holding(
        subject=known.nodes[other].subject,
        direct=stake.capital if stake else None,
        votes=stake.votes if stake else None,
        integrated=share[0],
        at_least=share[2],
        most=share[1],
        control=found,
        grip=_grip_json(known, found, held) if found else None,
        ways=ways,
        stop=known.nodes[other].stops,
    )


def _order(one: Holding) -> tuple[float, bool, int, str]:
    return (-told(one.integrated), one.control is None, one.ways.steps(one.subject.id), one.subject.id)


def _grip_json(known: Holdings, found: Control, over: str) -> Json:
    """How it is controlled, with all relations that rests on."""
    grip, declared, chain = found.grips[over], found.declared(over), found.chain(over)
    nodes = dict.fromkeys(end for edge in chain for end in (edge.target, edge.source))
    return {
        "how": str(grip.how),
        "declared": declared,
        "label": "登记" if declared else "推定",
        "votes": told(grip.votes),
        "jointly_with": sorted(found.jointly.get(over, ())),
        "chain": {
            "nodes": [known.nodes[i].subject.to_json() for i in nodes],
            "edges": [edge.to_json() for edge in chain],
        },
        "text": f"{'' if declared else '推定控制：'}{HOW_WORDS[grip.how]}",
    }


def _unknown(ground: Ground, near: set[str]) -> Iterable[Json]:
    found = (one for one in ground.vague_of(near) if one.holder in near)
    for one in sorted(found, key=lambda one: (one.held, one.holder)):
        yield {
            "holder": one.holder,
            "held": one.held,
            "min": told(min(1.0, one.capital.low)),
            "max": None if one.capital.high is None else told(min(1.0, one.capital.high)),
            "record": [shown(edge.record) for edge in one.edges],
        }


def _conflicts(ground: Ground, near: set[str]) -> Iterable[Json]:
    """Stakes on which the sources differ: what was believed, and what not."""
    for one in (stake for stake in ground.disputed_of(near) if stake.holder in near):
        yield {
            "holder": one.holder,
            "held": one.held,
            "used": [edge.to_json() for edge in one.edges],
            "not_used": [edge.to_json() for edge in one.others],
        }

"""Ownership tests of foreign sanctions (OFAC, EU, UK) as named regimes. Information only: 境外名单，仅供合规参考.

Of a listed subject: all it owns at the number, with the other listed where holdings add up. Of any other: whether it
is owned so itself, by whom, and with how much. What belongs so passes it on; what does not, passes nothing on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from graph.cypher import text
from queries.model import Edge, Json, Listing, Path, Subject, in_force
from queries.ownership import reading
from queries.ownership.control import control
from queries.ownership.holdings import Holdings
from queries.ownership.ways import largest
from queries.policy import shipped as policy
from queries.regimes.answer import FOREIGN, Missing, Party
from queries.regimes.closure import Bound, Caught, caught, chain, resting_on
from queries.regimes.grips import control_path
from queries.regimes.model import Regime, Sanction
from queries.regimes.scene import BATCH, Props, Scene
from queries.regimes.shares import bounds_of
from queries.sources import NotChecked, not_checked

OPEN = "持股比例不详（或者合计超过全部），是否达到界限待核实"
NO_LIST = "词表中没有该名单的代码，也没有可认出的条目：未核查"


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test says. `listed`: the asked subject's own entries; `share`: what the blocked hold of it together."""

    regime: str
    listed: tuple[Listing, ...]
    caught: bool
    conditional: bool
    share: float
    by: tuple[tuple[Subject, float], ...]
    parties: tuple[Party, ...]
    not_checked: tuple[NotChecked, ...]
    missing: tuple[Missing, ...] = ()

    def to_json(self) -> Json:
        """An entry of `sanctions`."""
        return {
            "regime": self.regime,
            "listed": [one.to_json() for one in self.listed],
            "caught": self.caught,
            "conditional": self.conditional,
            "sum": round(self.share, 9),
            "by": [{"subject": who.to_json(), "share": round(share, 9)} for who, share in self.by],
            "text": FOREIGN,
        }


@dataclass(slots=True)
class _Stakes:
    """Shares as pairs: at least, and at most; and whom each controls, where that counts."""

    low: dict[tuple[str, str], float] = field(default_factory=dict)
    high: dict[tuple[str, str], float] = field(default_factory=dict)
    controls: Callable[[str], Collection[str]] | None = None


def sanctioned(scene: Scene, start: Props, regime: Regime) -> Tested:
    """One test on one subject."""
    test, id = regime.sanction, str(start["id"])
    assert test is not None
    if not test.lists:
        gap = Missing(regime.id, None, NO_LIST)
        return Tested(regime.id, (), False, False, 0.0, (), (), (), (gap,))
    known = _read(scene, id)
    listed = _listed(scene, known.nodes, test)
    unchecked = tuple(not_checked(scene.store, test.lists, scene.as_of, policy().max_age_days))
    stakes = _stakes(known, test)
    found, open_ = _caught(stakes, listed.keys(), test)
    parties: dict[str, Party] = {}
    if id in listed or id in found or id in open_:
        # Where holdings of several do not add up, what a listed one owns is his own.
        own_group = [id] if id in listed and not test.aggregate else listed
        parties |= _below(known, _caught(stakes, own_group, test), id, regime)
    own = found.get(id) or open_.get(id)
    if own is not None and id not in listed:
        parties |= _above(known, ({**open_, **found}, id in found), (id, listed), regime)
    return Tested(
        regime=regime.id,
        listed=tuple(listed.get(id, ())),
        caught=id in found,
        conditional=id in open_,
        share=own.share if own else _held(stakes.low, listed.keys() | found.keys(), id),
        by=tuple((known.nodes[who].subject, share) for who, share in own.by) if own else (),
        parties=tuple(parties[key] for key in sorted(parties)),
        not_checked=unchecked,
    )


def _read(scene: Scene, id: str) -> Holdings:
    """Below the subject, and above all of that: a holder beside may be caught by his own holders."""
    below = scene.known_below(id)
    known = reading.read(scene.store, scene.as_of, down=[id], up=list(below.nodes), seconds=scene.left())
    scene.cut = scene.cut or known.cut
    known.nodes.setdefault(id, below.nodes[id])
    return known


def _listed(scene: Scene, ids: Iterable[str], test: Sanction) -> dict[str, list[Listing]]:
    """Subjects with an entry in force on the day, on one of the lists, of one of the authorities."""
    found: dict[str, list[Listing]] = {}
    wanted = sorted(ids)
    statement, today = text("queries.regimes", "listed"), date.today().isoformat()
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        for row in scene.store.read(statement, ids=batch, lists=list(test.lists)):
            entry = row["entry"]
            said = str(entry.get("authority") or "").lower()
            named = not test.authorities or any(word.lower() in said for word in test.authorities)
            if named and in_force(entry, scene.as_of, max(scene.as_of, today)):
                found.setdefault(row["id"], []).append(Listing.read(entry, scene.as_of, today))
    return found


def _stakes(known: Holdings, test: Sanction) -> _Stakes:
    made = _Stakes()
    for held, holders in known.into.items():
        for holder in holders:
            share = bounds_of(known, (holder, held), "capital")
            made.low[holder, held], made.high[holder, held] = share.low, share.high or 1.0
    if test.control:
        made.controls = lambda who: control(known, who).grips.keys()
    return made


def _caught(stakes: _Stakes, blocked: Iterable[str], test: Sanction) -> tuple[dict[str, Caught], dict[str, Caught]]:
    """Who is caught, and who only if unknown shares are as large as they can be."""
    share = test.at_least if test.at_least is not None else test.over
    bound = Bound(share or 0.0, strict=test.over is not None)
    groups = [sorted(blocked)] if test.aggregate else [[one] for one in sorted(blocked)]
    found: dict[str, Caught] = {}
    open_: dict[str, Caught] = {}
    for group in groups:
        for kept, shares in ((found, stakes.low), (open_, stakes.high)):
            for held, one in caught(shares, group, bound, stakes.controls).items():
                if held not in blocked:
                    kept.setdefault(held, one)
    return found, {held: one for held, one in open_.items() if held not in found}


def _held(shares: Mapping[tuple[str, str], float], group: Iterable[str], held: str) -> float:
    inside = set(group)
    return sum(share for (holder, end), share in shares.items() if end == held and holder in inside)


def _below(
    known: Holdings, caught_: tuple[dict[str, Caught], dict[str, Caught]], id: str, regime: Regime
) -> dict[str, Party]:
    """What is owned so, with some stake of the asked subject in it."""
    found, open_ = caught_
    parties: dict[str, Party] = {}
    for kept, every, opens in (
        (found, found, ()),
        (open_, {**found, **open_}, (OPEN,)),
    ):
        mine = resting_on(every, [id])
        for held in sorted(mine & kept.keys() - {id}):
            ids = chain(every, held, [id])
            parties.setdefault(held, _party(known, (list(reversed(ids)), every[held]), opens, regime))
    return parties


def _above(
    known: Holdings, caught_: tuple[dict[str, Caught], bool], ends: tuple[str, Mapping[str, object]], regime: Regime
) -> dict[str, Party]:
    """The listed by whom the asked subject is caught."""
    (found, certain), (id, listed) = caught_, ends
    opens = () if certain else (OPEN,)
    parties: dict[str, Party] = {}
    for who in sorted(listed):
        if id in resting_on(found, [who]):
            ids = chain(found, id, [who])
            parties[who] = _party(known, (ids, found[id]), opens, regime)
    return parties


def _party(known: Holdings, way: tuple[Sequence[str], Caught], opens: tuple[str, ...], regime: Regime) -> Party:
    ids, one = way
    nodes, edges = [ids[0]], list[Edge]()
    for pair in pairwise(ids):
        further, more = _between(known, pair)
        nodes += further
        edges += more
    on_path = {(edge.source, edge.target) for edge in edges}
    beside = ((holder, one.held) for holder, _ in one.by if (holder, one.held) not in on_path)
    also = tuple(largest(known.into[end][holder]) for holder, end in beside)
    held = f"名单所列各方及其所有的企业合计持有 {one.share:.2%}"
    notes = ("因受控制而认定，并非持股",) if one.controller else (held,)
    caveats = ("推定控制",) if one.controller else ()
    path = Path(tuple(known.nodes[i].subject for i in nodes), tuple(edges))
    return Party(
        known.nodes[ids[-1]].subject, regime, regime.clauses[0], opens, caveats, notes, path, also, foreign=True
    )


def _between(known: Holdings, pair: tuple[str, str]) -> tuple[tuple[str, ...], tuple[Edge, ...]]:
    """From one of a chain to the next: over the stake, else over whatever control rests on."""
    one, other = pair
    for holder, held in (pair, pair[::-1]):
        stake = known.into.get(held, {}).get(holder)
        if stake is not None:
            return (other,), (largest(stake),)
    over, who = (one, other) if one in control(known, other).grips else (other, one)
    nodes, edges, _ = control_path(known, control(known, who), over)
    return (nodes[1:], edges) if over == one else (nodes[::-1][1:], edges[::-1])

"""Ownership tests of foreign sanctions (OFAC, EU, UK) as named regimes. Information only: 境外名单，仅供合规参考.

Of a listed subject: all it owns at the number, with the other listed where holdings add up. Of any other: whether it
is owned so itself, by whom, and with how much. What belongs so passes it on; what does not, passes nothing on.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
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
from queries.regimes.shares import bounds_of, most
from queries.regimes.variants import stale_words
from queries.sources import NotChecked, not_checked

OPEN = "持股比例不详（或者合计超过全部），是否达到界限待核实"
NEAR = 1e-9
NO_LIST = "词表中没有该名单的代码，也没有可认出的条目：未核查"
_Range = tuple[float, float]  # a share: at least, and at most


@dataclass(frozen=True, slots=True)
class Tested:
    """What a test says. `listed`: the asked subject's own entries; `share`: what the blocked hold of it together, at
    least and at most.
    """

    regime: str
    listed: tuple[Listing, ...]
    caught: bool
    conditional: bool
    share: _Range
    by: tuple[tuple[Subject, _Range], ...]
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
            "sum": round(self.share[0], 9),
            "sum_max": round(self.share[1], 9),
            "by": [
                {"subject": who.to_json(), "share": round(low, 9), "share_max": round(high, 9)}
                for who, (low, high) in self.by
            ],
            "text": FOREIGN,
        }


@dataclass(slots=True)
class _Stakes:
    """Shares as pairs: at least, and at most; and whom each controls, where that counts."""

    low: dict[tuple[str, str], float] = field(default_factory=dict)
    high: dict[tuple[str, str], float] = field(default_factory=dict)
    controls: Callable[[str], Collection[str]] | None = None

    def of(self, holder: str, held: str) -> _Range:
        """What one holds of another."""
        return self.low.get((holder, held), 0.0), self.high.get((holder, held), 0.0)

    def held(self, end: str, sure: Collection[str], every: Collection[str]) -> _Range:
        """What those sure to belong hold of it at least, and all who may belong at most."""
        low = sum(share for (holder, held), share in self.low.items() if held == end and holder in sure)
        high = sum(share for (holder, held), share in self.high.items() if held == end and holder in every)
        return low, max(low, min(1.0, high))


@dataclass(slots=True)
class _All:
    """Who is caught, and who only if unknown shares are as large as they can be; `shares`: what is held of each."""

    found: dict[str, Caught] = field(default_factory=dict)
    open: dict[str, Caught] = field(default_factory=dict)
    shares: dict[str, _Range] = field(default_factory=dict)

    @property
    def every(self) -> dict[str, Caught]:
        """Both."""
        return {**self.open, **self.found}


def sanctioned(scene: Scene, start: Props, regime: Regime) -> Tested:
    """One test on one subject."""
    test, id = regime.sanction, str(start["id"])
    assert test is not None
    if not test.lists:
        gap = Missing(regime.id, None, NO_LIST)
        return Tested(regime.id, (), False, False, (0.0, 0.0), (), (), (), (gap,))
    known = _read(scene, id)
    listed = _listed(scene, known.nodes, test)
    unchecked = tuple(not_checked(scene.store, test.lists, scene.as_of, policy().max_age_days))
    stakes = _stakes(scene, known, test, id)
    all_of = _caught(stakes, listed.keys(), test)
    parties: dict[str, Party] = {}
    if id in listed or id in all_of.every:
        # Where holdings of several do not add up, what a listed one owns is his own.
        own_group = [id] if id in listed and not test.aggregate else listed
        parties |= _below(scene, known, _caught(stakes, own_group, test), (id, regime))
    own = all_of.every.get(id)
    if own is not None and id not in listed:
        parties |= _above(scene, known, all_of, (id, listed, regime))
    return Tested(
        regime=regime.id,
        listed=tuple(listed.get(id, ())),
        caught=id in all_of.found,
        conditional=id in all_of.open,
        share=all_of.shares[id]
        if own
        else stakes.held(id, listed.keys() | all_of.found.keys(), listed.keys() | all_of.every.keys()),
        by=tuple((known.nodes[who].subject, stakes.of(who, id)) for who, _ in own.by) if own else (),
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


def _stakes(scene: Scene, known: Holdings, test: Sanction, id: str) -> _Stakes:
    """Shares; none in one who holds for others, but in the asked subject. What was seen too long ago may be no more."""
    made = _Stakes()
    for held, holders in scene.conducting(known, id).into.items():
        for holder in holders:
            share = bounds_of(known, (holder, held), "capital")
            old = any(scene.stale(edge) for edge in holders[holder].edges)
            made.low[holder, held], made.high[holder, held] = 0.0 if old else share.low, most(share)
    if test.control:
        made.controls = lambda who: control(known, who).grips.keys()
    return made


def _caught(stakes: _Stakes, blocked: Iterable[str], test: Sanction) -> _All:
    """Who is caught by whoever is blocked."""
    share = test.at_least if test.at_least is not None else test.over
    bound = Bound(share or 0.0, strict=test.over is not None)
    out = set(blocked)
    every = _All()
    for group in [sorted(out)] if test.aggregate else [[one] for one in sorted(out)]:
        low, high = (caught(shares, group, bound, stakes.controls) for shares in (stakes.low, stakes.high))
        sure, may = low.keys() | set(group), high.keys() | low.keys() | set(group)
        for held in {**low, **high}:
            if held not in out and held not in every.found and (held in low or held not in every.open):
                every.shares[held] = stakes.held(held, sure, may)
                if held in low:
                    every.found[held] = low[held]
                    every.open.pop(held, None)
                else:
                    every.open[held] = high[held]
    return every


def _below(scene: Scene, known: Holdings, all_of: _All, asked: tuple[str, Regime]) -> dict[str, Party]:
    """What is owned so, with some stake of the asked subject in it."""
    id, regime = asked
    parties: dict[str, Party] = {}
    for kept, every in ((all_of.found, all_of.found), (all_of.open, all_of.every)):
        mine = resting_on(every, [id])
        for held in sorted(mine & kept.keys() - {id}):
            ids = chain(every, held, [id])
            party = _party(known, (list(reversed(ids)), every[held]), all_of.shares[held], regime)
            parties.setdefault(held, party if kept is all_of.found else _opened(scene, party))
    return parties


def _above(scene: Scene, known: Holdings, all_of: _All, asked: tuple[str, Collection[str], Regime]) -> dict[str, Party]:
    """The listed by whom the asked subject is caught."""
    id, listed, regime = asked
    parties: dict[str, Party] = {}
    for who in sorted(listed):
        if id in resting_on(all_of.every, [who]):
            ids = chain(all_of.every, id, [who])
            party = replace(
                _party(known, (ids, all_of.every[id]), all_of.shares[id], regime), about=known.nodes[id].subject
            )
            parties[who] = party if id in all_of.found else _opened(scene, party)
    return parties


def _opened(scene: Scene, party: Party) -> Party:
    return replace(party, opens=stale_words((*party.path.edges, *party.also), scene.stale) or (OPEN,))


def _party(known: Holdings, way: tuple[Sequence[str], Caught], share: _Range, regime: Regime) -> Party:
    ids, one = way
    nodes, edges = [ids[0]], list[Edge]()
    for pair in pairwise(ids):
        further, more = _between(known, pair)
        nodes += further
        edges += more
    on_path = {(edge.source, edge.target) for edge in edges}
    beside = [(holder, one.held) for holder, _ in one.by if (holder, one.held) not in on_path]
    also = tuple(largest(known.into[end][holder]) for holder, end in beside)
    held = f"{known.nodes[one.held].subject.name or one.held}：由名单所列各方及其所有的企业合计持有{share_words(share)}"
    return Party(
        subject=known.nodes[ids[-1]].subject,
        regime=regime,
        clause=regime.clauses[0],
        opens=(),
        caveats=("推定控制",) if one.controller else (),
        notes=("因受控制而认定，并非持股",) if one.controller else (held,),
        path=Path(tuple(known.nodes[i].subject for i in nodes), tuple(edges)),
        also=also,
        foreign=True,
        beside=tuple(known.nodes[holder].subject for holder, _ in beside if holder not in nodes),
    )


def share_words(share: _Range) -> str:
    """A share as far as it is known."""
    low, high = share
    return f" {low:.2%}" if high - low < NEAR else f"至少 {low:.2%}、至多 {high:.2%}"


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

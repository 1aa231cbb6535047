"""Who is related to a subject, by which regime and clause, over which relations.

related(store, "91999999MA00004966", as_of="2026-06-01", regime="P05").to_json()
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Required, TypedDict, Unpack

from graph.cypher import text
from graph.errors import NotFoundError
from graph.store import Store
from graph.vocabulary import RELATIONS
from queries.law.pack import Rule
from queries.law.read import shipped as law_pack
from queries.model import NotCrossed, Subject
from queries.question import SECONDS, day
from queries.regimes.answer import Exempted, Missing, Party, RelatedAnswer
from queries.regimes.bodies import OPEN, STATE, fits, in_sector, is_state, stands_for_others, told
from queries.regimes.model import Clause, Regime, Step, Window
from queries.regimes.moments import moments
from queries.regimes.read import regime_of, shipped
from queries.regimes.sanctions import Tested, sanctioned
from queries.regimes.scene import Props, Scene
from queries.regimes.special import FUNCTIONS
from queries.regimes.steps import Walk
from queries.regimes.trail import Part, Trail
from queries.sources import NotChecked

DAYS = 24  # days of a window on which a regime is asked
ROUNDS = 3  # how often the days of those newly found are looked for
OTHERS = 20  # firms under a state body that are named as kept out
NOMINEE = "名义持有人，代他人持有，不视为其自身持股，也不据此连接他人"
STATE_JOINS_NOBODY = "仅同受国家（机关）控制或者持股的，不据此连接（该制度未见明文，须另行核实）"
HOLDS, MANAGES = "符合：存在控股关系", "符合：存在管理关系"
NOT_ASKED = "未指明该制度：须以 --regime 指明"
NOT_THE_TRADE = "未见该主体属于该制度所指行业；如属于，请以 --regime 指明"


class RelatedAsked(TypedDict, total=False):
    """The keywords of `related`.

    `as_of`: the day. `regime`: one regime's id; None: all that are asked by default. `seconds`: time after which
    reading is cut.
    """

    as_of: Required[str]
    regime: str | None
    seconds: float


def related(store: Store, subject: str, **asked: Unpack[RelatedAsked]) -> RelatedAnswer:
    """The related parties of a subject, by its id.

    Raises NotFoundError for an id that is no subject's, InputError for a day or a regime that does not exist.
    """
    as_of, wanted = day(asked["as_of"]), asked.get("regime")
    regimes = [regime_of(wanted)] if wanted else list(shipped().values())
    rows = store.read(text("queries.regimes", "subject"), id=subject)
    if not rows:
        raise NotFoundError(subject)
    search = _Search(store, rows[0]["props"], as_of, time.monotonic() + asked.get("seconds", SECONDS))
    for regime in regimes:
        search.ask(regime, named=wanted is not None)
    return search.answer(regimes[0].id if wanted else None)


@dataclass(slots=True)
class _Search:
    """One question: what was found so far."""

    store: Store
    start: Props
    as_of: str
    deadline: float
    scenes: dict[str, Scene] = field(default_factory=dict)
    parties: dict[tuple[str, str, str], Party] = field(default_factory=dict)
    exempted: dict[tuple[str, str], Exempted] = field(default_factory=dict)
    crossed: dict[str, NotCrossed] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    unchecked: dict[str, NotChecked] = field(default_factory=dict)
    tested: list[Tested] = field(default_factory=list)
    cut: str = ""

    def ask(self, regime: Regime, *, named: bool) -> None:
        """One regime, if the subject is one it speaks of."""
        if why := self._beside(regime, named):
            self.missing.append(Missing(regime.id, None, why))
            return
        self.missing += [Missing(regime.id, gap.key, gap.why.zh, gap.text.zh) for gap in regime.gaps]
        if regime.sanction:
            self._test(regime)
            return
        for clause in regime.clauses:
            if fits(clause.subject, self.start) is not False:
                self._clause(regime, clause)

    def answer(self, regime: str | None) -> RelatedAnswer:
        """All of it, regime by regime."""
        order = {key: number for number, key in enumerate(shipped())}
        clauses = {(r.id, c.key): n for r in shipped().values() for n, c in enumerate(r.clauses)}
        parties = sorted(
            self.parties.values(),
            key=lambda p: (order[p.regime.id], clauses[p.regime.id, p.clause.key], bool(p.opens), p.subject.id),
        )
        known = {(party.regime.id, party.subject.id) for party in parties}
        return RelatedAnswer(
            subject=Subject.read(self.start),
            as_of=self.as_of,
            regime=regime,
            parties=tuple(parties),
            exempted=tuple(one for key, one in sorted(self.exempted.items()) if key not in known),
            missing=tuple(self.missing),
            not_crossed=tuple(self.crossed[key] for key in sorted(self.crossed)),
            not_checked=tuple(self.unchecked.values()),
            warnings=tuple(dict.fromkeys(said for scene in self.scenes.values() for said in scene.warnings)),
            sanctions=tuple(one.to_json() for one in self.tested),
            cut=self.cut or next((scene.cut for scene in self.scenes.values() if scene.cut), ""),
        )

    def _beside(self, regime: Regime, named: bool) -> str:
        """Why a regime is not asked of this subject; "" if it is."""
        if fits(regime.subject, self.start) is False:
            return f"不适用：该主体为{told(self.start)}"
        if named:
            return ""
        return NOT_ASKED if not regime.by_default else "" if in_sector(regime.subject, self.start) else NOT_THE_TRADE

    def _test(self, regime: Regime) -> None:
        found = sanctioned(self._scene(self.as_of), self.start, regime)
        self.parties |= {(regime.id, party.subject.id, party.clause.key): party for party in found.parties}
        self.unchecked |= {f"{regime.id} {one.list}": one for one in found.not_checked}
        self.missing += found.missing
        self.tested.append(found)

    def _clause(self, regime: Regime, clause: Clause) -> None:
        """A clause on the day asked for, and on the other days of its window."""
        window = clause.window or regime.window
        met = self._on(regime, clause, self.as_of)
        asked, ids = {self.as_of}, _ends(met) | {str(self.start["id"])}
        for _ in range(ROUNDS if window != Window() else 0):
            days = sorted(moments(self.store, ids, self.as_of, window) - asked, reverse=True)
            if len(asked) + len(days) > DAYS:
                self.cut = self.cut or "size"
            days = days[: DAYS - len(asked)]
            asked |= set(days)
            further = {i for moment in days for i in _ends(self._on(regime, clause, moment))}
            if further <= ids:
                break
            ids |= further

    def _on(self, regime: Regime, clause: Clause, moment: str) -> list[Trail]:
        """Whom a clause reaches on one day; kept beside what was found before."""
        walk = Walk(self._scene(moment), regime)
        trails = list(self._trails(walk, clause))
        for trail in trails:
            kept = self._kept(walk, clause, trail)
            if kept is not None:
                party = replace(Party.of(regime, clause, kept, (moment, self.as_of)), beside=_beside(walk.scene, kept))
                key = (regime.id, party.subject.id, clause.key)
                if key not in self.parties or party.rank < self.parties[key].rank:
                    self.parties[key] = party
        for trail in walk.stopped.values():
            self._stop(walk, trail)
        return trails

    def _trails(self, walk: Walk, clause: Clause) -> Iterator[Trail]:
        kin = clause.kin or walk.regime.kin
        start = Trail((self.start,))
        if fits(clause.subject, self.start) is None:
            start = start.on(Part((), (), (OPEN,)))
        for way in (*clause.ways, *_rule_ways(clause)):
            yield from walk.follow(start, way, kin)
        if clause.function:
            yield from FUNCTIONS[clause.function](walk, start, clause.step or Step(clause.function), kin)

    def _kept(self, walk: Walk, clause: Clause, trail: Trail) -> Trail | None:
        """A trail whose end may be a party, with what is open about it; None for one that may not."""
        fit = fits(clause.party, trail.end)
        if trail.id == self.start["id"] or fit is False:
            return None
        if stands_for_others(trail.end) or (is_state(trail.end) and walk.regime.state is not None):
            walk.stopped.setdefault(trail.id, trail)
            return None
        if self._told_before(walk.regime, clause, trail) or not self._shared(walk.scene, clause, trail.id):
            return None
        return trail if fit else trail.on(Part((), (), (OPEN,)))

    def _told_before(self, regime: Regime, clause: Clause, trail: Trail) -> bool:
        before = (self.parties.get((regime.id, trail.id, key)) for key in clause.unless)
        return any(party and (trail.opens or not party.opens) for party in before)

    def _shared(self, scene: Scene, clause: Clause, party: str) -> bool:
        """Whether a party is what the clause asks beside the way to it."""
        start = str(self.start["id"])
        if not clause.own and party in scene.controls(start).grips:
            return False
        if clause.both_hold and not _both_hold(scene, start, party):
            return False
        return not clause.both_serve or _both_serve(scene, (start, party), clause.both_serve)

    def _stop(self, walk: Walk, trail: Trail) -> None:
        """What an exemption keeps out: the state body itself, firms it controls, or one who holds for others."""
        regime, scene = walk.regime, walk.scene
        links = scene.links([trail.id], ["ACTUAL_CONTROLLER", "SHAREHOLDER"], onward=True)[trail.id]
        self.crossed.setdefault(trail.id, NotCrossed(Subject.read(trail.end), "conducts", len(links)))
        if stands_for_others(trail.end):
            self._keep_out(trail, regime, NOMINEE)
            return
        why = regime.state.text.zh if regime.state else STATE_JOINS_NOBODY
        self._keep_out(trail, regime, why)
        firms = [n for n in links if n.type == "ACTUAL_CONTROLLER" or (n.edge.ratio or 0.0) > 0.5]
        others = [n for n in firms if not trail.has(str(n.other["id"]))]
        more = f"（共 {len(others)} 家，只列出 {OTHERS} 家）" if len(others) > OTHERS else ""
        for link in others[:OTHERS]:
            self._keep_out(trail.on(Part((link.other,), (link.edge,))), regime, why + more)

    def _keep_out(self, trail: Trail, regime: Regime, why: str) -> None:
        key = (regime.id, trail.id)
        if key not in self.exempted:
            self.exempted[key] = Exempted(Subject.read(trail.end), regime.id, why, trail.path)

    def _scene(self, moment: str) -> Scene:
        if moment not in self.scenes:
            self.scenes[moment] = Scene(self.store, moment, self.deadline)
            self.scenes[moment].seen[str(self.start["id"])] = self.start
        return self.scenes[moment]


def _ends(trails: Iterable[Trail]) -> set[str]:
    """Everybody on these trails whose own changes can matter; not the state, which has many."""
    return {str(node["id"]) for trail in trails for node in trail.nodes if node.get("kind") != STATE}


def _beside(scene: Scene, trail: Trail) -> tuple[Subject, ...]:
    """The subjects that further relations of a trail join."""
    ends = {end: None for edge in trail.also for end in (edge.source, edge.target) if not trail.has(end)}
    return tuple(Subject.read(scene.props(end)) for end in ends)


def _both_hold(scene: Scene, one: str, other: str) -> bool:
    """Whether two hold shares of some third body."""
    own, theirs = (set(scene.known_below(i).out.get(i, {})) for i in (one, other))
    return bool(own & theirs - {one, other})


def _both_serve(scene: Scene, people: tuple[str, str], types: tuple[str, ...]) -> bool:
    """Whether two people have such roles in one organisation."""
    one, other = ({str(n.other["id"]) for n in links} for links in scene.links(people, types, onward=True).values())
    return bool(one & other)


def _rule_ways(clause: Clause) -> Iterator[tuple[Step, ...]]:
    """The ways of a rule of the law pack between two organisations, as steps from the one to the other."""
    rule: Rule | None = law_pack().rules.get(clause.rule) if clause.rule else None
    for way in rule.ways if rule else ():
        if way.role is not None:
            types, barred = way.role.types, way.role.not_titles
            head = f"符合：{'、'.join(RELATIONS[name].label for name in types)}为同一人"
            yield (
                Step("role", types, not_titles=barred, full_number=True),
                Step("post", types, not_titles=barred, says=head),
            )
        if way.post is not None:
            types, deep = way.post.types, way.post.deep
            held = [name for name in types if RELATIONS[name].rated]
            if held and deep:
                yield (Step("controller", types, says=HOLDS),)
                yield (Step("controlled", types, says=HOLDS),)
                continue
            for name in types:
                over, says = (way.post.over, HOLDS) if name in held else (None, MANAGES)
                yield (
                    Step(
                        "holder" if name in held else "from",
                        (name,),
                        over=over,
                        deep=deep and name not in held,
                        says=says,
                    ),
                )
                yield (
                    Step(
                        "held" if name in held else "to", (name,), over=over, deep=deep and name not in held, says=says
                    ),
                )

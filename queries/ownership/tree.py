"""Owners above a subject and holdings below it as a drawing needs them: level by level, cut and counted.

    tree(store, "91999999MA00004966", as_of="2026-06-01", up=2, down=2, per=12).to_json()

Every subject stands once, on the level nearest to the asked one, however many ways lead to it; every stake between
two that stand there is an edge. So a group with shared holders stays a graph, and a circle ends where it closes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Required, TypedDict, Unpack

from graph.errors import InputError
from graph.store import Store
from queries.alerts import own_listings
from queries.model import Edge, Listing
from queries.ownership import reading
from queries.ownership.bounds import spread
from queries.ownership.control import HALF, control, controllers
from queries.ownership.ground import Ground
from queries.ownership.holdings import Holdings
from queries.ownership.stakes import Stake
from queries.ownership.tree_answer import Branch, Standing, Tree
from queries.question import SECONDS, Question, day
from queries.subjects import with_entries

LEVELS, PER = 2, 12
MOST_LEVELS, MOST_PER = 8, 100
MOST = 600  # subjects in one tree
Key = tuple[str, str, str, str | None]


class TreeAsked(TypedDict, total=False):
    """The keywords of `tree`.

    `as_of`: the day. `up`, `down`: levels of holders and of holdings, 0 to MOST_LEVELS. `per`: of each subject at
    most so many, those with control first, then by share. `seconds`: time after which reading is cut. `ground`: see
    `ownership`.
    """

    as_of: Required[str]
    up: int
    down: int
    per: int
    seconds: float
    ground: Ground | None


def tree(store: Store, subject: str, **asked: Unpack[TreeAsked]) -> Tree:
    """The tree around a subject, by its id.

    Raises NotFoundError for an id that is no subject's, InputError for a day that does not exist or a number out of
    range.
    """
    as_of = day(asked["as_of"])
    up = _within("up", asked.get("up", LEVELS), 0, MOST_LEVELS)
    down = _within("down", asked.get("down", LEVELS), 0, MOST_LEVELS)
    per = _within("per", asked.get("per", PER), 1, MOST_PER)
    ends = {"up": [subject] if up else [], "down": [subject] if down else []}
    ground = asked.get("ground") or Ground(reading.read(store, as_of, seconds=asked.get("seconds", SECONDS), **ends))
    grown = _Growing(ground, subject, 0 if ground.person(subject) else up, down)
    grown.grow(per)
    question = Question.of({"as_of": as_of})
    _, entries = with_entries(store, grown.level)
    return Tree(
        subject=ground.known.nodes[subject].subject,
        as_of=as_of,
        asked=(up, down, per),
        nodes=tuple(grown.standing(id, own_listings(entries.get(id, ()), question)) for id in grown.ordered()),
        branches=tuple(grown.branches()),
        stubs=tuple(grown.stubs()),
        cut=ground.known.cut or ("size" if grown.full else ""),
    )


def _within(name: str, value: int, least: int, most: int) -> int:
    if not least <= value <= most:
        raise InputError(f"{name} 超出范围", value=str(value), remedy=f"{least} 至 {most}")
    return value


class _Growing:
    """One tree in the making. `level`: who stands where; `full`: there was no room for more."""

    def __init__(self, ground: Ground, root: str, up: int, down: int) -> None:
        self.level = {root: 0}
        self.full = False
        self._known, self._root, self._levels = ground.known, root, (up, down)
        self._circle = {id: n for n, circle in enumerate(ground.circles) for id in circle}
        self._owned = ground.capital.into(root) if up else {}
        self._owns = ground.capital.from_holder(root) if down else {}
        self._vague = _vague(ground, root)
        above = controllers(ground.known, root, HALF, ground.beginners(HALF)) if up else {}
        below = control(ground.known, root) if down else None
        self._controls = {*above, *(below.grips if below else ())}
        chain = [edge for one in above.values() for edge in one.chain(root)]
        chain += [edge for grip in (below.grips.values() if below else ()) for edge in grip.edges]
        self._chain = {_key(edge) for edge in chain}

    def grow(self, per: int) -> None:
        """Place holders above and holdings below, at most `per` of each subject."""
        for levels, up in zip(self._levels, (True, False), strict=True):
            frontier = [self._root]
            for n in range(1, levels + 1):
                frontier = [id for parent in frontier for id in self._place(parent, per, -n if up else n)]

    def ordered(self) -> list[str]:
        """Who stands in the tree, from the highest level down, each level in the order it was placed."""
        return sorted(self.level, key=self.level.__getitem__)

    def standing(self, id: str, listed: tuple[Listing, ...]) -> Standing:
        """One subject as it stands."""
        node, level = self._known.nodes[id], self.level[id]
        return Standing(
            subject=node.subject,
            level=level,
            integrated=self._share(id),
            at_least=id in self._vague[level > 0],
            controls=id in self._controls,
            stop=node.stops,
            circle=id in self._circle,
            listed=listed,
        )

    def branches(self) -> Iterator[Branch]:
        """Every stake, and declared control, between two that stand in the tree."""
        for held in self.ordered():
            for holder, stake in self._near(held, up=True).items():
                if holder in self.level:
                    yield self._branch(holder, held, stake)

    def stubs(self) -> Iterator[tuple[str, str, int]]:
        """(whose, which side, how many) do not stand in the tree."""
        up, down = self._levels
        for id in self.ordered():
            level = self.level[id]
            for side, wanted in (("up", up and level <= 0), ("down", down and level >= 0)):
                count = len(self._near(id, up=side == "up").keys() - self.level.keys()) if wanted else 0
                if count:
                    yield id, side, count

    def _place(self, parent: str, per: int, level: int) -> list[str]:
        """Place the next of one subject; nothing is drawn beyond one at whom control stops."""
        if self._known.nodes[parent].stops and parent != self._root:
            return []
        up = level < 0
        near = self._near(parent, up=up)
        ends = {other: (other, parent) if up else (parent, other) for other in near}
        order = sorted(near, key=lambda i: (not self._on_chain(*ends[i], near[i]), *_by_share(near[i]), i))
        placed = [id for id in order[:per] if id not in self.level]
        room = MOST - len(self.level)
        self.full = self.full or len(placed) > room
        self.level |= dict.fromkeys(placed[:room], level)
        return placed[:room]

    def _near(self, id: str, *, up: bool) -> dict[str, Stake | None]:
        """Holders of a subject, or what it holds, with the stake; None where control is declared without one."""
        known = self._known
        stakes = known.into.get(id, {}) if up else known.out.get(id, {})
        declared = known.declared.get(id, {}) if up else _declared_by(known, id)
        return {**dict.fromkeys(declared), **stakes}

    def _branch(self, holder: str, held: str, stake: Stake | None) -> Branch:
        circle = self._circle.get(holder)
        away = holder if self.level[holder] < 0 and self.level[held] <= 0 else held
        return Branch(
            holder=holder,
            held=held,
            share=stake.capital if stake else None,
            votes=stake.votes if stake else None,
            edges=self._edges(holder, held, stake),
            integrated=self._share(away),
            chain=self._on_chain(holder, held, stake),
            circle=circle is not None and circle == self._circle.get(held),
        )

    def _edges(self, holder: str, held: str, stake: Stake | None) -> tuple[Edge, ...]:
        declared = self._known.declared.get(held, {}).get(holder)
        return (*(stake.edges if stake else ()), *((declared,) if declared else ()))

    def _on_chain(self, holder: str, held: str, stake: Stake | None) -> bool:
        """Whether control rests on it: on a share, a declaration, or on the seats of the board it brings."""
        seats = self._known.boards.get(held, {}).get(holder, ())
        return any(_key(edge) in self._chain for edge in (*self._edges(holder, held, stake), *seats))

    def _share(self, id: str) -> float | None:
        level = self.level[id]
        return (self._owned if level < 0 else self._owns).get(id, 0.0) if level else None


def _vague(ground: Ground, root: str) -> tuple[set[str], set[str]]:
    """Whose share of the root, and of whom the root's share, rests on stakes without a figure."""
    known = ground.known
    above, below = spread([root], known.into), spread([root], known.out)
    return (
        spread({one.holder for one in ground.vague_of(above)}, known.into),
        spread({one.held for one in ground.vague_by(below)}, known.out),
    )


def _declared_by(known: Holdings, id: str) -> list[str]:
    return [over for over in known.holds.get(id, ()) if id in known.declared.get(over, {})]


def _by_share(stake: Stake | None) -> tuple[float, float]:
    """Large shares first; of those with the same lower bound the one that may be larger."""
    if stake is None:
        return 0.0, 0.0
    return -stake.capital.low, -(1.0 if stake.capital.high is None else stake.capital.high)


def _key(edge: Edge) -> Key:
    return edge.type, edge.source, edge.target, edge.record

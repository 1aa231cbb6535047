"""What joins two bidders of one lot under the rules on rival bids, every reason of every pair: one head, one holding or
running the other, and what only looks like it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from graph.names import name_key
from graph.vocabulary import Kind
from queries.law.bids import Bid, Props, Role, together
from queries.law.heads import differ, disagree, doubts, is_head
from queries.law.holding import Hold, holds
from queries.law.joint import Joint
from queries.law.pack import Step
from queries.law.shares import MANAGES, added, narrowly, summed, unsure_of
from queries.law.ties import Tie, Ties, Wanted
from queries.model import Edge, Path, Subject
from queries.words import SAME_NAME, SAME_NUMBER

Keys = Callable[[Bid], Iterable[tuple[str, Any]]]
Sharing = Iterator[tuple[tuple[Bid, Bid], tuple[Any, Any]]]


@dataclass(frozen=True, slots=True)
class Case:
    """What joins two bidders. `joint`: the rule that says so, None for what is only worth a look; `missed`: then the
    rule it narrowly does not come under. `doubts`: what keeps the rule from being sure, or what would have to be found
    out for the missed one. `also`: paths of other ties it rests on.
    """

    pair: tuple[Bid, Bid]
    path: Path
    kind: str
    why: str
    joint: Joint | None = None
    doubts: tuple[str, ...] = ()
    also: tuple[Path, ...] = ()
    missed: Joint | None = None


class Cases:
    """Finds them, for the bidders `ids` of whatever lots. `most`: bidders joined by the same thing that are told each
    against all others; of more, each against the first, and `cut` says so. `look`: also tell holdings whose share is
    known within bounds only.
    """

    def __init__(
        self, rules: Sequence[Joint], ties: Ties, ids: Iterable[str], most: int, *, look: bool = False
    ) -> None:
        self.rules, self.ties, self.most, self.cut = rules, ties, most, False
        known, posts = set(ids), [(j, j.way.post) for j in rules if j.way.post is not None]
        self._held = [(j, post, holds(ties, post, known, look=look)) for j, post in posts]

    def of(self, bidders: Sequence[Bid]) -> list[Case]:
        """All cases among the bidders of one lot, those a rule speaks of first."""
        found = [*self._same_heads(bidders), *self._above(bidders)]
        return [*sorted(found, key=lambda c: c.joint is None), *self._namesakes(bidders), *self._sisters(bidders)]

    def _same_heads(self, bidders: Sequence[Bid]) -> Iterator[Case]:
        for joint in (j for j in self.rules if j.way.role is not None):
            for pair, (one, other) in self._sharing(bidders, self._numbers(joint)):
                open_points = list(doubts((one, other)))
                for bid, role in zip(pair, (one, other), strict=True):
                    open_points += self._others(bid, role, joint)
                same = _name(one) == _name(other)
                why = "单位负责人为同一人（证件号码一致）" if same else "单位负责人证件号码一致，姓名不同"
                yield Case(pair, _met(pair, one, other), "same_head", why, joint, tuple(open_points))

    def _heads(self, bid: Bid, joint: Joint) -> list[Role]:
        """Who heads a bidder, by the relations and titles the rule counts."""
        role = joint.way.role
        return [r for r in self.ties.roles(bid, role.types) if is_head(r, role.not_titles)] if role else []

    def _numbers(self, joint: Joint) -> Keys:
        return lambda bid: ((role.number, role) for role in self._heads(bid, joint) if role.number)

    def _others(self, bid: Bid, role: Role, joint: Joint) -> Iterator[str]:
        """What to say where somebody else is on record in the same place."""
        rivals = [r for r in self._heads(bid, joint) if r.type == role.type and differ(role, r)]
        if rivals:
            yield disagree(str(bid.subject.get("name")), (role, *rivals))

    def _above(self, bidders: Sequence[Bid]) -> Iterator[Case]:
        by_id = {bid.id: bid for bid in bidders}
        for joint, step, found in self._held:
            for bid in bidders:
                for top, hold in found.get(bid.id, {}).items():
                    over = by_id.get(top)
                    if over is None or together(bid, over):
                        continue
                    known = {bid.id: bid.subject, **{str(t.holder["id"]): t.holder for t in hold.ties}}
                    why = narrowly(hold, step, self.ties, known)
                    also = tuple(_path(chain, known) for chain in hold.also)
                    unsure = bool(why) and (hold.how.nominal or hold.how.open)
                    parts = (summed(hold), added(hold, known), "" if unsure else why)
                    facts = "；".join(part for part in parts if part)
                    made = Case((bid, over), _climbed(bid, hold), _kind(step), facts, also=also)
                    if why:
                        yield replace(made, missed=joint, doubts=(why,) if unsure else ())
                    else:
                        yield replace(made, joint=joint, doubts=unsure_of(hold, self.ties, known))

    def _namesakes(self, bidders: Sequence[Bid]) -> Iterator[Case]:
        """Equal names of heads: worth a look."""

        def names(bid: Bid) -> Iterator[tuple[str, Role]]:
            heads = (role for joint in self.rules for role in self._heads(bid, joint))
            return ((key, role) for role in heads if (key := _name(role)))

        for pair, (one, other) in self._sharing(bidders, names):
            if one.number and other.number:
                continue  # two numbers: one man, told already, or two
            same = one.person["id"] == other.person["id"]
            who = "在图中为同一条人员记录，但" if same else "姓名相同，"
            why = f"单位负责人{who}没有完整证件号，不能认定为同一人"
            yield Case(pair, _met(pair, one, other), "same_name", why)

    def _sisters(self, bidders: Sequence[Bid]) -> Iterator[Case]:
        """A holder in common, of several above each other the nearest: worth a look."""
        for _, step, found in self._held:

            def above(bid: Bid, found: Mapping[str, Mapping[str, Hold]] = found) -> Iterator[tuple[str, Hold]]:
                return ((top, hold) for top, hold in found.get(bid.id, {}).items() if _joins(hold))

            told: dict[tuple[str, str], set[str]] = defaultdict(set)
            shared = sorted(self._sharing(bidders, above), key=lambda found: sum(len(h.chain) for h in found[1]))
            for pair, (one, other) in shared:
                key = (pair[0].id, pair[1].id)
                passed = {str(t.holder["id"]) for hold in (one, other) for t in hold.chain[:-1]}
                if passed & (told[key] | set(key)):
                    continue  # above one that is told already, or above one of the two because of the other
                told[key].add(str(one.top["id"]))
                how = "管理" if MANAGES in step.types else "控股"
                why = f"由同一主体{how}，相互之间没有{how}关系；仅此一点不属于规定的情形"
                yield Case(pair, _under(pair, one, other), _kind(step), why)

    def _sharing(self, bidders: Sequence[Bid], keys: Keys) -> Sharing:
        """Pairs of bidders with a key in common, and what each has under it; those that bid together left out."""
        for pair, values, cut in sharing(bidders, keys, self.most):
            self.cut = self.cut or cut
            yield pair, values


def sharing(bidders: Sequence[Bid], keys: Keys, most: int) -> Iterator[tuple[tuple[Bid, Bid], tuple[Any, Any], bool]]:
    """Pairs with a key in common, what each has under it, and whether that key's pairs were cut."""
    holders: dict[str, dict[str, tuple[Bid, Any]]] = defaultdict(dict)
    for bid in bidders:
        for key, value in keys(bid):
            holders[key].setdefault(bid.id, (bid, value))
    for group in holders.values():
        members = list(group.values())
        many = len(members) > most
        pairs = ((members[0], other) for other in members[1:]) if many else combinations(members, 2)
        for (one, first), (other, second) in pairs:
            if not together(one, other):
                yield (one, other), (first, second), many


def wanted(rules: Iterable[Joint], roles: Iterable[str] = (), holders: Iterable[str] = ()) -> Wanted:
    """What has to be read for these rules, and `roles` and `holders` besides."""
    heads = {t for j in rules if j.way.role for t in j.way.role.types}
    return Wanted(
        roles=tuple(sorted({*heads, *roles})),
        holders=tuple(sorted({t for j in rules if j.way.post for t in j.way.post.types} | set(holders))),
    )


def _name(role: Role) -> str:
    return name_key(str(role.person.get("name") or ""))


def _kind(step: Step) -> str:
    return "management" if MANAGES in step.types else "holding"


def _joins(hold: Hold) -> bool:
    """Whether a holder in common means anything: the state as such, and bodies nothing passes through, do not."""
    sure = not (hold.how.exact or hold.how.nominal or hold.how.open)
    return sure and all(t.conducts and t.holder["kind"] != Kind.GOVERNMENT for t in hold.ties)


def _met(pair: tuple[Bid, Bid], one: Role, other: Role) -> Path:
    first, second = Subject.read(one.person), Subject.read(other.person)
    a, b = (Subject.read(bid.subject) for bid in pair)
    numbered = bool(one.number) and one.number == other.number
    same = first.id == second.id or (numbered and _name(one) == _name(other))
    nodes = (a, first, b) if same else (a, first, second, b)
    edges = (Edge.read(one.type, (first.id, a.id), one.props), Edge.read(other.type, (nodes[-2].id, b.id), other.props))
    named = Edge(SAME_NUMBER if numbered else SAME_NAME, first.id, second.id)
    return Path(nodes, edges) if same else Path(nodes, (edges[0], named, edges[1]))


def _climbed(bid: Bid, hold: Hold) -> Path:
    nodes = (Subject.read(bid.subject), *(Subject.read(t.holder) for t in hold.chain))
    return Path(nodes, tuple(t.edge for t in hold.chain))


def _path(chain: tuple[Tie, ...], known: Mapping[str, Props]) -> Path:
    nodes = (Subject.read(known[chain[0].held]), *(Subject.read(t.holder) for t in chain))
    return Path(nodes, tuple(t.edge for t in chain))


def _under(pair: tuple[Bid, Bid], one: Hold, other: Hold) -> Path:
    up, down = _climbed(pair[0], one), _climbed(pair[1], other)
    return Path((*up.nodes, *reversed(down.nodes[:-1])), (*up.edges, *reversed(down.edges)))

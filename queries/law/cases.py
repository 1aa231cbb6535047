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
from queries.law.holding import Hold, holds
from queries.law.joint import Joint
from queries.law.ties import Tie, Ties, Wanted
from queries.model import Edge, Path, Subject
from queries.words import SAME_NAME

MANAGES = "MANAGES"
Keys = Callable[[Bid], Iterable[tuple[str, Any]]]
Sharing = Iterator[tuple[tuple[Bid, Bid], tuple[Any, Any]]]


@dataclass(frozen=True, slots=True)
class Case:
    """What joins two bidders. `joint`: the rule that says so, None for what is only worth a look; `missed`: then the
    rule it narrowly does not come under. `doubts`: what keeps the rule from being sure. `also`: paths of other ties it
    rests on.
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
    against all others; of more, each against the first, and `cut` says so.
    """

    def __init__(self, rules: Sequence[Joint], ties: Ties, ids: Iterable[str], most: int) -> None:
        self.rules, self.ties, self.most, self.cut = rules, ties, most, False
        known = set(ids)
        self._held = [(j, j.way.post, holds(ties, j.way.post, known)) for j in rules if j.way.post is not None]

    def of(self, bidders: Sequence[Bid]) -> list[Case]:
        """All cases among the bidders of one lot, those a rule speaks of first."""
        found = [*self._same_heads(bidders), *self._above(bidders)]
        return [*sorted(found, key=lambda c: c.joint is None), *self._namesakes(bidders), *self._sisters(bidders)]

    def _same_heads(self, bidders: Sequence[Bid]) -> Iterator[Case]:
        for joint in (j for j in self.rules if j.way.role is not None):
            types = joint.way.role.types if joint.way.role else ()
            for pair, (one, other) in self._sharing(bidders, self._numbers(types)):
                path, names = _met(pair, one, other), {_name(one), _name(other)}
                doubts = ("证件号码一致而姓名不同，身份待核实",) if len(names) > 1 else ()
                why = "单位负责人证件号码一致，姓名不同" if doubts else "单位负责人为同一人（证件号码一致）"
                yield Case(pair, path, "same_head", why, joint, doubts)

    def _numbers(self, types: Iterable[str]) -> Keys:
        return lambda bid: ((role.number, role) for role in self.ties.roles(bid, types) if role.number)

    def _above(self, bidders: Sequence[Bid]) -> Iterator[Case]:
        by_id = {bid.id: bid for bid in bidders}
        for joint, step, found in self._held:
            for bid in bidders:
                for top, hold in found.get(bid.id, {}).items():
                    over = by_id.get(top)
                    if over is None or together(bid, over):
                        continue
                    why = "" if step.deep or hold.direct else "只有间接的控股、管理关系，不属于直接控股、管理"
                    why = "持股恰为临界比例，未超过" if hold.exact else why
                    kind = "management" if MANAGES in step.types else "holding"
                    known = {bid.id: bid.subject, **{str(t.holder["id"]): t.holder for t in hold.ties}}
                    also = tuple(_path(chain, known) for chain in hold.also)
                    facts = "；".join(part for part in (_sum(hold), why) if part)
                    made = Case((bid, over), _climbed(bid, hold), kind, facts, also=also)
                    yield replace(made, missed=joint) if why else replace(made, joint=joint)

    def _namesakes(self, bidders: Sequence[Bid]) -> Iterator[Case]:
        """Equal names of heads: worth a look."""
        types = {t for j in self.rules if j.way.role for t in j.way.role.types}

        def names(bid: Bid) -> Iterator[tuple[str, Role]]:
            return ((key, role) for role in self.ties.roles(bid, types) if (key := _name(role)))

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
                yield Case(pair, _under(pair, one, other), "holding", why)

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


def wanted(rules: Iterable[Joint], roles: Iterable[str] = ()) -> Wanted:
    """What has to be read for these rules, and `roles` besides."""
    heads = {t for j in rules if j.way.role for t in j.way.role.types}
    return Wanted(
        roles=tuple(sorted({*heads, *roles})),
        holders=tuple(sorted({t for j in rules if j.way.post for t in j.way.post.types})),
    )


def _name(role: Role) -> str:
    return name_key(str(role.person.get("name") or ""))


def _joins(hold: Hold) -> bool:
    """Whether a holder in common means anything: the state as such, and bodies nothing passes through, do not."""
    return not hold.exact and all(t.conducts and t.holder["kind"] != Kind.GOVERNMENT for t in hold.ties)


def _sum(hold: Hold) -> str:
    """What several ties come to together."""
    if not hold.also:
        return ""
    last = [hold.chain[0], *(chain[0] for chain in hold.also if chain[0].held == hold.chain[0].held)]
    names = "、".join(f"{t.holder.get('name')} {t.share or 0:.2%}" for t in last)
    total = sum(t.share or 0.0 for t in last)
    return f"本身及其控股的主体合计持有 {total:.2%}（{names}）" if len(last) > 1 else "持股合并计算"


def _met(pair: tuple[Bid, Bid], one: Role, other: Role) -> Path:
    first, second = Subject.read(one.person), Subject.read(other.person)
    a, b = (Subject.read(bid.subject) for bid in pair)
    same = first.id == second.id or (bool(one.number) and one.number == other.number)
    nodes = (a, first, b) if same else (a, first, second, b)
    edges = (Edge.read(one.type, (first.id, a.id), one.props), Edge.read(other.type, (nodes[-2].id, b.id), other.props))
    named = Edge(SAME_NAME, first.id, second.id)
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

"""People with roles in two bidders: the same by full number, or the same subject of the graph. Worth a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from graph.names import name_key
from graph.vocabulary import RELATIONS, Kind
from queries.bidders.signals import Mark, Marks
from queries.law.bids import Bid, Role, together
from queries.law.cases import Case, sharing
from queries.law.ties import Ties
from queries.model import Edge, Path, Subject
from queries.words import NAMED_AS, record_words

Told = Mapping[tuple[str, str], Collection[str]]


@dataclass(frozen=True, slots=True)
class Shared:
    """One person in both bidders of a pair."""

    pair: tuple[Bid, Bid]
    path: Path
    why: str


def shared_people(bids: Sequence[Bid], ties: Ties, types: Sequence[str], cases: Sequence[Case]) -> Iterator[Shared]:
    """Everybody with such a role in two of these bidders, but for whom a case of theirs has told already."""
    told = _told(cases)
    roles = {bid.id: _by_person(ties.roles(bid, types)) for bid in bids}
    for pair, (mine, theirs), _ in sharing(bids, lambda bid: roles[bid.id].items(), len(bids)):
        one, other = mine[0], theirs[0]
        same = {str(role.person["id"]) for role in (*mine, *theirs)} | {one.number} - {""}
        if same & set(told[_key(pair)]):
            continue
        a, b = (Subject.read(bid.subject) for bid in pair)
        person = Subject.read(one.person)
        path = Path(
            (a, person, b),
            (Edge.read(one.type, (person.id, a.id), one.props), Edge.read(other.type, (person.id, b.id), other.props)),
        )
        how = "证件号码一致" if one.number else "图中为同一主体"
        why = f"{person.name}（{how}）在 {a.name} 任{_labels(mine)}，在 {b.name} 任{_labels(theirs)}"
        yield Shared(pair, path, why)


def named_staff(bids: Sequence[Bid], marks: Marks, ties: Ties, types: Sequence[str]) -> Iterator[Shared]:
    """People one bid names (agent, preparer, team) who by their full number have a role in a rival."""
    posts = {bid.id: _by_person(ties.roles(bid, types)) for bid in bids}
    for one, other in permutations(bids, 2):
        if together(one, other):
            continue
        for label, mark in marks.people(one):
            roles = posts[other.id].get(mark.number, [])
            if roles and mark.number not in posts[one.id]:  # who is in both is told as such
                yield _named((one, other), (label, mark), roles)


def _named(pair: tuple[Bid, Bid], named: tuple[str, Mark], roles: Sequence[Role]) -> Shared:
    (label, mark), role = named, roles[0]
    a, b, person = (Subject.read(s) for s in (pair[0].subject, pair[1].subject, role.person))
    edge = Edge(NAMED_AS, a.id, person.id, record=mark.record, via={"kind": label, "value": mark.shown})
    path = Path((a, person, b), (edge, Edge.read(role.type, (person.id, b.id), role.props)))
    other = "" if mark.key == name_key(person.name or "") else f"，{a.name} 填报的姓名为 {mark.shown}"
    why = f"{a.name} 填报的{label} {person.name}（证件号码一致{other}）在 {b.name} 任{_labels(roles)}"
    return Shared(pair, path, f"{why}（{record_words(mark.record)}）")


def _by_person(roles: Sequence[Role]) -> dict[str, list[Role]]:
    found: dict[str, list[Role]] = defaultdict(list)
    for role in roles:
        if role.person.get("kind") == Kind.PERSON:
            found[role.number or str(role.person["id"])].append(role)
    return found


def _told(cases: Sequence[Case]) -> dict[tuple[str, str], set[str]]:
    """By pair: the people on the paths of its cases."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for case in cases:
        found[_key(case.pair)] |= {node.id for node in case.path.nodes if node.kind == Kind.PERSON}
    return found


def _key(pair: tuple[Bid, Bid]) -> tuple[str, str]:
    first, second = sorted(bid.id for bid in pair)
    return first, second


def _labels(roles: Sequence[Role]) -> str:
    return "、".join(dict.fromkeys(RELATIONS[role.type].label for role in roles))

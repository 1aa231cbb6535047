"""A community around a subject: those joined more closely with one another than with the rest of the neighbourhood.

Louvain's method with a fixed seed on the relations that carry risk, hubs and what does not conduct left out. It is an
investigator's aid to order a crowd; it is no relation, and no rule follows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from graph.store import Store
from queries.groups.reading import Member, Reading, way_back
from queries.hops import OutOfTimeError
from queries.links import Links, Walk
from queries.model import Edge, Json, NotCrossed, Path, Subject
from queries.policy import shipped
from queries.walked import Walked

SEED = 20_260_601
HOPS = 3
SUBJECTS_AT_MOST = 3_000

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Community:
    """The asked subject's community, each with the way to him; of how many subjects and communities it was found
    among, and the modularity of the division (0: no better than chance, above 0.3: marked).
    """

    members: tuple[Member, ...]
    among: int
    communities: int
    modularity: float
    not_crossed: tuple[NotCrossed, ...]
    complete: bool

    def to_json(self) -> Json:
        """The section `community` of `groups --json`."""
        return {
            "members": [member.to_json() for member in self.members],
            "among": self.among,
            "communities": self.communities,
            "modularity": self.modularity,
            "hops": HOPS,
            "not_crossed": [stop.to_json() for stop in self.not_crossed],
            "complete": self.complete,
        }


def community(store: Store, reading: Reading, subject: str) -> Community:
    """The community of a subject, by its id, in what lies at most three relations around it."""
    types = shipped().carrying(include_possible=False)
    walk = Walk(types, (reading.as_of, reading.as_of), reading.cap, reading.deadline)
    graph = Walked(store, reading.snapshot)
    links = graph.links(walk, [subject])
    inside, complete = _around(links, subject)
    pairs = sorted({(min(a, b), max(a, b)) for a in inside for b in links.places[a].links if b in inside})
    parts, modularity = divided(pairs)
    mine = next((part for part in parts if subject in part), frozenset([subject]))
    came = _ways(links, subject, mine, inside)
    members = sorted((i for i in mine if i in came), key=lambda i: (len(way_back(i, came)[0]), i))
    stops = sorted((i for i, place in links.places.items() if place.stop and i != subject))
    named = graph.subjects({subject, *stops, *(i for one in members for i in way_back(one, came)[0])})
    return Community(
        members=tuple(_member(i, came, named) for i in members),
        among=len(inside),
        communities=max(len(parts), 1),
        modularity=modularity,
        not_crossed=tuple(NotCrossed(named[i], links.places[i].stop, links.places[i].degree) for i in stops),
        complete=complete,
    )


def divided(pairs: Iterable[Pair]) -> tuple[list[frozenset[str]], float]:
    """The communities of a graph and their modularity, the same for the same pairs in whatever order."""
    joined = sorted({(min(pair), max(pair)) for pair in pairs})
    ids = sorted({i for pair in joined for i in pair})
    if not ids:
        return [], 0.0
    # Numbers, not names: the hash of a text differs from run to run, and with it the order of a set.
    number = {i: n for n, i in enumerate(ids)}
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(ids)))
    graph.add_edges_from((number[a], number[b]) for a, b in joined)
    parts = nx.community.louvain_communities(graph, seed=SEED)
    modularity = round(float(nx.community.modularity(graph, parts)), 6)
    return sorted((frozenset(ids[n] for n in part) for part in parts), key=min), modularity


def _around(links: Links, subject: str) -> tuple[set[str], bool]:
    """Who lies around a subject and may be gone through, and whether that are all within HOPS."""
    inside, front = {subject}, {subject}
    try:
        links.fetch(front)
        for _ in range(HOPS):
            front = {other for i in front for other in links.places[i].links} - inside
            if len(inside) + len(front) > SUBJECTS_AT_MOST:
                return inside, False
            links.fetch(front)
            front = {i for i in front if links.open(i)}
            inside |= front
    except OutOfTimeError:
        return inside & links.places.keys(), False
    return inside, True


def _ways(links: Links, subject: str, mine: frozenset[str], inside: set[str]) -> dict[str, tuple[str, Edge]]:
    """From whom each member is reached first: inside the community where it hangs together, else through others."""
    came: dict[str, tuple[str, Edge]] = {}
    for within in (mine, inside):
        seen, front = {subject, *came}, sorted({subject, *came})
        while front:
            new: dict[str, tuple[str, Edge]] = {}
            for here in front:
                for other in sorted(links.places[here].links.keys() & within):
                    if other not in seen:
                        seen.add(other)
                        new[other] = (here, links.places[here].between(other)[0])
            came |= new
            front = sorted(new)
        if mine <= seen:
            break
    return came


def _member(id: str, came: Mapping[str, tuple[str, Edge]], named: Mapping[str, Subject]) -> Member:
    nodes, edges = way_back(id, came)
    return Member(named[id], Path(tuple(named[i] for i in nodes), edges))

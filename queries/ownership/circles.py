"""Who holds himself: shares in oneself, mutual and circular holdings."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from queries.ownership.holdings import Holdings


def circles_of(known: Holdings) -> list[list[str]]:
    """Those of holdings, see `circles`."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((holder, held) for held, stakes in known.into.items() for holder in stakes)
    return circles(graph)


def circles(graph: nx.DiGraph[str]) -> list[list[str]]:
    """The members of every self-holding (one), mutual (two) and circular holding, whatever the shares.

    Members of a plain circle stand in its order, each holding the next; of a denser one by id. Of a subject that
    holds itself inside a larger circle both are told. The smallest first, then by ids.
    """
    return sorted(_of(graph), key=lambda members: (len(members), members))


def _of(graph: nx.DiGraph[str]) -> Iterator[list[str]]:
    for component in nx.strongly_connected_components(graph):
        yield from ([member] for member in component if graph.has_edge(member, member))
        if len(component) > 1:
            yield _ordered(graph, component)


def _ordered(graph: nx.DiGraph[str], component: set[str]) -> list[str]:
    following = {one: [other for other in graph.successors(one) if other in component - {one}] for one in component}
    if any(len(others) != 1 for others in following.values()):
        return sorted(component)
    circle = [min(component)]
    while len(circle) < len(component):
        circle.append(following[circle[-1]][0])
    return circle

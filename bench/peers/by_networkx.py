"""NetworkX: dictionaries of dictionaries, and the search written in Python around them."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np

from bench.peers import search
from bench.peers.arrays import ROUNDS, TYPES
from bench.peers.protocol import Degrees, Exposures, Peer, Whole


class NetworkX(Peer):
    """`arcs` are the weighed pairs, `near` the plain ones; who is not walked through has no way out but as a source."""

    name = "NetworkX"
    given = "weighed pairs, stops"
    kin = "python"
    scales = ("XS", "S")

    def load(self) -> None:
        """Heaviest first, so that a search may stop at the first pair below the floor."""
        arrays = self.arrays
        self._arcs: nx.DiGraph[int] = nx.DiGraph()
        self._arcs.add_nodes_from(range(len(arrays.ids)))
        self._arcs.add_weighted_edges_from(_arcs(arrays.arc_starts, arrays.arc_to, arrays.arc_weight))
        self._near: nx.DiGraph[int] = nx.DiGraph()
        self._near.add_nodes_from(range(len(arrays.ids)))
        self._near.add_edges_from((a, b) for a, b, _ in _arcs(arrays.near_starts, arrays.near_to, arrays.near_to))
        self._given: nx.DiGraph[int] = nx.DiGraph()
        self._given.add_edges_from(zip(arrays.given_first.tolist(), arrays.given_second.tolist(), strict=True))
        self._links = arrays.links_starts, arrays.links_key, arrays.links_active
        self._search = search.Search(arrays, self._steps, heaviest_first=True)
        self._open = ~np.asarray(arrays.near_stop)

    def exposure(self, subject: str) -> Exposures:
        """A search in Python."""
        return self._search.exposure(subject)

    def whole(self) -> Whole:
        """Rounds in Python."""
        pred = self._arcs.pred
        return search.whole(self.arrays, lambda n: ((other, told["weight"]) for other, told in pred[n].items()))

    def around(self, subject: str) -> list[list[str]]:
        """Breadth first in Python."""
        return search.around(self.arrays, lambda n: self._near.adj[n], subject)

    def path(self, a: str, b: str) -> tuple[str, ...]:
        """`bidirectional_shortest_path` on a view without those not walked through."""
        arrays = self.arrays
        ends = {arrays.numbers[a], arrays.numbers[b]}
        view = nx.subgraph_view(self._near, filter_node=lambda n: n in ends or bool(self._open[n]))
        try:
            found = nx.bidirectional_shortest_path(view, arrays.numbers[a], arrays.numbers[b])
        except nx.NetworkXNoPath:
            return ()
        return tuple(arrays.ids[n] for n in found) if len(found) <= ROUNDS + 1 else ()

    def circles(self) -> list[list[str]]:
        """`strongly_connected_components`."""
        ids = self.arrays.ids
        found = nx.strongly_connected_components(self._given)
        return sorted(sorted(ids[n] for n in one) for one in found if len(one) > 1)

    def _steps(self, number: int) -> Iterator[tuple[int, int]]:
        return ((other, told["weight"]) for other, told in self._arcs.adj[number].items())


def _arcs(starts: np.ndarray, to: np.ndarray, weight: np.ndarray) -> Iterator[tuple[int, int, int]]:
    source = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return zip(source.tolist(), to.tolist(), weight.tolist(), strict=True)


def counted(keys: np.ndarray, active: np.ndarray) -> Degrees:
    """Relations by type and direction, from the keys of one subject's."""
    found: Degrees = {}
    for key in np.unique(keys).tolist():
        some = keys == key
        found[TYPES[key // 2], bool(key % 2)] = (int(some.sum()), int(active[some].sum()))
    return found

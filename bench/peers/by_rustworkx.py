"""rustworkx: the graph in Rust, its adjacency asked from Python; no search of its own is bounded in hops."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

import numpy as np

from bench.peers import search
from bench.peers.arrays import ROUNDS
from bench.peers.protocol import Exposures, Peer, Whole


class Rustworkx(Peer):
    """`arcs` are the weighed pairs; `near` the plain ones, without ways out of who is not walked through: those start
    from a copy of themselves.
    """

    name = "rustworkx"
    given = "weighed pairs, stops"
    kin = "python"
    scales = ("XS", "S", "M")

    @classmethod
    def missing(cls) -> str:
        """Whether it is installed."""
        return "" if find_spec("rustworkx") else "not installed (extra `bench`)"

    def load(self) -> None:
        """Two directed graphs."""
        import rustworkx as rx  # noqa: PLC0415  # an extra

        arrays, self._rx = self.arrays, rx
        count = len(arrays.ids)
        self._arcs = _graph(rx, count, pairs(arrays.arc_starts, arrays.arc_to), arrays.arc_weight)
        near, self._start = opened(arrays.near_starts, arrays.near_to, arrays.near_stop)
        self._near = _graph(rx, int(near.max(initial=0)) + 1 if count else 0, near, None)
        self._given = rx.PyDiGraph()
        given = zip(arrays.given_first.tolist(), arrays.given_second.tolist(), strict=True)
        self._given.extend_from_edge_list(list(given))
        self._search = search.Search(arrays, self._steps, heaviest_first=False)

    def exposure(self, subject: str) -> Exposures:
        """A search in Python over `out_edges`."""
        return self._search.exposure(subject)

    def whole(self) -> Whole:
        """Rounds in Python over `in_edges`."""
        return search.whole(self.arrays, lambda n: ((a, w) for a, _, w in self._arcs.in_edges(n)))

    def around(self, subject: str) -> list[list[str]]:
        """Breadth first in Python over `successor_indices`."""
        start = self._start
        return search.around(self.arrays, lambda n: self._near.successor_indices(start.get(n, n)), subject)

    def path(self, a: str, b: str) -> tuple[str, ...]:
        """`dijkstra_shortest_paths` with a target, every step of one length."""
        arrays = self.arrays
        if a == b:
            return (a,)
        start, end = self._start.get(arrays.numbers[a], arrays.numbers[a]), arrays.numbers[b]
        found = self._rx.dijkstra_shortest_paths(self._near, start, target=end, default_weight=1.0)
        if end not in found:
            return ()
        way = list(found[end])
        return (a, *(arrays.ids[n] for n in way[1:])) if len(way) <= ROUNDS + 1 else ()

    def circles(self) -> list[list[str]]:
        """`strongly_connected_components`."""
        ids = self.arrays.ids
        found = self._rx.strongly_connected_components(self._given)
        return sorted(sorted(ids[n] for n in one) for one in found if len(one) > 1)

    def _steps(self, number: int) -> list[tuple[int, int]]:
        return [(other, weight) for _, other, weight in self._arcs.out_edges(number)]


def pairs(starts: np.ndarray, to: np.ndarray) -> np.ndarray:
    """(from, to) of arcs kept by their source."""
    source = np.repeat(np.arange(len(starts) - 1), np.diff(starts))
    return np.column_stack([source, to.astype(np.int64)])


def opened(starts: np.ndarray, to: np.ndarray, stop: np.ndarray) -> tuple[np.ndarray, dict[int, int]]:
    """Pairs that may be walked, and the number of the copy a walk starts from where nothing else may pass."""
    all_pairs = pairs(starts, to)
    closed = stop[all_pairs[:, 0]]
    stops = np.flatnonzero(stop)
    copies = dict(zip(stops.tolist(), range(len(stop), len(stop) + len(stops)), strict=True))
    moved = all_pairs.copy()
    moved[closed, 0] = len(stop) + np.searchsorted(stops, all_pairs[closed, 0])
    return moved, copies


def _graph(rx: Any, count: int, ends: np.ndarray, weight: np.ndarray | None) -> Any:
    graph = rx.PyDiGraph(multigraph=True, node_count_hint=count, edge_count_hint=len(ends))
    graph.add_nodes_from(range(count))
    if weight is None:
        graph.add_edges_from_no_data([(a, b) for a, b in ends.tolist()])
    else:
        graph.add_edges_from([(a, b, w) for (a, b), w in zip(ends.tolist(), weight.tolist(), strict=True)])
    return graph

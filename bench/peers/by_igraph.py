"""igraph: the graph in C, incidence asked from Python. GPL: a peer to measure against, never part of the product."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np

from bench.peers import search
from bench.peers.arrays import ROUNDS
from bench.peers.by_rustworkx import opened, pairs
from bench.peers.protocol import Exposures, Peer, Whole


class IGraph(Peer):
    """`arcs` are the weighed pairs; `near` as in rustworkx."""

    name = "igraph"
    given = "weighed pairs, stops"
    kin = "python"
    scales = ("XS", "S", "M")

    @classmethod
    def missing(cls) -> str:
        """Whether it is installed."""
        return "" if find_spec("igraph") else "not installed (extra `bench`)"

    def load(self) -> None:
        """Two directed graphs; the ends and weights of edges in lists beside them."""
        import igraph  # noqa: PLC0415  # an extra

        arrays, count = self.arrays, len(self.arrays.ids)
        arcs = pairs(arrays.arc_starts, arrays.arc_to)
        self._arcs = igraph.Graph(count, np.ascontiguousarray(arcs), directed=True)
        self._from, self._to = arcs[:, 0].tolist(), arcs[:, 1].tolist()
        self._weight = arrays.arc_weight.tolist()
        near, self._start = opened(arrays.near_starts, arrays.near_to, arrays.near_stop)
        self._near = igraph.Graph(count + len(self._start), np.ascontiguousarray(near), directed=True)
        given = np.column_stack([arrays.given_first, arrays.given_second])
        self._given = igraph.Graph(count, np.ascontiguousarray(given), directed=True)
        self._search = search.Search(arrays, self._steps, heaviest_first=False)

    def exposure(self, subject: str) -> Exposures:
        """A search in Python over `incident`."""
        return self._search.exposure(subject)

    def whole(self) -> Whole:
        """Rounds in Python over `incident` inwards."""
        came, weight = self._from, self._weight
        return search.whole(self.arrays, lambda n: ((came[e], weight[e]) for e in self._arcs.incident(n, mode="in")))

    def around(self, subject: str) -> list[list[str]]:
        """`neighborhood`, once a hop."""
        arrays = self.arrays
        asked = arrays.numbers[subject]
        start = self._start.get(asked, asked)
        seen, layers = {asked, start}, []
        for hop in (1, 2, 3):
            reached = set(self._near.neighborhood(start, order=hop, mode="out")) - seen
            seen |= reached
            layers.append([arrays.ids[n] for n in sorted(reached)])
        return layers

    def path(self, a: str, b: str) -> tuple[str, ...]:
        """`get_shortest_path`."""
        arrays = self.arrays
        if a == b:
            return (a,)
        start, end = self._start.get(arrays.numbers[a], arrays.numbers[a]), arrays.numbers[b]
        way = self._near.get_shortest_path(start, end, mode="out")
        return (a, *(arrays.ids[n] for n in way[1:])) if 0 < len(way) <= ROUNDS + 1 else ()

    def circles(self) -> list[list[str]]:
        """`connected_components`, strong."""
        ids = self.arrays.ids
        found = self._given.connected_components(mode="strong")
        return sorted(sorted(ids[n] for n in one) for one in found if len(one) > 1)

    def _steps(self, number: int) -> list[tuple[int, int]]:
        to, weight = self._to, self._weight
        return [(to[e], weight[e]) for e in self._arcs.incident(number, mode="out")]

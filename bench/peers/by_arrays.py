"""NumPy and SciPy on the arrays themselves: whole-graph work without a library of graphs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import splu

from bench.peers.arrays import HOPS, ROUNDS
from bench.peers.protocol import Degrees, Peer, Shares, Whole

LEAST = 1e-10  # of a share: what remains of a circle below it is dropped
TOLD = 1e-9
TOLD_FROM = 1e-3  # of what a group owns


class Plain(Peer):
    """The weighed pairs as columns, stakes and guarantees as sparse matrices."""

    name = "NumPy/SciPy"
    given = "weighed pairs, stops"

    def load(self) -> None:
        """Columns in memory."""
        arrays = self.arrays
        self._source = np.repeat(np.arange(len(arrays.ids), dtype=np.uint32), np.diff(arrays.arc_starts))
        self._to, self._weight = np.array(arrays.arc_to), np.array(arrays.arc_weight).astype(np.int64)
        self._stop = np.array(arrays.stop)
        count = len(arrays.ids)
        share = np.array(arrays.held_share)
        over = np.maximum(np.bincount(arrays.held_second, weights=share, minlength=count), 1.0)
        share /= over[arrays.held_second]
        self._held = sparse.csr_array((share, (arrays.held_first, arrays.held_second)), shape=(count, count))
        one = np.ones(len(arrays.given_first), dtype=np.int8)
        self._given = sparse.csr_array((one, (arrays.given_first, arrays.given_second)), shape=(count, count))

    def degrees(self, subject: str) -> Degrees:
        """A slice of the relations, counted."""
        from bench.peers.by_networkx import counted  # noqa: PLC0415  # networkx stays out of this process's memory

        number = self.arrays.numbers[subject]
        some = slice(int(self.arrays.links_starts[number]), int(self.arrays.links_starts[number + 1]))
        return counted(np.asarray(self.arrays.links_key[some]), np.asarray(self.arrays.links_active[some]))

    def whole(self) -> Whole:
        """`maximum.at` over all pairs, a round each."""
        arrays, count = self.arrays, len(self.arrays.ids)
        least = arrays.floor * arrays.one ** (ROUNDS - HOPS)
        best = np.zeros(count, dtype=np.int64)
        np.maximum.at(best, arrays.listed_at, arrays.listed_weight * arrays.one**ROUNDS)
        hops = np.zeros(count, dtype=np.uint8)
        front = best.copy()
        for hop in range(1, ROUNDS + 1):
            if hop > 1:
                front[self._stop] = 0
            reached = front[self._to] * self._weight // arrays.one
            found = np.zeros(count, dtype=np.int64)
            np.maximum.at(found, self._source, reached)
            better = (found > best) & (found >= least)
            front = np.where(better, found, 0)
            best[better], hops[better] = found[better], hop
        return Whole(np.round(best / (arrays.severity_one * arrays.one**ROUNDS), 9), hops)

    def shares(self) -> Shares:
        """The series I + A + A² + … of the stakes, cut below 10⁻¹⁰, and each row over its own."""
        held = self._held
        ways = step = sparse.eye_array(held.shape[0], format="csr")
        while step.nnz:
            step = step @ held
            step.data[step.data < LEAST] = 0.0
            step.eliminate_zeros()
            ways = ways + step
        own = ways.diagonal()
        found = sparse.coo_array(sparse.diags_array(1.0 / own) @ ways)
        return told(found.row, found.col, found.data)

    def owned(self, subjects: Sequence[str]) -> dict[str, float]:
        """Those below the group by reachability, then one sparse system."""
        arrays, count = self.arrays, self._held.shape[0]
        inside = np.zeros(count, dtype=bool)
        inside[[arrays.numbers[id] for id in subjects]] = True
        below = inside.copy()
        reached = inside
        while reached.any():
            reached = (reached.astype(np.int8) @ self._held > 0) & ~below
            below |= reached
        mine = np.flatnonzero(below & ~inside)
        steps = self._held.T.tocsr()[mine]
        walk = sparse.csc_array(sparse.eye_array(len(mine)) - steps[:, mine])
        share = splu(walk).solve(steps @ inside.astype(np.float64))
        some = np.flatnonzero(share > TOLD_FROM)
        return {arrays.ids[mine[n]]: float(round(min(share[n], 1.0), 9)) for n in some.tolist()}

    def circles(self) -> list[list[str]]:
        """`connected_components`, strong."""
        return named_circles(csgraph.connected_components(self._given, connection="strong")[1], self.arrays.ids)


def named_circles(label: np.ndarray, ids: tuple[str, ...]) -> list[list[str]]:
    """Components of at least two members by the label of each subject."""
    several = np.flatnonzero(np.bincount(label)[label] > 1)
    found: dict[int, list[str]] = {}
    for number, one in zip(several.tolist(), label[several].tolist(), strict=True):
        found.setdefault(one, []).append(ids[number])
    return sorted(found.values())


def told(first: np.ndarray, second: np.ndarray, share: np.ndarray) -> Shares:
    """Those above nothing, of somebody else, in order."""
    some = np.flatnonzero((first != second) & (share > TOLD))
    some = some[np.lexsort((second[some], first[some]))]
    return Shares(first[some].astype(np.int64), second[some].astype(np.int64), np.minimum(share[some], 1.0))

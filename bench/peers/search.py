"""The search a user of a graph library writes in Python around its adjacency, exact under a bound of hops.

The best label is kept for each subject and hop: a single best-first search is not exact, since a heavier but longer way
may hide the lighter, shorter one that can still go on. Ties go to the way with the smaller ids, which numbers follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from bench.peers.arrays import HOPS, ROUNDS, Arrays
from bench.peers.protocol import Exposures, Whole

# Of a subject: those it may be exposed through, heaviest first, with the weight.
Steps = Callable[[int], Iterable[tuple[int, int]]]
Label = tuple[int, tuple[int, ...]]


class Search:
    """Exposure of one subject after another over somebody's adjacency."""

    def __init__(self, arrays: Arrays, steps: Steps, *, heaviest_first: bool) -> None:
        self._arrays, self._steps, self._sorted = arrays, steps, heaviest_first
        self._stop = np.asarray(arrays.stop).tolist()
        self._entries = arrays.entries
        self._least = -(-arrays.floor // arrays.severity_one)  # of a product
        self.touched = 0  # labels made by the last question

    def exposure(self, subject: str) -> Exposures:
        """The contract's exposures: score, hops, path of each listing that comes near."""
        arrays, asked = self._arrays, self._arrays.numbers[subject]
        front: dict[int, Label] = {asked: (arrays.unit, (asked,))}
        best = {asked: arrays.unit}
        found: dict[int, tuple[int, int, tuple[int, ...]]] = {}
        self.touched = 0
        for hop in range(1, HOPS + 1):
            front = self._step(front, best, last=hop == HOPS, ends=hop == 1)
            self.touched += len(front)
            for number, (product, path) in front.items():
                best[number] = max(product, best.get(number, 0))
                for place, severity in self._entries.get(number, ()):
                    rank = (-severity * product, hop, path)
                    if -rank[0] >= arrays.floor and (place not in found or rank < found[place]):
                        found[place] = rank
        ids = arrays.ids
        return {
            arrays.listings[place]: (arrays.score(-score), hops, tuple(ids[n] for n in path))
            for place, (score, hops, path) in found.items()
        }

    def _step(self, front: dict[int, Label], best: dict[int, int], *, last: bool, ends: bool) -> dict[int, Label]:
        found: dict[int, Label] = {}
        one, least, entries = self._arrays.one, self._least, self._entries
        for number, (product, path) in front.items():
            if self._stop[number] and not ends:
                continue
            for other, weight in self._steps(number):
                reached = product * weight // one
                if reached < least:
                    if self._sorted:
                        break
                    continue
                if reached <= best.get(other, 0) or (last and other not in entries):
                    continue
                known = found.get(other)
                if known is None or reached > known[0] or (reached == known[0] and path < known[1][:-1]):
                    found[other] = (reached, (*path, other))
        return found


def whole(arrays: Arrays, back: Steps) -> Whole:
    """Everybody's best score within ROUNDS relations, from the listed outwards. `back`: who is exposed through a
    subject, with the weight.
    """
    scale = arrays.one**ROUNDS
    least = arrays.floor * arrays.one ** (ROUNDS - HOPS)
    best = {n: max(severity for _, severity in entries) * scale for n, entries in arrays.entries.items()}
    hops = dict.fromkeys(best, 0)
    front, stop = dict(best), np.asarray(arrays.stop).tolist()
    for hop in range(1, ROUNDS + 1):
        found: dict[int, int] = {}
        for number, score in front.items():
            if stop[number] and hop > 1:
                continue
            for other, weight in back(number):
                reached = score * weight // arrays.one
                if reached >= least and reached > best.get(other, 0) and reached > found.get(other, 0):
                    found[other] = reached
        best |= found
        hops |= dict.fromkeys(found, hop)
        front = found
    scores, steps = np.zeros(len(arrays.ids)), np.zeros(len(arrays.ids), dtype=np.uint8)
    for number, score in best.items():
        scores[number], steps[number] = arrays.score(score, ROUNDS), hops[number]
    return Whole(scores, steps)


def around(arrays: Arrays, near: Callable[[int], Iterable[int]], subject: str) -> list[list[str]]:
    """Who is one, two, … HOPS relations away, by hop."""
    asked = arrays.numbers[subject]
    seen, front, layers = {asked}, [asked], []
    stop = arrays.near_stop
    for _ in range(HOPS):
        reached = {other for n in front if n == asked or not stop[n] for other in near(n)} - seen
        seen |= reached
        front = sorted(reached)
        layers.append([arrays.ids[n] for n in front])
    return layers

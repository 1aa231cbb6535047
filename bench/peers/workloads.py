"""What is asked: the workloads with their questions, random ones, those beside hubs, and the hubs themselves."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench.limits import Limits
from bench.peers import search
from bench.peers.arrays import ROUNDS, Arrays

SEED = 11
ARC_BYTES = 6  # the other end and the weight, as compactly as anybody keeps them
COUNTED = 40  # questions whose arcs are counted for the limit
# Scale -> random subjects, beside hubs, hubs, subjects of a batch.
SIZES = {"XS": (40, 20, 2, 12), "S": (400, 50, 5, 400), "M": (1_000, 50, 5, 1_000), "L": (1_000, 50, 5, 2_000)}


@dataclass(frozen=True, slots=True)
class Workload:
    """One row of the suite. `work`: the peer's method; `each`: what one question holds, for a pace. `reads`: what any
    exact answer has to look at, numbers at random places and bytes in order, a question; 0 where it is not counted.
    """

    id: str
    name: str
    group: str
    work: str
    questions: tuple[tuple[Any, ...], ...]
    each: int = 1
    reads: float = 0.0
    streams: float = 0.0

    def limits(self, limits: Limits) -> tuple[float, float]:
        """Milliseconds a question takes at least, reading in order; and with every read at a random place."""
        return limits.streamed(self.streams), limits.gathered(self.reads)


def workloads(arrays: Arrays, scale: str) -> list[Workload]:
    """All of them for a graph."""
    chosen = _chosen(arrays, scale)
    batch = SIZES[scale][3]
    found = []
    for group, numbers in chosen.items():
        asked = tuple((arrays.ids[n],) for n in numbers)
        arcs = _arcs(arrays, [one for (one,) in asked[:COUNTED]])
        near = _near(arrays, [one for (one,) in asked[:COUNTED]])
        told = float(np.mean([arrays.links_starts[n + 1] - arrays.links_starts[n] for n in numbers]))
        found += [
            Workload("B2", "one subject, its relations counted", group, "degrees", asked, streams=2 * told),
            Workload("B3", "who is within 3 relations", group, "around", asked, reads=near, streams=4 * near),
            Workload(
                "B4", "exposure of one subject, 3 hops, with evidence", group, "exposure", asked,
                reads=arcs, streams=ARC_BYTES * arcs,
            ),
        ]  # fmt: skip
    some = tuple(arrays.ids[n] for n in _random(arrays, batch, SEED + 1))
    arcs = _arcs(arrays, some[:COUNTED]) * len(some)
    every = len(arrays.arc_to) * ROUNDS
    listed = tuple(sorted({arrays.ids[n] for n in arrays.listed_at.tolist()}))
    pairs = tuple(_pairs(arrays, SIZES[scale][0] // 4))
    found += [
        Workload(
            "B4b", f"exposure of {len(some)} subjects at once", "batch", "exposures", ((some,),), each=len(some),
            reads=arcs, streams=ARC_BYTES * arcs,
        ),
        Workload(
            "B5", f"everybody's exposure, {ROUNDS} rounds", "whole graph", "whole", ((),), reads=every,
            streams=ARC_BYTES * every,
        ),
        Workload("B6", "integrated ownership", "whole graph", "shares", ((),), streams=16 * len(arrays.held_share)),
        Workload("B6b", f"what {len(listed)} listed own together", "whole graph", "owned", ((listed,),)),
        Workload("B7", "shortest path, 4 relations at most", "pairs", "path", pairs),
        Workload("B9", f"{len(some)} applicants screened", "batch", "screened", ((some,),), each=len(some)),
        Workload("B8", "circles of guarantees", "whole graph", "circles", ((),), streams=8 * len(arrays.given_first)),
    ]  # fmt: skip
    return sorted(found, key=lambda one: one.id)


def _chosen(arrays: Arrays, scale: str) -> dict[str, list[int]]:
    """Numbers of subjects by group. Beside hubs: whoever is next to the largest."""
    some, beside, hubs, _ = SIZES[scale]
    degree = np.diff(arrays.arc_starts)
    largest = np.argsort(-degree, kind="stable")[:hubs].tolist()
    near = [arrays.arc_to[arrays.arc_starts[n] : arrays.arc_starts[n + 1]] for n in largest]
    rim = np.setdiff1d(np.concatenate(near), largest)
    chance = random.Random(SEED)
    return {
        "random": _random(arrays, some, SEED),
        "beside hubs": chance.sample(rim.tolist(), min(beside, len(rim))),
        "hubs": largest,
    }


def _random(arrays: Arrays, count: int, seed: int) -> list[int]:
    return random.Random(seed).sample(range(len(arrays.ids)), min(count, len(arrays.ids)))


def _pairs(arrays: Arrays, count: int) -> Iterator[tuple[str, str]]:
    """Half of them some steps apart over subjects that may be walked through, half any two."""
    chance = random.Random(SEED)
    starts, to, stop = arrays.near_starts, arrays.near_to, arrays.near_stop
    for turn, a in enumerate(_random(arrays, 2 * count, SEED + 2)):
        b = chance.randrange(len(arrays.ids))
        if turn % 2:
            b = a
            for step in range(chance.randint(1, ROUNDS)):
                if (stop[b] and step) or starts[b] == starts[b + 1]:
                    break
                b = int(to[chance.randrange(int(starts[b]), int(starts[b + 1]))])
        yield arrays.ids[a], arrays.ids[b]


def _arcs(arrays: Arrays, subjects: Sequence[str]) -> float:
    """Weighed pairs a search has to look at, on average: rows in order, up to the first below the floor."""
    looked = 0

    def steps(number: int) -> Iterator[tuple[int, int]]:
        nonlocal looked
        some = slice(int(arrays.arc_starts[number]), int(arrays.arc_starts[number + 1]))
        for arc in zip(arrays.arc_to[some].tolist(), arrays.arc_weight[some].tolist(), strict=True):
            looked += 1
            yield arc

    one = search.Search(arrays, steps, heaviest_first=True)
    for subject in subjects:
        one.exposure(subject)
    return looked / max(1, len(subjects))


def _near(arrays: Arrays, subjects: Sequence[str]) -> float:
    """Neighbours a walk has to look at, on average."""
    looked = 0

    def near(number: int) -> list[int]:
        nonlocal looked
        found: list[int] = arrays.near_to[
            int(arrays.near_starts[number]) : int(arrays.near_starts[number + 1])
        ].tolist()
        looked += len(found)
        return found

    for subject in subjects:
        search.around(arrays, near, subject)
    return looked / max(1, len(subjects))

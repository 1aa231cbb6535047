"""What this machine can do at most: how fast memory is read and copied, and how long a read at a random place takes.

Measured in the run itself, beside the peers. A result better than a limit is a fault of the benchmark, and is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

import numba
import numpy as np

REPEATS = 5
LARGE, SMALL = 64_000_000, 4_000_000  # numbers of eight bytes: 512 MB, or 32 MB for a quick look


@dataclass(frozen=True, slots=True)
class Limits:
    """On one thread: GB/s read in order and copied (both ways counted); ns for a number at a random place, of a large
    array and of one with as many numbers as the graph has subjects.
    """

    read: float
    copy: float
    gather: float
    gather_here: float
    megabytes: int

    def to_json(self) -> dict[str, float]:
        """By field name."""
        return asdict(self)

    def streamed(self, count: float) -> float:
        """Milliseconds to read so many bytes in order."""
        return count / self.read / 1e6

    def gathered(self, reads: float) -> float:
        """Milliseconds for so many numbers at random places of an array the size of the graph."""
        return reads * self.gather_here / 1e6


def measure(subjects: int, *, quick: bool = False) -> Limits:
    """The best of some repeats, as a limit is."""
    large = np.ones(SMALL if quick else LARGE)
    other = np.empty_like(large)
    places = np.random.default_rng(3).integers(0, len(large), len(large) // 8).astype(np.uint32)
    here = np.ones(max(subjects, 1))
    within = np.random.default_rng(4).integers(0, len(here), len(places)).astype(np.uint32)
    read = _best(lambda: _sum(large))
    copied = _best(lambda: np.copyto(other, large))
    return Limits(
        read=round(large.nbytes / read / 1e9, 2),
        copy=round(2 * large.nbytes / copied / 1e9, 2),
        gather=round(_best(lambda: _gather(large, places)) / len(places) * 1e9, 2),
        gather_here=round(_best(lambda: _gather(here, within)) / len(within) * 1e9, 2),
        megabytes=large.nbytes // 1_000_000,
    )


def _best(work: Callable[[], Any]) -> float:
    work()  # compiled, and its pages touched
    found = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return min(found)


@numba.njit(cache=True, fastmath=True)
def _sum(values: Any) -> Any:
    total = 0.0
    for value in values:
        total += value
    return total


@numba.njit(cache=True, fastmath=True)
def _gather(values: Any, places: Any) -> Any:
    total = 0.0
    for place in places:
        total += values[place]
    return total

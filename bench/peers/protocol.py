"""What a peer is: something that is given a graph and answers the same questions as the others.

Questions and answers speak of ids. A peer that cannot answer a workload says why (`NotOfferedError`); the reason
stands in the table.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import ClassVar

import numpy as np

from bench.peers.arrays import Arrays

# By listing: score, hops, ids of the path from the asked subject to the listed one.
Exposures = dict[str, tuple[float, int, tuple[str, ...]]]
# By type and whether the relation is stored from the subject: all relations, and those in force.
Degrees = dict[tuple[str, bool], tuple[int, int]]


class NotOfferedError(Exception):
    """The peer does not answer such questions here; the text says why."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a peer works: the package, the arrays made of it, a folder of its own, and how many threads it may use.

    `store`: a directory or URL of a store that holds the graph already, "" to load one.
    """

    package: Path
    arrays: Path
    scratch: Path
    scale: str
    threads: int
    store: str = ""


@dataclass(frozen=True)
class Whole:
    """Of every subject: the best score of an entry within four relations, its own among them, in how many."""

    scores: np.ndarray
    hops: np.ndarray


@dataclass(frozen=True)
class Shares:
    """All integrated shares above nothing: holder, held (both by number) and share, by holder and held."""

    first: np.ndarray
    second: np.ndarray
    share: np.ndarray


class Peer(ABC):
    """One peer. `given`: what it was told in advance, for the table. `parallel`: whether it uses several threads.
    `scales`, `beyond`: where it runs, and why not on larger graphs. `reads_arrays`: whether it is made of the arrays;
    else it reads a store. `kin`: one name for peers that share the code of their answers.
    """

    name: ClassVar[str] = ""
    given: ClassVar[str] = ""
    parallel: ClassVar[bool] = False
    scales: ClassVar[tuple[str, ...]] = ("XS", "S", "M", "L")
    beyond: ClassVar[str] = "it would not fit into the memory of a small machine"

    reads_arrays: ClassVar[bool] = True
    kin: ClassVar[str] = ""

    def __init__(self, place: Place) -> None:
        self.place = place

    @cached_property
    def arrays(self) -> Arrays:
        """The arrays, opened when they are needed: a peer that reads them has them before it is timed."""
        return Arrays.open(self.place.arrays)

    @classmethod
    def missing(cls) -> str:
        """Why it cannot run on this machine; "" if it can."""
        return ""

    @abstractmethod
    def load(self) -> None:
        """Bring the graph into its own shape (B1)."""

    def close(self) -> None:  # noqa: B027  # most hold nothing but memory
        """Let go of everything."""

    def memory(self) -> int:
        """Bytes resident in other processes that work for it."""
        return 0

    def degrees(self, subject: str) -> Degrees:
        """Look a subject up and count its relations (B2)."""
        raise NotOfferedError("not offered")

    def around(self, subject: str) -> list[list[str]]:
        """Who is one, two, three relations away, not walked through stops; by hop, sorted (B3)."""
        raise NotOfferedError("not offered")

    def exposure(self, subject: str) -> Exposures:
        """The exposures of one subject within three relations, with evidence (B4)."""
        raise NotOfferedError("not offered")

    def exposures(self, subjects: Sequence[str]) -> list[Exposures]:
        """Those of many (B4 batch)."""
        return [self.exposure(subject) for subject in subjects]

    def whole(self) -> Whole:
        """The whole graph in four rounds (B5)."""
        raise NotOfferedError("no search bounded in hops over the whole graph")

    def shares(self) -> Shares:
        """Integrated ownership of the whole graph (B6)."""
        raise NotOfferedError("no sum over all ways, circles among them")

    def owned(self, subjects: Sequence[str]) -> dict[str, float]:
        """What these own together of everybody else, above a thousandth, to nine decimals (B6b)."""
        raise NotOfferedError("no sum over all ways, circles among them")

    def path(self, a: str, b: str) -> tuple[str, ...]:
        """A shortest way between two of at most four relations, () where there is none (B7)."""
        raise NotOfferedError("not offered")

    def circles(self) -> list[list[str]]:
        """Who guarantees one another in circles, each sorted, all sorted (B8)."""
        raise NotOfferedError("no strongly connected components")

    def screened(self, subjects: Sequence[str]) -> list[tuple[str, str, int]]:
        """The decision on each subject as an applicant, and how many findings, with the law pack (B9)."""
        raise NotOfferedError("screens nobody")

"""The product over a snapshot: the kernel's search alone, and the whole answer as a user gets it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
from scipy import sparse

from bench.generate import AS_OF
from bench.peers.arrays import HOPS, ROUNDS
from bench.peers.by_arrays import TOLD_FROM, told
from bench.peers.by_store import SECONDS, Arcade
from bench.peers.protocol import Degrees, Exposures, NotOfferedError, Shares, Whole
from graph.errors import NotFoundError
from graph.kernel_ownership import owned
from graph.kernel_whole import nearest
from graph.snapshot import Snapshot
from queries.alerts import Found
from queries.engine import Engine, snapshot_path, use
from queries.kernel_search import towards
from queries.kernel_view import seen
from queries.ownership import integrated
from queries.ownership.arrays import DayStakes
from queries.question import Question
from queries.snapshots import make


class Answered(Arcade):
    """The product's answers with names, dated relations and records, from the snapshot."""

    name = "Xinmai, kernel, whole answer"
    kin = "kernel"
    engine: ClassVar[Engine] = Engine.KERNEL
    scales: ClassVar[tuple[str, ...]] = ("XS", "S", "M", "L")

    def load(self) -> None:
        """The snapshot of a store that holds the graph, made where there is none."""
        self.store = self._open()
        make(self.store, snapshot_path(self.store))
        use(self.store, self.engine)

    def degrees(self, subject: str) -> Degrees:
        """Counted by the store whatever the engine."""
        raise NotOfferedError("as on ArcadeDB")


class Kernel(Answered):
    """The kernel alone: scores, hops and paths of ids."""

    name = "Xinmai, kernel"
    parallel = True

    def load(self) -> None:
        """The snapshot alone is kept; its store is closed."""
        super().load()
        held = self.store.snapshot
        if held is None:
            raise AssertionError("engine kernel, and no snapshot")
        self._snapshot: Snapshot = held
        self._question = Question.of({"as_of": AS_OF, "hops": HOPS, "seconds": SECONDS})
        self._rounds = Question.of({"as_of": AS_OF, "hops": ROUNDS, "seconds": SECONDS})

    def exposure(self, subject: str) -> Exposures:
        """One search."""
        return self.exposures([subject])[0]

    def exposures(self, subjects: Sequence[str]) -> list[Exposures]:
        """Many, on as many threads as there are."""
        found = towards(self._snapshot, list(subjects), self._question)
        if len(found) < len(subjects):
            for subject in subjects:
                if self._snapshot.subjects.index(subject) < 0:
                    raise NotFoundError(subject)
            raise NotOfferedError("the policy is too fine for the kernel to be sure")
        return [_told(one) for one in found]

    def whole(self) -> Whole:
        """Pulled in rounds; the view is made at the first time."""
        look = seen(self._snapshot, self._rounds)
        view = look.view
        found = nearest(view, ROUNDS)
        own = np.zeros(len(view.stop), dtype=np.int64)
        listed = np.flatnonzero(np.diff(view.entry_starts))
        own[listed] = view.severity[view.entry_starts[listed]] * view.scale**ROUNDS
        score = np.where(found.score > 0, found.score, own)
        return Whole(np.round(score / view.unit(ROUNDS), 9), found.hops)

    def around(self, subject: str) -> list[list[str]]:
        """Asked of the whole answer."""
        raise NotOfferedError("as the whole answer")

    def path(self, a: str, b: str) -> tuple[str, ...]:
        """Asked of the whole answer."""
        raise NotOfferedError("as the whole answer")

    def shares(self) -> Shares:
        """All shares at once, of the stakes of the day."""
        stakes = DayStakes.of(self._snapshot, AS_OF)
        held = stakes.stakes(stakes.low).scaled
        shape = (held.count, held.count)
        matrix = sparse.csr_array((held.share, (held.holder, held.held)), shape=shape)
        owned = integrated.Shares(("",) * held.count, {}, matrix, {}).everything().tocoo()
        return told(owned.row, owned.col, owned.data)

    def owned(self, subjects: Sequence[str]) -> dict[str, float]:
        """What a group owns, by the kernel."""
        stakes = DayStakes.of(self._snapshot, AS_OF)
        group = self._snapshot.subjects.indexes(subjects)
        share = owned(stakes.stakes(stakes.low), group).share
        share[group] = 0.0
        some = np.flatnonzero(share > TOLD_FROM)
        return {self._snapshot.subjects.id(n): float(round(share[n], 9)) for n in some.tolist()}

    def circles(self) -> list[list[str]]:
        """Asked of the whole answer."""
        raise NotOfferedError("as the whole answer")

    def screened(self, subjects: Sequence[str]) -> list[tuple[str, str, int]]:
        """Asked of the whole answer."""
        raise NotOfferedError("as the whole answer")


def _told(found: Found) -> Exposures:
    return {way.listing: (float(round(way.score, 9)), way.label.hops, way.label.ids) for way in found.ways}

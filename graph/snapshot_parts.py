"""A store read in parts: the rows of all subjects, so many subjects at a time, the next parts read ahead.

A row by itself costs the driver ten times what it costs within a list, so a statement takes the subjects between two
ids and answers with one list. Where to cut is taken from the ids there are. Only ASCII is cut at: whatever way a store
compares texts, by bytes or by characters, it agrees with the others where one of the two is ASCII.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice, pairwise
from typing import Any, Protocol

from graph.cypher import text
from graph.store import Store, Tx

SECONDS = 3600.0
SUBJECTS = 1_000  # a part, about; a list of the relations of so many is some MB
AHEAD = 2  # parts asked for at once
CHUNK = 20_000  # rows of what is not read in parts
Rows = Sequence[Sequence[Any]]


class Source(Protocol):
    """What a snapshot is read from."""

    @property
    def subjects(self) -> int:
        """How many subjects there are."""

    def rows(self, past: str, between: str) -> Iterator[Rows]:
        """The rows of a statement of `snapshot_build`, told by its two forms."""

    def whole(self, statement: str) -> Iterator[Rows]:
        """The rows of a statement of `snapshot_build` that has one form."""


class Parts:
    """The parts of one store's subjects, cut once. Rows that come in parts are the same whatever the cuts."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.subjects = int(store.read(text("graph", "snapshot_count"), timeout=SECONDS)[0]["count"])
        self.bounds = self._cuts() if self.subjects > SUBJECTS else [""]

    def rows(self, past: str, between: str) -> Iterator[Rows]:
        """The rows of a statement, part by part. `between`: of the subjects between two ids, in one list; `past`: of
        those past an id, row by row.
        """
        with ThreadPoolExecutor(AHEAD, thread_name_prefix="snapshot") as pool:
            asked: deque[Future[Rows]] = deque()
            for after, upto in pairwise(self.bounds):
                asked.append(pool.submit(self._between, between, after, upto))
                if len(asked) > AHEAD:
                    yield asked.popleft().result()
            while asked:
                yield asked.popleft().result()
        yield from self.whole(past, after=self.bounds[-1])

    def whole(self, statement: str, **params: str) -> Iterator[Rows]:
        """The rows of a statement, one by one: as many as there are. What is past the last cut is few, unless no id
        begins in ASCII.
        """
        taken: list[Rows] = []

        def ask(tx: Tx) -> None:
            taken.clear()  # of a try that broke off
            rows = tx.values(statement, **params)
            while block := list(islice(rows, CHUNK)):
                taken.append(block)

        self._store.transact(ask, timeout=SECONDS, readonly=True)
        yield from taken

    def _cuts(self) -> list[str]:
        """Ids to cut at, from "" on. An id is cut off before what is not ASCII in it: any text will do."""
        found = self._store.read(text("graph", "snapshot_bounds"), timeout=SECONDS, share=1 / SUBJECTS)
        plain = {_ascii(row["id"]) for row in found}
        return ["", *sorted(plain - {""})]

    def _between(self, statement: str, after: str, upto: str) -> Rows:
        def ask(tx: Tx) -> Rows:
            rows: Rows = next(tx.values(statement, after=after, upto=upto), [()])[0]
            return rows

        return self._store.transact(ask, timeout=SECONDS, readonly=True)


def _ascii(id: str) -> str:
    """The part of an id before its first character that is not ASCII."""
    return next((id[:at] for at, sign in enumerate(id) if not sign.isascii()), id)

"""How every group is read from the store: as of one day, within one time, over one fan-out cap."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from graph.cypher import text
from graph.errors import QueryTimeoutError
from graph.store import Store
from queries.engine import snapshot_for
from queries.hops import OutOfTimeError
from queries.model import Edge, Json, Path, Subject
from queries.policy import shipped
from queries.question import SECONDS, day

if TYPE_CHECKING:
    from graph.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Reading:
    """One question's view of the store: the day, until when (time.monotonic), the fan-out cap of the policy, and the
    snapshot where there is a current one.
    """

    store: Store
    as_of: str
    deadline: float
    cap: int
    snapshot: Snapshot | None

    @classmethod
    def of(cls, store: Store, as_of: str, seconds: float = SECONDS) -> Reading:
        """From now on. Raises InputError for a day that does not exist."""
        return cls(store, day(as_of), time.monotonic() + seconds, shipped().fanout_cap, snapshot_for(store))

    def rows(self, name: str, *, types: Mapping[str, Iterable[str]] | None = None, **params: Any) -> list[Json]:
        """The rows of a statement of this package, its blanks filled with relation types. Raises OutOfTimeError."""
        return self.run(text("queries.groups", name, **(types or {})), as_of=self.as_of, **params)

    def run(self, statement: str, **params: Any) -> list[Json]:
        """The rows of any statement. Raises OutOfTimeError."""
        self.check()
        try:
            return self.store.read(statement, timeout=ceil(self.deadline - time.monotonic()), **params)
        except QueryTimeoutError as error:
            raise OutOfTimeError from error

    def check(self) -> None:
        """Raise OutOfTimeError when the time is over."""
        if time.monotonic() >= self.deadline:
            raise OutOfTimeError


@dataclass(frozen=True, slots=True)
class Member:
    """One who belongs to a group, and the relations that say so, from the asked subject to him."""

    subject: Subject
    path: Path

    def to_json(self) -> Json:
        """A member with his evidence."""
        return {"subject": self.subject.to_json(), "hops": len(self.path.edges), "path": self.path.to_json()}


def way_back(end: str, came: Mapping[str, tuple[str, Edge]]) -> tuple[tuple[str, ...], tuple[Edge, ...]]:
    """The ids and edges from where a search began to `end`; `came`: from whom each was reached, and over what."""
    nodes: list[str] = [end]
    edges: list[Edge] = []
    while nodes[-1] in came:
        before, edge = came[nodes[-1]]
        nodes.append(before)
        edges.append(edge)
    return tuple(reversed(nodes)), tuple(reversed(edges))

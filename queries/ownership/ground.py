"""What is worked out of holdings once, however many subjects are asked about: matrices, circles, who may control.

ground = Ground.lasting(reading.read_whole(store, "2026-06-01"))
ownership(store, "A", as_of="2026-06-01", ground=ground)
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from graph.errors import NotFoundError
from queries.ownership.circles import circles_of
from queries.ownership.control import may_begin
from queries.ownership.holdings import Holdings
from queries.ownership.integrated import Owned, Shares
from queries.ownership.printed import Printed
from queries.ownership.stakes import Share, Stake

ANSWER = 200_000  # objects of a large answer; none of them refer to each other in a circle


@dataclass(frozen=True)
class Ground:
    """Holdings, and what follows from them for whomever is asked about."""

    known: Holdings
    printed: Printed = field(default_factory=Printed)
    _beginners: dict[float, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def lasting(cls, known: Holdings) -> Ground:
        """A ground kept for many questions. Python's collector leaves out whatever exists by now: it would go through
        all of it, for as long as the answer takes, at every large one; and it runs once in an answer of thousands of
        rows, not hundreds of times.
        """
        gc.collect()
        gc.freeze()
        gc.set_threshold(ANSWER)
        return cls(known)

    def person(self, subject: str) -> bool:
        """Whether somebody is a natural person; NotFoundError for an id that is no subject's."""
        if subject not in self.known.nodes:
            raise NotFoundError(subject)
        return self.known.nodes[subject].person

    @cached_property
    def opened(self) -> Ground:
        """The same with nobody above those who hold for others or for the state: as far as an owner may be traced."""
        known = self.known.opened()
        return self if known is self.known else Ground(known, self.printed)

    @cached_property
    def to_the_state(self) -> Ground:
        """The same as `opened`, but with the state above those who hold for it."""
        if not any(node.state_investor for node in self.known.nodes.values()):
            return self.opened
        known = self.known.to_the_state()
        return self if known is self.known else Ground(known, self.printed)

    @cached_property
    def stakes(self) -> list[Stake]:
        """All stakes."""
        return [one for held in self.known.into.values() for one in held.values()]

    @cached_property
    def capital(self) -> Owned:
        """The matrix of capital."""
        return Shares.of_capital(self.known)

    @cached_property
    def votes(self) -> Owned | None:
        """The matrix of votes; None where they are those of the capital."""
        return self._apart(lambda one: one.votes)

    @cached_property
    def income(self) -> Owned | None:
        """The matrix of income rights; None where they are those of the capital."""
        return self._apart(lambda one: one.income)

    def vague_of(self, held: Collection[str]) -> Iterator[Stake]:
        """Stakes in these whose share is unknown or an interval."""
        return (one for one in self._vague if one.held in held)

    def vague_by(self, holders: Collection[str]) -> Iterator[Stake]:
        """Stakes these hold whose share is unknown or an interval."""
        return (one for one in self._vague if one.holder in holders)

    def disputed_of(self, held: Collection[str]) -> Iterator[Stake]:
        """Stakes in these that sources tell differently."""
        return (one for one in self._disputed if one.held in held)

    @cached_property
    def sums(self) -> Mapping[str, float]:
        """By held subject, what its stakes add up to where that is more than the whole."""
        return self.capital.scaled

    @cached_property
    def circles(self) -> list[list[str]]:
        """Who holds himself, directly or through others."""
        return circles_of(self.known)

    def beginners(self, threshold: float) -> Collection[str]:
        """Who may control anything at all."""
        if threshold not in self._beginners:
            self._beginners[threshold] = may_begin(self.known, threshold)
        return self._beginners[threshold]

    @cached_property
    def _vague(self) -> list[Stake]:
        return [one for one in self.stakes if not one.capital.exact]

    @cached_property
    def _disputed(self) -> list[Stake]:
        return [one for one in self.stakes if one.differs]

    def _apart(self, of: Callable[[Stake], Share]) -> Shares | None:
        if all(of(one) == one.capital for one in self.stakes):
            return None
        return Shares.build((s.holder, s.held, of(s).low) for s in self.stakes)

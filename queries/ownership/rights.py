"""Votes and income rights in the end, where they are known apart from capital."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from queries.ownership.answer import Holding
from queries.ownership.holdings import Holdings
from queries.ownership.integrated import Shares


@dataclass(frozen=True, slots=True)
class Rights:
    """The matrices of votes and of income rights; None where none differs from the capital."""

    votes: Shares | None
    income: Shares | None

    @classmethod
    def of(cls, known: Holdings) -> Rights:
        """As far as the holdings say them."""
        stakes = [one for held in known.into.values() for one in held.values()]
        votes = any(one.votes != one.capital for one in stakes)
        income = any(one.income != one.capital for one in stakes)
        return cls(
            votes=Shares.build((s.holder, s.held, s.votes.low) for s in stakes) if votes else None,
            income=Shares.build((s.holder, s.held, s.income.low) for s in stakes) if income else None,
        )

    def told_to(self, rows: Iterable[Holding], find: Callable[[Shares], Mapping[str, float]]) -> list[Holding]:
        """The rows with what each has in the end; `find` asks a matrix for all of them at once."""
        votes = find(self.votes) if self.votes else None
        income = find(self.income) if self.income else None
        return [
            replace(
                row,
                votes_in_all=None if votes is None else votes.get(row.subject.id, 0.0),
                income_in_all=None if income is None else income.get(row.subject.id, 0.0),
            )
            for row in rows
        ]

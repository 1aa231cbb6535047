"""Votes and income rights in the end, where they are known apart from capital."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from queries.ownership.answer import Holding
from queries.ownership.ground import Ground
from queries.ownership.integrated import Owned


def told_rights(ground: Ground, rows: Iterable[Holding], find: Callable[[Owned], Mapping[str, float]]) -> list[Holding]:
    """The rows with what each has in the end; `find` asks a matrix for all of them at once. Where nothing tells them
    apart, votes and income follow the capital.
    """
    if ground.votes is None and ground.income is None:
        return list(rows)
    votes = find(ground.votes) if ground.votes else None
    income = find(ground.income) if ground.income else None
    return [
        replace(
            row,
            votes_in_all=row.integrated if votes is None else votes.get(row.subject.id, 0.0),
            income_in_all=row.integrated if income is None else income.get(row.subject.id, 0.0),
        )
        for row in rows
    ]

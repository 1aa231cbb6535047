"""What every route takes: who asks and for what, the store, the day of evaluation.

None of it waits for anything, so it is asked in the event loop: a thread for each would cost more than the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, cast

from fastapi import Depends, Header, Query, Request

from graph.store import Store


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks and for what purpose; the one place where accounts and the audit trail will come in."""

    name: str
    purpose: str


async def caller(purpose: Annotated[str, Header(alias="X-Purpose", max_length=200)] = "") -> Caller:
    """Until there are accounts, whoever holds the token is the one local user."""
    return Caller("local", purpose)


async def store_of(request: Request, _: Annotated[Caller, Depends(caller)]) -> Store:
    """The open store; nobody gets it without being a known caller."""
    return cast(Store, request.app.state.store)


async def day_of(
    as_of: Annotated[
        date | None, Query(description="以哪一天为准，默认今天；the day of evaluation", examples=["2026-06-01"])
    ] = None,
) -> str:
    """The day of evaluation as text."""
    return (as_of or date.today()).isoformat()


OpenStore = Annotated[Store, Depends(store_of)]
AsOf = Annotated[str, Depends(day_of)]
Replay = Annotated[bool, Query(description="问过去某日时，也算今天已结束的列入记录")]
Text = Annotated[
    str,
    Query(
        min_length=1,
        max_length=200,
        description="主体：编号、统一社会信用代码或名称；id, code or name",
        examples=["91999999MA00004966"],
    ),
]

"""Decisions whether two subjects are the same: read, made, undone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.out_basis import FAILURES
from api.out_identity import Decisions, Judged, Judgement, Pair
from api.routes.asking import OpenStore, day_of
from api.routes.ownership import Kept
from api.subjects import pair
from graph.errors import InputError
from loaders import decisions as made
from queries.decisions import between, decisions
from queries.subjects import find

router = APIRouter(prefix="/api", tags=["identity"], responses=FAILURES)

Named = Annotated[str | None, Query(min_length=1, max_length=200, description="主体：编号、代码或名称")]


async def part(
    skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0, limit: Annotated[int, Query(ge=1, le=1_000)] = 200
) -> tuple[int, int]:
    """Which part of all decisions is wanted."""
    return skip, limit


@router.get("/same", dependencies=[Depends(day_of)])
def standing(
    store: OpenStore,
    wanted: Annotated[tuple[int, int], Depends(part)],
    subject: Named = None,
    a: Named = None,
    b: Named = None,
) -> Decisions:
    """The decisions in force: on one subject, between two (`a`, `b`), or all of them."""
    if (a is None) != (b is None):
        raise InputError("缺少另一个主体", value=a or b or "", remedy="a 与 b 同时给出；只看一个主体时用 subject")
    if a is not None and b is not None:
        found = between(store, find(store, a).id, find(store, b).id)
    else:
        of = find(store, subject).id if subject else None
        found = decisions(store, of, skip=wanted[0], most=wanted[1])
    return Decisions.model_validate(found.to_json())


@router.post("/same")
def decide(store: OpenStore, kept: Kept, wanted: Judgement) -> Judged:
    """Record that two subjects are, or are not, one; takes effect at once and survives reloads."""
    a, b = pair(store, wanted.a, wanted.b)
    told = made.decide(store, a, b, yes=wanted.same, reason=wanted.reason)
    kept.forget()
    return Judged.model_validate(told)


@router.post("/same/undo")
def undo(store: OpenStore, kept: Kept, wanted: Pair) -> Judged:
    """Take a decision back; the two are as before it."""
    told = made.undo(store, *pair(store, wanted.a, wanted.b, undone=True))
    kept.forget()
    return Judged.model_validate(told)

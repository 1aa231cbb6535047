"""Owners, holdings, control; related parties; groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal, cast

from fastapi import APIRouter, Depends, Query, Request

from api.out_basis import FAILURES
from api.out_ownership import Groups, Ownership, OwnershipTree, Related
from api.routes.asking import AsOf, OpenStore, Text
from api.routes.questions import cut
from queries.groups.answer import KINDS, WHOLE
from queries.groups.answer import groups as around
from queries.ownership.keeping import Grounds
from queries.ownership.owners import OwnershipAsked
from queries.ownership.owners import ownership as owned
from queries.ownership.tree import LEVELS, MOST_LEVELS, MOST_PER, PER, TreeAsked
from queries.ownership.tree import tree as grown
from queries.regimes.read import regime_of
from queries.regimes.related import related as parties
from queries.subjects import find

router = APIRouter(prefix="/api", tags=["ownership"], responses=FAILURES)

Threshold = Annotated[float, Query(ge=0.5, lt=1, description="控制的表决权界限：超过它才算控制", examples=[0.5])]
Rows = Annotated[int, Query(ge=1, le=5_000, description="持有人、持股各最多几条；其余计入 left_out")]
Levels = Annotated[int, Query(ge=0, le=MOST_LEVELS, description="向上或向下几层")]


async def grounds_of(request: Request, _: OpenStore) -> Grounds:
    """The grounds kept for this store."""
    return cast(Grounds, request.app.state.grounds)


Kept = Annotated[Grounds, Depends(grounds_of)]


def looked(
    kept: Kept,
    as_of: AsOf,
    up: Annotated[bool, Query(description="只看持有人；与 down 都不给则两边都看")] = False,
    down: Annotated[bool, Query(description="只看持股")] = False,
    threshold: Threshold = 0.5,
) -> OwnershipAsked:
    """Which way is looked, on what day, and what counts as control."""
    return {
        "as_of": as_of,
        "up": up or not down,
        "down": down or not up,
        "threshold": threshold,
        "ground": kept.on(as_of),
    }


@router.get("/ownership")
def ownership(
    store: OpenStore, subject: Text, wanted: Annotated[OwnershipAsked, Depends(looked)], limit: Rows = 500
) -> Ownership:
    """Owners with their integrated shares, holdings, control and on what it rests, beneficial owners."""
    answer = owned(store, find(store, subject).id, **wanted)
    left_out = sum(max(0, len(rows) - limit) for rows in (answer.owners, answer.holdings))
    told = replace(answer, owners=answer.owners[:limit], holdings=answer.holdings[:limit]).to_json()
    return Ownership.model_validate({**told, "left_out": left_out, "complete": told["complete"] and not left_out})


def drawn(
    kept: Kept,
    as_of: AsOf,
    up: Levels = LEVELS,
    down: Levels = LEVELS,
    per: Annotated[int, Query(ge=1, le=MOST_PER, description="每个主体最多画几个，其余只计数")] = PER,
) -> TreeAsked:
    """How much of the tree is drawn."""
    return {"as_of": as_of, "up": up, "down": down, "per": per, "ground": kept.on(as_of)}


@router.get("/ownership/tree")
def ownership_tree(store: OpenStore, subject: Text, wanted: Annotated[TreeAsked, Depends(drawn)]) -> OwnershipTree:
    """Holders above and holdings below, level by level, as a drawing needs them; what is not drawn is counted."""
    return OwnershipTree.model_validate(grown(store, find(store, subject).id, **wanted).to_json())


@router.get("/related")
def related(
    store: OpenStore,
    subject: Text,
    as_of: AsOf,
    regime: Annotated[
        str | None, Query(max_length=40, description="只按这一制度，见 /api/regimes", examples=["P05"])
    ] = None,
    limit: Rows = 500,
) -> Related:
    """Who is related to the subject, by which regime and clause, over which relations."""
    wanted = regime_of(regime).id if regime else None
    answer = parties(store, find(store, subject).id, as_of=as_of, regime=wanted).to_json()
    return Related.model_validate(cut(answer, "parties", limit))


@router.get("/groups")
def groups(
    store: OpenStore,
    as_of: AsOf,
    subject: Annotated[
        str | None, Query(min_length=1, max_length=200, description="主体；不给则为全图的担保圈")
    ] = None,
    kind: Annotated[
        list[Literal["corporate", "guarantee", "contacts", "phoenix", "community"]] | None,
        Query(description="哪几种群组，默认全部", examples=[["guarantee"]]),
    ] = None,
) -> Groups:
    """Who belongs together with the subject, kind by kind; without a subject the guarantee rings of the whole graph."""
    asked = find(store, subject).id if subject else None
    kinds = tuple(dict.fromkeys(kind or (KINDS if asked else (WHOLE,))))
    return Groups.model_validate(around(store, asked, as_of=as_of, kinds=kinds).to_json())

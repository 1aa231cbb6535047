"""One subject's card, the entries of a list, and the paths between subjects."""

from __future__ import annotations

from typing import Annotated, TypedDict

from fastapi import APIRouter, BackgroundTasks, Depends, Query

from api.out import Card, Listings, Paths
from api.out_basis import FAILURES
from api.routes.asking import AsOf, OpenStore, Replay, Text
from api.subjects import ends
from queries.expand import prepare
from queries.listings import Browsed, listings
from queries.paths import paths
from queries.paths_asked import MOST_PATHS, PathsAsked
from queries.show import show
from queries.subjects import find

router = APIRouter(prefix="/api", tags=["subjects"], responses=FAILURES)

MOST_RELATIONS = 200


class Detail(TypedDict):
    """How much of a card is told: on which day, replayed or not, so many relations of each type and direction."""

    as_of: str
    replay: bool
    most: int


async def detail(
    as_of: AsOf,
    replay: Replay = False,
    most: Annotated[int, Query(ge=1, le=MOST_RELATIONS, description="每类关系最多列出几条")] = 50,
) -> Detail:
    """How much is wanted."""
    return {"as_of": as_of, "replay": replay, "most": most}


@router.get("/subject/{subject:path}")
def card(
    store: OpenStore, subject: str, wanted: Annotated[Detail, Depends(detail)], afterwards: BackgroundTasks
) -> Card:
    """Identifiers, entries, relations with dates and records; by id, code or name."""
    found = find(store, subject[:200])
    afterwards.add_task(prepare, store, found, wanted["as_of"])  # whoever reads the card may expand it next
    return Card.model_validate(show(store, found.id, **wanted).to_json())


async def browsed(
    as_of: AsOf,
    list_code: Annotated[str | None, Query(alias="list", max_length=40, examples=["SXBZXR"])] = None,
    region: Annotated[str | None, Query(max_length=40)] = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
    skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Browsed:
    """Which part of which list is wanted."""
    return {"as_of": as_of, "list": list_code, "region": region, "most": limit, "skip": skip}


@router.get("/listings")
def entries(store: OpenStore, wanted: Annotated[Browsed, Depends(browsed)]) -> Listings:
    """Entries in force, newest first; `more` says whether others follow."""
    return Listings.model_validate(listings(store, **wanted).to_json())


async def walked(
    as_of: AsOf,
    max_hops: Annotated[int, Query(ge=1, le=10)] = 4,
    types: Annotated[list[str] | None, Query(description="只走这些关系类型", examples=[["SHAREHOLDER"]])] = None,
    k: Annotated[int | None, Query(ge=1, le=MOST_PATHS, description="最短的 k 条，含比最短更长的")] = None,
    every: Annotated[bool, Query(alias="all", description="步数以内的全部路径")] = False,
) -> PathsAsked:
    """How the graph is walked."""
    return {"as_of": as_of, "max_hops": max_hops, "types": types, "k": k, "every": every}


@router.get("/paths")
def between(store: OpenStore, a: Text, b: Text, wanted: Annotated[PathsAsked, Depends(walked)]) -> Paths:
    """The evidence paths between two subjects, or two sets joined by commas: the shortest, k shortest, or all."""
    return Paths.model_validate(paths(store, ends(store, a), ends(store, b), **wanted).to_json())

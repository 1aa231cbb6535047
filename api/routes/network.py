"""The network around a subject, piece by piece: expand, view."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api.out_basis import FAILURES
from api.out_network import Expand, ExpandAsked, View, ViewAsked
from api.routes.asking import AsOf, OpenStore, Text
from queries.expand import expand
from queries.expand_asked import Wanted
from queries.subjects import find
from queries.view import Picked, view

router = APIRouter(prefix="/api", tags=["network"], responses=FAILURES)


@router.get("/expand", summary="展开一个主体的关系")
def expanded(store: OpenStore, subject: Text, as_of: AsOf, asked: Annotated[ExpandAsked, Query()]) -> Expand:
    """按类型、方向、排序取出一个主体的一部分关系（含共用联系方式），并说明还剩多少未取。"""
    wanted = Wanted(
        as_of=as_of,
        types=tuple(asked.type or ()),
        direction=asked.direction,
        order=asked.order,
        limit=asked.limit,
        skip=asked.skip,
        active=asked.active,
        replay=asked.replay,
    )
    return Expand.model_validate(expand(store, find(store, subject), wanted).to_json())


@router.post("/view", summary="一组主体之间的全部关系")
def viewed(store: OpenStore, asked: ViewAsked) -> View:
    """一组主体的基本情况、各自的列入记录，以及它们相互之间在某日的全部关系。只读，不改动数据。"""
    picked = Picked(
        ids=tuple(asked.ids),
        as_of=(asked.as_of or date.today()).isoformat(),
        new=None if asked.new is None else tuple(asked.new),
        ended=asked.ended,
        replay=asked.replay,
    )
    return View.model_validate(view(store, picked).to_json())

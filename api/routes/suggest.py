"""Suggestions while a name is typed."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Query, Request

from api.out_basis import FAILURES
from api.out_suggest import Suggestions
from api.routes.asking import AsOf, OpenStore
from queries.search.keeping import LONGEST, MOST, Search

router = APIRouter(prefix="/api", tags=["search"], responses=FAILURES)


def search_of(request: Request, _: OpenStore) -> Search:
    """The search over the open store."""
    return cast(Search, request.app.state.search)


Typed = Annotated[
    str,
    Query(
        max_length=LONGEST,
        description="名称或其一部分、曾用名、拼音、首字母、统一社会信用代码或注册号的开头、主体编号；空格隔开的各部分都须符合",
        examples=["wqsw"],
    ),
]
Limit = Annotated[int, Query(ge=1, le=MOST, description="最多几个")]


@router.get("/suggest")
def suggest(search: Annotated[Search, Depends(search_of)], q: Typed, as_of: AsOf, limit: Limit = 8) -> Suggestions:
    """Subjects that may be meant by what is typed so far, best first. Personal numbers and phones find nobody."""
    return Suggestions.model_validate(search.suggest(q, as_of=as_of, limit=limit).to_json())

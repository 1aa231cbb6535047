"""The kinds of lists there are, and which of them are loaded."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query

from api.out_basis import FAILURES
from api.out_lists import ListKind, Lists
from api.routes.asking import OpenStore, day_of
from graph.vocabulary import list_types
from queries.sources import loaded

router = APIRouter(prefix="/api", tags=["basis"], responses=FAILURES, dependencies=[Depends(day_of)])


@router.get("/lists")
def lists(
    store: OpenStore,
    lang: Annotated[Literal["zh-CN", "en"], Query(description="名称的语言；language of the names")] = "zh-CN",
) -> Lists:
    """Every kind of list: keeper, basis, term, exit, and of which day the newest source that covers it is."""
    newest: dict[str, str | None] = {}
    for source in loaded(store):
        for code in source.lists:
            newest[code] = max(newest.get(code) or "", source.snapshot or "") or None
    return Lists(
        lists=[
            ListKind(
                code=kind.code,
                name=kind.name_en if lang == "en" else kind.name,
                family=kind.family,
                authority=kind.authority,
                basis=kind.basis,
                grade=kind.grade,
                listed=kind.listed,
                term=kind.term,
                exit=kind.exit,
                loaded=kind.code in newest,
                snapshot=newest.get(kind.code),
            )
            for kind in list_types().values()
        ]
    )

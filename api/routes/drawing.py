"""Where cards stand, and what is taken away of a picture."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.out_basis import FAILURES
from api.out_drawing import Layout, LayoutAsked
from api.routes.asking import Caller, caller
from viz.force import positions

router = APIRouter(prefix="/api", tags=["drawing"], responses=FAILURES)


@router.post("/layout", summary="计算卡片位置")
def placed(asked: LayoutAsked, _: Annotated[Caller, Depends(caller)]) -> Layout:
    """同样的输入总得到同样的位置；已有位置的卡片不移动，新来的排在其邻居近旁，互不遮挡。"""
    known = {card.id: (card.x, card.y) for card in asked.nodes if card.x is not None and card.y is not None}
    return Layout(positions=positions((card.id for card in asked.nodes), asked.edges, known, asked.kind))

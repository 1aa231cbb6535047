"""Where cards stand, and what is taken away of a picture."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.exporting import MEDIA, export
from api.out_basis import FAILURES
from api.out_drawing import ExportAsked, Layout, LayoutAsked
from api.routes.asking import Caller, OpenStore, caller
from viz.force import positions

router = APIRouter(prefix="/api", tags=["drawing"], responses=FAILURES)


@router.post("/layout", summary="计算卡片位置")
def placed(asked: LayoutAsked, _: Annotated[Caller, Depends(caller)]) -> Layout:
    """同样的输入总得到同样的位置；已有位置的卡片不移动，新来的排在其邻居近旁，互不遮挡。"""
    known = {card.id: (card.x, card.y) for card in asked.nodes if card.x is not None and card.y is not None}
    return Layout(positions=positions((card.id for card in asked.nodes), asked.edges, known, asked.kind))


@router.post(
    "/export",
    summary="导出画面：矢量图、表格、图数据",
    response_class=Response,
    responses={200: {"content": {media: {} for media in MEDIA.values()}, "description": "一个文件"}},
)
def exported(store: OpenStore, asked: ExportAsked) -> Response:
    """一组主体及其相互关系的文件；个人号码已打码，CSV 不含可被表格软件执行的公式，SVG 不含脚本和外部引用。"""
    made = export(store, asked)
    return Response(made.content, media_type=made.media, headers={"Content-Disposition": made.disposition})

"""What the drawing routes take and answer: places of cards, pictures and tables to take away."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from api.out import Out
from api.out_network import Wish
from queries.view import MOST
from viz.force import Kind

FAR = 1e7  # pixels from the middle a card may stand


class Card(Wish):
    """A card to place; with x and y it has a place and keeps it."""

    id: str = Field(min_length=1, max_length=200, examples=["91999999MA00004966"])
    x: float | None = Field(None, ge=-FAR, le=FAR, description="已有位置（卡片中心，像素）；有位置的不会移动")
    y: float | None = Field(None, ge=-FAR, le=FAR)
    fixed: bool = Field(False, description="用户钉住的；没有 x、y 时不起作用")


class LayoutAsked(Wish):
    """Body of POST /api/layout."""

    nodes: list[Card] = Field(
        max_length=MOST, description=f"最多 {MOST:,} 个", examples=[[{"id": "91999999MA00004966", "x": 0, "y": 0}]]
    )
    edges: list[tuple[str, str]] = Field(
        [],
        max_length=60_000,
        description="[起点, 终点]，同一对可重复",
        examples=[[("91999999MA00004966", "91999999MA0000525H")]],
    )
    kind: Kind = Field("force", description="force：按关系远近；layered：按方向分层，适合股权树")


class Layout(Out):
    """Answer of /api/layout: the middle of every card, pixels at scale 1."""

    positions: dict[str, tuple[float, float]] = Field(examples=[{"91999999MA00004966": (0.0, 0.0)}])


class Nearness(Wish):
    """How near a listing comes to a subject, as the picture shows it."""

    band: Literal["high", "medium", "low"] = Field(examples=["medium"])
    score: float = Field(ge=0, le=1, examples=[0.51])


class ExportAsked(Wish):
    """Body of POST /api/export."""

    format: Literal["svg", "csv", "graphml", "gexf", "json"] = Field(examples=["svg"])
    ids: list[str] = Field(min_length=1, max_length=20 * MOST, description=f"主体编号，最多 {MOST:,} 个")
    positions: dict[str, tuple[float, float]] = Field(
        {}, description="画面上卡片的位置（中心）；没有的由服务端补排", examples=[{"91999999MA00004966": (0.0, 0.0)}]
    )
    as_of: date | None = Field(None, description="以哪一天为准，默认今天", examples=["2026-06-01"])
    hidden_types: list[str] = Field([], max_length=40, description="不导出的关系类型", examples=[["SUPPLIES"]])
    ended: bool = Field(False, description="也要当日已结束的关系")
    began_from: date | None = Field(None, description="只要这一天起开始的关系；起始日期未载的仍保留")
    began_to: date | None = Field(None, description="只要到这一天为止开始的关系；起始日期未载的仍保留")
    nearness: dict[str, Nearness] = Field({}, max_length=MOST, description="画面上所标的接近程度，按主体编号")
    unexpanded: dict[str, int] = Field({}, max_length=MOST, description="画面上未展开的关系数，按主体编号")
    title: str = Field("", max_length=100, description="标题", examples=["问渠水务关联核查"])
    lang: Literal["zh-CN", "en"] = "zh-CN"

"""What the drawing routes take and answer: places of cards, pictures and tables to take away."""

from __future__ import annotations

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

    nodes: list[Card] = Field(max_length=MOST, description=f"最多 {MOST:,} 个")
    edges: list[tuple[str, str]] = Field([], max_length=60_000, description="[起点, 终点]，同一对可重复")
    kind: Kind = Field("force", description="force：按关系远近；layered：按方向分层，适合股权树")


class Layout(Out):
    """Answer of /api/layout: the middle of every card, pixels at scale 1."""

    positions: dict[str, tuple[float, float]] = Field(examples=[{"91999999MA00004966": (0.0, 0.0)}])

"""What the routes of investigations take and answer."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from api.out import Out
from api.out_network import Wish
from queries.investigations import NAME, NOTE

_VIEW: dict[str, Any] = {"nodes": [{"id": "91999999MA00004966", "x": 0, "y": 0}], "as_of": "2026-06-01"}


class New(Wish):
    """Body of POST /api/investigations."""

    name: str = Field(min_length=1, max_length=NAME, description=f"名称，1 至 {NAME} 字", examples=["问渠水务关联核查"])
    note: str = Field(
        "", max_length=NOTE, description="说明；其中的证件号码、手机号保存时遮盖", examples=["先看 2025 年以后的担保"]
    )
    view: dict[str, Any] = Field(
        description="浏览器里的画面文档，原样保存（所写文字中的证件号码、手机号遮盖），不超过 2 MB", examples=[_VIEW]
    )


class Change(New):
    """Body of PUT: the whole investigation, and which version it was made from."""

    version: int = Field(ge=1, le=2**31, description="所依据的版本；已不是最新版时答 409", examples=[1])


class InvestigationHead(Out):
    """An investigation in a list. Times are UTC."""

    id: str = Field(examples=["5f2c9b1e7a3d4c60"])
    name: str = Field(examples=["问渠水务关联核查"])
    note: str
    created_at: str = Field(examples=["2026-06-01T08:00:00+00:00"])
    changed_at: str = Field(examples=["2026-06-01T08:00:00+00:00"])
    version: int = Field(examples=[1])


class Investigation(InvestigationHead):
    """An investigation with its view."""

    view: dict[str, Any] = Field(examples=[_VIEW])


class Investigations(Out):
    """Answer of GET /api/investigations: last changed first. `most`: how many there may be."""

    investigations: list[InvestigationHead]
    most: int = Field(examples=[1000])


class Deleted(Out):
    """Answer of DELETE."""

    deleted: str

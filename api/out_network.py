"""What the network's routes take and answer: pieces of a neighbourhood, a set of subjects as a network."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from api.out import Edge, Listing, Out, Relation, Subject
from queries.expand_asked import MOST as MOST_RELATIONS
from queries.expand_asked import MOST_SKIPPED, Direction, Order
from queries.view import MOST


class Expansion(Relation):
    """A relation with its other end; `active`: in force on the day. Over a shared contact it has `via`."""

    active: bool = Field(description="当日是否有效；已结束的为 false")
    listed: list[Listing] = Field(description="对方当日有效的列入记录")


class Expand(Out):
    """Answer of /api/expand. `left_out` relations follow; `not_crossed`: contacts too many gave."""

    subject: Subject
    as_of: str = Field(examples=["2026-06-01"])
    total: int = Field(description="符合条件的全部关系数，含已结束的", examples=[137])
    active: int = Field(description="其中当日有效的", examples=[134])
    relations: list[Expansion]
    more: bool
    left_out: int = Field(description="本次未返回的条数", examples=[109])
    not_crossed: list[dict[str, Any]] = Field(
        description="登记主体过多、不视为关联的联系方式",
        examples=[[{"kind": "phone", "value": "139******00", "degree": 501}]],
    )
    ordered: bool = Field(description="false：关系过多，只有被列入的在前，其余未按次序排列")
    complete: bool = Field(description="false：联系方式过多，未看完")


class Wish(BaseModel):
    """Base of what is sent to us: nothing but what is known."""

    model_config = ConfigDict(extra="forbid")


class ExpandAsked(BaseModel):
    """Parameters of /api/expand besides subject and day."""

    type: list[str] | None = Field(None, description="关系类型，可重复；省略则全部", examples=[["SHAREHOLDER"]])
    direction: Direction = Field("both", description="out：由该主体指向对方；in：由对方指向该主体")
    order: Order = Field(
        "risk", description="risk：对方被列入的在前；share：持股多的在前；since：新近的在前；name：按名称"
    )
    limit: int = Field(25, ge=1, le=MOST_RELATIONS)
    skip: int = Field(0, ge=0, le=MOST_SKIPPED)
    active: bool = Field(True, description="只要当日有效的；false 时已结束的排在后面并注明")
    replay: bool = Field(False, description="问过去某日时，也算今天已结束的列入记录")


Id = Annotated[str, Field(max_length=300)]


class ViewAsked(Wish):
    """Body of POST /api/view."""

    ids: list[Id] = Field(
        description=f"要查看的主体编号，最多 {MOST:,} 个",
        max_length=20 * MOST,
        examples=[["91999999MA00004966", "91999999MA0000508U"]],
    )
    new: list[Id] | None = Field(
        None, description="只要与这些主体有关的关系；省略则要全部", examples=[["91999999MA0000508U"]]
    )
    as_of: date | None = Field(None, description="以哪一天为准，默认今天", examples=["2026-06-01"])
    ended: bool = Field(False, description="也要当日已结束（或尚未开始）的关系")
    replay: bool = Field(False, description="问过去某日时，也算今天已结束的列入记录")


class ViewNode(Out):
    """A subject of a view, with its own entries in force and the number of its relations in all."""

    subject: Subject
    listed: list[Listing]
    degree: int = Field(description="全部关系数（含未画出的、已结束的）", examples=[12])


class ViewEdge(Edge):
    """A relation between two subjects of a view."""

    active: bool


class View(Out):
    """Answer of /api/view. `missing`: ids nobody has; `renamed`: ids given up since, with the present ones."""

    as_of: str = Field(examples=["2026-06-01"])
    nodes: list[ViewNode]
    edges: list[ViewEdge]
    missing: list[str]
    renamed: dict[str, str]
    not_crossed: list[dict[str, Any]]
    complete: bool

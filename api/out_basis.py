"""What HTTP answers besides those on subjects look like: health, what answers rest on, errors."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.out import Out


class Health(Out):
    """Whether the service is up."""

    status: Literal["ok"] = Field(examples=["ok"])


class Keep(Out):
    """Over `relation` in `direction`, from `min_ratio` up, this `weight` passes."""

    relation: str = Field(examples=["SHAREHOLDER"])
    direction: Literal["forward", "backward"]
    min_ratio: float | None = Field(examples=[0.25])
    weight: float = Field(examples=[0.6])


class Policy(Out):
    """Answer of /api/policy: house settings for attention, no law."""

    version: str
    floor: float
    max_hops: int
    fanout_cap: int
    name_cap: int
    former_days: int
    max_age_days: int
    bands: dict[str, float]
    severity: dict[str, float]
    tier: dict[str, float]
    keeps: list[Keep]


class Source(Out):
    """One source as it was last loaded."""

    source: str = Field(examples=["city_credit"])
    snapshot: str | None = Field(examples=["2026-06-01"])
    loaded_at: str | None
    files: list[str]
    subjects: int
    relations: int
    listings: int
    lists: list[str]


class Sources(Out):
    """Answer of /api/sources."""

    sources: list[Source]


class SnapshotState(Out):
    """Answer of /api/snapshot. `snapshot`: ready, building, stale (of an older graph), or none (switched off too);
    `built_at`: when the one held was made; `subjects`, `relations`: what is in it.
    """

    snapshot: Literal["ready", "building", "stale", "none"] = Field(examples=["ready"])
    built_at: str | None = Field(examples=["2026-06-01T08:00:00+00:00"])
    subjects: int
    relations: int


class Vocabulary(Out):
    """What codes mean: code to words, by what is meant. `reads`: a relation as a sentence with {a} and {b};
    `families`: list to family, whose words stand in `family_names`.
    """

    kinds: dict[str, str]
    forms: dict[str, str]
    relations: dict[str, str] = Field(examples=[{"SHAREHOLDER": "股东"}])
    reads: dict[str, str] = Field(examples=[{"SHAREHOLDER": "{a} 持有 {b} 的股权"}])
    lists: dict[str, str]
    families: dict[str, str]
    family_names: dict[str, str]
    states: dict[str, str]
    bands: dict[str, str]
    classes: dict[str, str]
    effects: dict[str, str]
    decisions: dict[str, str]
    grades: dict[str, str]
    tiers: dict[str, str]
    contacts: dict[str, str]
    scenarios: dict[str, str]


class Error(Out):
    """Why there is no answer."""

    message: str = Field(examples=["未找到主体：某某公司"])
    file: str
    line: int | None
    value: str
    remedy: str
    candidates: list[dict[str, Any]] = Field(default=[], examples=[[]])


class Failure(Out):
    """The body of every answer that is not 2xx."""

    error: Error


FAILURES: dict[int | str, dict[str, Any]] = {
    400: {"model": Failure, "description": "参数有误"},
    401: {"model": Failure, "description": "缺少访问令牌"},
    404: {"model": Failure, "description": "没有这个主体"},
    409: {"model": Failure, "description": "名称对应多个主体，见 candidates"},
    503: {"model": Failure, "description": "图数据库无法服务"},
    504: {"model": Failure, "description": "查询超过时限"},
}

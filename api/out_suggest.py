"""What /api/suggest answers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.out import Out, Subject


class Organisation(Out):
    """Where a person has a role: what tells namesakes apart. Not `active`: the role is over, or has not begun."""

    id: str = Field(examples=["91999999MA00004966"])
    name: str | None = Field(examples=["乌有市问渠水务工程有限公司"])
    relation: str = Field(examples=["LEGAL_REP"])
    since: str | None = Field(examples=["2021-04-01"])
    until: str | None
    active: bool = Field(description="当日是否任职；false 为曾任或者尚未就任，见 since、until")


class Suggested(Out):
    """A subject that may be meant, by what it fits, and the lists it is on that day."""

    subject: Subject
    matched: Literal["name", "former", "pinyin", "initials", "part", "uscc", "reg_no", "id"]
    text: str = Field(description="匹配到的文字，如曾用名或代码", examples=["乌有市问渠水务工程有限公司"])
    organisation: Organisation | None
    listed: list[str] = Field(description="当日有效的名单代码", examples=[["SXBZXR"]])


class IndexState(Out):
    """How far the index is: ready, stale (an older graph, being made anew), building (only exact finds yet)."""

    state: Literal["ready", "building", "stale"]
    subjects: int = Field(examples=[1200])
    built_at: str | None = Field(examples=["2026-06-01T08:00:00+00:00"])


class Suggestions(Out):
    """Answer of /api/suggest, best first; `more`: whether others fit too."""

    q: str = Field(examples=["wqsw"])
    suggestions: list[Suggested]
    index: IndexState
    more: bool

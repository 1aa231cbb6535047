"""What HTTP takes and answers on identity: decisions whether two subjects are one."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from api.out import Out, Subject

A, B = "91999999MA00004966", "91999999MA0000509U"


class Pair(BaseModel):
    """Two subjects, each by id, code or full name."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    a: str = Field(min_length=1, max_length=200, examples=[A])
    b: str = Field(min_length=1, max_length=200, examples=[B])


class Judgement(Pair):
    """What is decided of them, and why; the reason is kept for whoever reviews it."""

    same: bool = Field(examples=[False])
    reason: str = Field(min_length=1, max_length=1_000, examples=["同名，出生日期不同"])


class Judged(Out):
    """The decision now in force, or taken back (`undone`). `at`: when it was made, in UTC."""

    a: str = Field(examples=[A])
    b: str = Field(examples=[B])
    verdict: Literal["yes", "no"]
    reason: str
    at: str = Field(examples=["2026-06-01T08:00:00+00:00"])
    undone: bool


class DecisionOut(Out):
    """One decision in force, with whom the two ids now mean."""

    a: str
    b: str
    verdict: Literal["yes", "no"]
    same: bool
    reason: str
    at: str
    subjects: list[Subject | None]


class Decisions(Out):
    """Answer of GET /api/same: newest first; `more` says whether others follow."""

    decisions: list[DecisionOut]
    more: bool

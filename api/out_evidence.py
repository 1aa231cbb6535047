"""What HTTP answers on one relation looks like: its facts, and what the policy lets through it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.out import Edge, Out, Subject


class Passing(Out):
    """What goes over the relation one way: a listing of `listed` reaches `exposed` with this weight."""

    direction: Literal["forward", "backward"]
    listed: str
    exposed: str
    weight: float = Field(examples=[0.8])
    min_ratio: float | None = Field(examples=[0.5])
    text: str
    text_en: str


class Proof(Out):
    """One stored relation; `text` says why it does not count on that day, null where it does."""

    relation: Edge
    active: bool
    text: str | None
    text_en: str | None
    directions: list[Passing]


class End(Out):
    """One end of the relation: how many carrying relations it has, and whether a search goes through it."""

    subject: str
    degree: int
    cap: int
    crossed: bool
    reason: Literal["fanout", "conducts"] | None
    text: str
    text_en: str


class Evidence(Out):
    """Answer of /api/evidence: attention only, no law."""

    source: Subject
    target: Subject
    as_of: str = Field(examples=["2026-06-01"])
    policy: str
    relations: list[Proof]
    more: bool
    ends: list[End]
    note: str
    complete: bool

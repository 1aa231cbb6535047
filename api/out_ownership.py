"""What HTTP answers on ownership look like: owners and holdings, the tree, related parties, groups."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.out import Edge, Listing, Out, Path, Stop, Subject, Unchecked


class Held(Out):
    """An owner, or something owned. Shares are 0–1; `at_least`: some share on the way is not known; `control`: on what
    control rests, null without it.
    """

    subject: Subject
    direct: float = Field(examples=[0.6])
    direct_max: float | None
    votes: float
    integrated: float = Field(examples=[0.36])
    integrated_max: float | None
    at_least: bool
    controls: bool
    control: dict[str, Any] | None
    stop: bool
    path: Path


class Ownership(Out):
    """Answer of /api/ownership; `left_out`: owners and holdings beyond the limit."""

    subject: Subject
    as_of: str = Field(examples=["2026-06-01"])
    directions: list[Literal["up", "down"]]
    owners: list[Held]
    holdings: list[Held]
    ultimate_controllers: list[Subject]
    state_controllers: list[Subject]
    beneficial_owners: list[dict[str, Any]]
    possible_beneficial_owners: list[dict[str, Any]]
    cycles: list[list[str]]
    scaled: list[dict[str, Any]]
    unknown: list[dict[str, Any]]
    conflicts: list[dict[str, Any]]
    left_out: int = Field(examples=[0])
    complete: bool


class Node(Out):
    """One subject of the tree; `level`: 0 the asked one, negative above, positive below. `integrated`: its share of
    the asked one in the end, or the asked one's of it.
    """

    subject: Subject
    level: int = Field(examples=[-1])
    integrated: float | None = Field(examples=[0.36])
    at_least: bool
    controls: bool
    stop: bool
    circle: bool
    listed: list[Listing]


class Branch(Out):
    """One stake from its holder (`source`) to the held (`target`). `direct`: null where control is only declared;
    `unknown`: no figure is recorded; `control`: control rests on it; `cycle`: both own each other in the end.
    """

    source: str
    target: str
    direct: float | None = Field(examples=[0.6])
    direct_max: float | None
    exact: bool
    unknown: bool
    votes: float | None
    integrated: float | None
    control: bool
    cycle: bool
    relations: list[Edge]


class Stub(Out):
    """How many holders (`up`) or holdings (`down`) of a subject are not drawn."""

    parent: str
    side: Literal["up", "down"]
    count: int


class OwnershipTree(Out):
    """Answer of /api/ownership/tree."""

    subject: Subject
    as_of: str = Field(examples=["2026-06-01"])
    up: int
    down: int
    per: int
    nodes: list[Node]
    edges: list[Branch]
    stubs: list[Stub]
    left_out: int
    complete: bool


class Related(Out):
    """Answer of /api/related: parties by regime and clause."""

    subject: Subject
    as_of: str = Field(examples=["2026-06-01"])
    regime: str | None = Field(examples=["P05"])
    parties: list[dict[str, Any]]
    exempted: list[dict[str, Any]]
    not_computable: list[dict[str, Any]]
    not_crossed: list[Stop]
    not_checked: list[Unchecked]
    warnings: list[str]
    complete: bool


class Groups(Out):
    """Answer of /api/groups: a section for each kind asked for; without a subject, of the whole graph."""

    subject: Subject | None
    as_of: str = Field(examples=["2026-06-01"])
    complete: bool

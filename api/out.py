"""The contract's JSON objects as pydantic models: what HTTP answers look like, for OpenAPI and its readers.

Fields an answer may have besides stay in it (`extra="allow"`): the contract lets answers grow.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Out(BaseModel):
    """Base of all answers."""

    model_config = ConfigDict(extra="allow")


class Subject(Out):
    """SUBJECT: who it is; personal numbers are masked."""

    id: str = Field(examples=["91999999MA00004966"])
    kind: str = Field(examples=["enterprise"])
    form: str | None = Field(examples=["company"])
    name: str = Field(examples=["乌有市问渠水务工程有限公司"])
    uscc: str | None = Field(examples=["91999999MA00004966"])
    id_masked: str | None = Field(examples=[""])
    status: str | None = Field(examples=["存续"])


class Listing(Out):
    """LISTING: one entry of a list. `expires_on` is the last day that counts, `removed_on` the first that does not."""

    id: str
    list: str = Field(examples=["SXBZXR"])
    authority: str | None
    doc_no: str | None
    basis: str | None
    ground: str | None
    reason: str | None
    tier: str | None
    listed_on: str | None = Field(examples=["2025-03-01"])
    expires_on: str | None
    removed_on: str | None
    state: str | None = Field(examples=["listed"])
    disputed: bool
    record: str | None = Field(examples=["judgment_defaulters.csv:7"])


class Edge(Out):
    """One dated relation of a path, with its record; `weight` is the share of risk it lets through."""

    type: str = Field(examples=["SHAREHOLDER"])
    source: str
    target: str
    ratio: float | None = Field(examples=[0.6])
    title: str | None
    since: str | None
    until: str | None
    seen_on: str | None
    weight: float | None = None
    record: str | None


class Path(Out):
    """PATH: from the asked subject to the listed one."""

    nodes: list[Subject]
    edges: list[Edge]


class Stop(Out):
    """A subject the search did not go on from. `degree` counts its relations."""

    subject: Subject
    reason: Literal["fanout", "conducts"]
    degree: int


class Unchecked(Out):
    """A list that was not checked."""

    list: str
    why: Literal["not_loaded", "stale"]
    as_of: str | None


class Limits(Out):
    """What was not done; part of every answer on risk."""

    not_crossed: list[Stop]
    not_checked: list[Unchecked]
    complete: bool


class ExposureItem(Out):
    """One listing near the asked subject: association only, no ground for any sanction."""

    score: float = Field(examples=[0.36])
    hops: int = Field(examples=[2])
    band: str = Field(examples=["medium"])
    listing: Listing
    listed_subject: Subject
    possible: bool
    path: Path


class Exposure(Limits):
    """Answer of /api/exposure."""

    subject: Subject
    as_of: str = Field(examples=["2026-06-01"])
    policy: str
    listed: list[Listing]
    exposures: list[ExposureItem]


class Finding(Out):
    """FINDING: one consequence, with whom it binds (`target`), its articles, period and path."""

    rule: str | None = Field(examples=["R01"])
    list: str | None = Field(examples=["SXBZXR"])
    listing: Listing | None
    target: Subject
    falls_on: str = Field(examples=["applicant"])
    measure: str
    effect: Literal["block", "review", "inform"]
    basis: Sequence[dict[str, str]]
    period: dict[str, str | None]
    conditions: Sequence[str]
    path: Path
    text: str


class ReachItem(ExposureItem):
    """One subject a listing comes near; its path starts at that subject."""

    target: Subject


class Reach(Limits):
    """Answer of /api/reach; `subject` or `listing` says which of the two was asked for. `consequences`: whom rules of
    the law pack `rules` bind on account of it; `exposures`: association only.
    """

    subject: Subject | None = None
    listing: Listing | None = None
    as_of: str = Field(examples=["2026-06-01"])
    policy: str
    rules: str = Field(examples=["2026-11-22"])
    listed: list[Listing]
    consequences: list[Finding]
    exposures: list[ReachItem]


class Relation(Edge):
    """A relation of a subject, with the subject at its other end."""

    other: Subject


class Card(Out):
    """Answer of /api/subject: what the graph knows of one subject. `counts` says how many relations there are."""

    subject: Subject
    as_of: str = Field(examples=["2026-06-01"])
    names: list[str]
    other_ids: list[str]
    listed: list[Listing]
    named_in: list[Listing]
    exempt_from: list[Listing]
    ended: int
    relations: list[Relation]
    counts: list[dict[str, Any]]
    contacts: list[dict[str, Any]]
    contacts_left_out: int = Field(description="未列出的联系方式个数", examples=[0])
    sources: list[str]


class Entry(Listing):
    """An entry with the subject that is listed."""

    subject: Subject


class Listings(Out):
    """Answer of /api/listings."""

    as_of: str = Field(examples=["2026-06-01"])
    listings: list[Entry]
    more: bool


class Paths(Out):
    """Answer of /api/paths: paths by length. `mode` says which were asked for, `more` whether there are others of them.
    A contact too many share is not crossed either.
    """

    a: list[Subject]
    b: list[Subject]
    as_of: str = Field(examples=["2026-06-01"])
    max_hops: int
    mode: Literal["shortest", "k", "all"]
    paths: list[Path]
    more: bool
    not_crossed: list[dict[str, Any]]
    complete: bool
    text: str = Field(examples=["最短路径 2 步，1 条。"])

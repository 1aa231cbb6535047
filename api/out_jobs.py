"""What uploads and jobs look like over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.out import Out

_LETTER, _FIELD = 2, 40


class Column(Out):
    """A column of an uploaded list; `field` is what it is taken for, null where that is not known."""

    index: int
    letter: str = Field(examples=["B"])
    title: str
    field: str | None = Field(examples=["uscc"])
    samples: list[str]


class FieldName(Out):
    """Something a column may mean."""

    field: str = Field(examples=["uscc"])
    label: str = Field(examples=["统一社会信用代码"])


class Rejected(Out):
    """A row that cannot be screened."""

    row: int
    reason: str


class Sheet(Out):
    """An uploaded list. `understood`: a header was recognised; `header_row` null: the rows begin at once."""

    id: str
    name: str
    worksheet: str
    header_row: int | None
    understood: bool
    rows: int
    columns: list[Column]
    fields: list[FieldName]
    warnings: list[str]
    rejected: list[Rejected]
    rejected_total: int


class Earlier(Out):
    """An uploaded earlier result."""

    id: str
    name: str
    rows: int
    as_of: str | None


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    sheet: str = Field(max_length=60, description="上传名单得到的 id")
    as_of: date | None = Field(None, description="以哪一天为准，默认今天", examples=["2026-06-01"])
    mapping: dict[str, str] | None = Field(None, max_length=200, examples=[{"A": "name", "B": "uscc", "C": ""}])


class ScreenAsked(_Asked):
    """A screening asked for. `since_last`: the id of an uploaded earlier result."""

    scenario: str = Field("general", max_length=60, examples=["procurement"])
    replay: bool = False
    since_last: str | None = Field(None, max_length=60)


class BiddersAsked(_Asked):
    """A comparison of bidders asked for."""

    law: str = Field(max_length=60, examples=["tender"])


class Progress(Out):
    """How far a job is: `done` of `of`, null where that is not known."""

    word: str
    done: int
    of: int | None


class JobOut(Out):
    """A job; `summary` once it is done, `error` once it has failed."""

    id: str
    kind: Literal["screen", "bidders"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    cancelling: bool
    progress: Progress
    about: dict[str, Any]
    created_at: str
    error: dict[str, Any] | None
    summary: dict[str, Any] | None


class Started(Out):
    """Answer to a job asked for."""

    job: JobOut


class JobList(Out):
    """Jobs of whoever asks, the latest first."""

    jobs: list[JobOut]


class Result(Out):
    """The result of a job: its head, and the entries asked for."""

    job: JobOut
    summary: dict[str, Any]
    total: int
    more: bool

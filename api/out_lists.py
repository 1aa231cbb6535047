"""What HTTP answers on the kinds of lists looks like."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.out import Out


class ListKind(Out):
    """One kind of list: who keeps it, on what law it rests (`grade`: how well that was read), how long it runs, how one
    leaves it; `loaded` says whether some source here covers it, `snapshot` of which day the newest one is.
    """

    code: str = Field(examples=["SXBZXR"])
    name: str
    family: Literal["negative", "status", "record", "permit", "red", "cn_foreign", "foreign"]
    authority: str
    basis: str
    grade: Literal["text", "partial", "unverified"]
    listed: str
    term: str
    exit: str
    loaded: bool
    snapshot: str | None = Field(examples=["2026-06-01"])


class Lists(Out):
    """Answer of /api/lists, in the order of the vocabulary."""

    lists: list[ListKind]

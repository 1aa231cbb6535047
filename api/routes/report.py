"""The network report as a download: HTML, PDF or DOCX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from api.out_basis import FAILURES
from api.reporting import Wanted, file_name, report_data
from api.routes.asking import OpenStore, Text
from api.routes.law import Profile
from api.routes.questions import WantedQuestion
from queries.scenarios import scenario as profile_of
from queries.subjects import find
from viz.report import make

router = APIRouter(prefix="/api", tags=["report"], responses=FAILURES)

MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_CONTENT = {media.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for media in MEDIA.values()}


@dataclass(frozen=True, slots=True)
class Made:
    """For what the report is made, in which format and language."""

    scenario: str | None
    form: Literal["html", "pdf", "docx"]
    locale: str


def made_as(
    scenario: Profile = None,
    form: Annotated[Literal["html", "pdf", "docx"], Query(alias="format", description="文件格式")] = "html",
    lang: Annotated[Literal["zh-CN", "zh", "en"], Query(description="报告语言；zh 即 zh-CN")] = "zh-CN",
) -> Made:
    """How the report is wanted."""
    return Made(scenario, form, "en" if lang == "en" else "zh-CN")


@router.get(
    "/report",
    response_class=Response,
    responses={200: {"content": _CONTENT, "description": "一个自足的文件：HTML、PDF 或 DOCX"}},
)
def report(
    store: OpenStore, subject: Text, wanted: WantedQuestion, made: Annotated[Made, Depends(made_as)]
) -> Response:
    """One self-contained file that opens without a network; always a download, never a page of ours."""
    profile = profile_of(made.scenario) if made.scenario else None
    found = find(store, subject)
    file = make(report_data(store, found.id, Wanted(wanted, made.locale, profile)), made.form)
    name = file_name(f"xinmai-{found.id}-{wanted['as_of']}", made.form)
    return Response(
        file, media_type=MEDIA[made.form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )

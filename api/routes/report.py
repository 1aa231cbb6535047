"""The offline network report as a download."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from api.out_basis import FAILURES
from api.reporting import Wanted, file_name, report_data
from api.routes.asking import OpenStore, Text
from api.routes.questions import WantedQuestion
from queries.subjects import find
from viz.report import html

router = APIRouter(prefix="/api", tags=["report"], responses=FAILURES)


@router.get(
    "/report",
    response_class=Response,
    responses={200: {"content": {"text/html": {}}, "description": "一个自足的 HTML 文件"}},
)
def report(
    store: OpenStore,
    subject: Text,
    wanted: WantedQuestion,
    lang: Annotated[Literal["zh-CN", "en"], Query(description="页面语言")] = "zh-CN",
) -> Response:
    """One self-contained HTML file that opens without a network; always a download, never a page of ours."""
    found = find(store, subject)
    page = html(report_data(store, found.id, Wanted(wanted, lang)))
    name = file_name(f"xinmai-{found.id}-{wanted['as_of']}", "html")
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(page, media_type="text/html; charset=utf-8", headers=disposition)

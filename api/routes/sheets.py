"""Uploaded lists: what is in them, which columns mean what; and templates to fill in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.jobs import sheets
from api.jobs.outcome import MEDIA
from api.jobs.sheets import Sheets
from api.jobs.uploads import received, written
from api.language import language_of
from api.out_basis import FAILURES
from api.out_jobs import Earlier, Sheet
from api.routes.asking import Caller, caller
from graph.errors import InputError
from loaders.sheet_template import write_template
from queries.since_last import earlier

router = APIRouter(prefix="/api", tags=["sheets"], responses=FAILURES)
_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


def sheets_of(request: Request) -> Sheets:
    """The lists uploaded to this service."""
    return cast(Sheets, request.app.state.sheets)


KeptSheets = Annotated[Sheets, Depends(sheets_of)]
Asker = Annotated[Caller, Depends(caller)]
Lang = Annotated[str, Depends(language_of)]


@router.post("/sheets", response_model=Sheet, openapi_extra=_FORM)
async def upload(request: Request, kept: KeptSheets, asker: Asker, lang: Lang) -> dict[str, Any]:
    """Take a list, .xlsx or .csv up to 20 MB, and tell what its columns seem to mean. Kept for an hour."""
    file = await received(request)
    try:
        name = sheets.shown_name(file.filename or "")
        path = kept.draft(sheets.ending_of(name))
        await written(file, path)
    finally:
        await file.close()
    return sheets.to_json(await run_in_threadpool(kept.keep, asker.name, name, path), lang)


@router.post("/earlier", response_model=Earlier, openapi_extra=_FORM)
async def upload_earlier(request: Request, kept: KeptSheets, asker: Asker) -> dict[str, Any]:
    """Take the JSON of an earlier screening, up to 20 MB, to compare a new one with. Kept for an hour."""
    file = await received(request)
    try:
        name = sheets.shown_name(file.filename or "")
        path = kept.draft(".json")
        await written(file, path)
    finally:
        await file.close()
    try:
        document = await run_in_threadpool(earlier, path)
    except InputError as error:
        path.unlink()
        raise sheets.renamed(error, name) from error
    taken = kept.add(asker.name, name, path)
    return {"id": taken.id, "name": name, "rows": len(document["results"]), "as_of": document.get("as_of")}


@router.get("/sheets/{sheet}", response_model=Sheet)
def again(sheet: str, kept: KeptSheets, asker: Asker, lang: Lang) -> dict[str, Any]:
    """What was told of an uploaded list."""
    found = kept.get(sheet, asker.name)
    if found.look is None:
        raise sheets.GoneError(sheet[:40])
    return sheets.to_json(found, lang)


@router.get(
    "/template",
    response_class=Response,
    responses={200: {"content": {MEDIA["xlsx"]: {}}, "description": "空白的 Excel 模板"}},
    dependencies=[Depends(caller)],
)
def template(
    kind: Annotated[Literal["screen", "bidders"], Query(description="筛查或投标人比对", examples=["screen"])],
) -> Response:
    """An empty workbook to fill in."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(kind, path)
        content = path.read_bytes()
    disposition = {"Content-Disposition": f'attachment; filename="xinmai-{kind}-template.xlsx"'}
    return Response(content, media_type=MEDIA["xlsx"], headers=disposition)

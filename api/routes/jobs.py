"""Long work: started, watched, cancelled, looked at, downloaded. A job is its caller's alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.jobs import work
from api.jobs.events import events
from api.jobs.outcome import MEDIA, Format, Outcome, Page
from api.jobs.registry import Job, Jobs
from api.jobs.sheets import GoneError, Kept
from api.language import language_of
from api.messages import english
from api.out_basis import FAILURES
from api.out_jobs import BiddersAsked, JobList, JobOut, Result, ScreenAsked, Started
from api.routes.asking import OpenStore
from api.routes.sheets import Asker, KeptSheets
from graph.errors import InputError
from loaders.sheet_header import settled
from queries.bidders.laws import law
from queries.scenarios import scenario

router = APIRouter(prefix="/api", tags=["jobs"], responses=FAILURES)
_WRITING = threading.Lock()  # one file at a time: that of a long list takes hundreds of megabytes while it is made
WAIT = 20.0  # seconds a download waits for its turn
WAITING = 4  # downloads waiting or written at once
BUSY = "正在生成别的文件，请稍后再下载"
_QUEUE = threading.BoundedSemaphore(WAITING)
_WORDS = {"failed": "任务失败，没有结果", "cancelled": "任务已取消，没有结果"}


def jobs_of(request: Request) -> Jobs:
    """The jobs of this service."""
    return cast(Jobs, request.app.state.jobs)


KnownJobs = Annotated[Jobs, Depends(jobs_of)]


def own_job(job: str, known: KnownJobs, asker: Asker) -> Job:
    """A job of whoever asks."""
    return known.get(job, asker.name)


OwnJob = Annotated[Job, Depends(own_job)]


def finished(job: OwnJob) -> Outcome:
    """The result of a job that is done."""
    if job.outcome is None or not job.state.over:
        told = _WORDS.get(job.state, "任务还没有完成")
        raise InputError(told, remedy="重新开始" if job.state.over else "等它完成后再看结果")
    return job.outcome


Done = Annotated[Outcome, Depends(finished)]
Lang = Annotated[str, Depends(language_of)]


@router.post("/screen", status_code=202, response_model=Started)
def screen(asked: ScreenAsked, store: OpenStore, kept: KeptSheets, known: KnownJobs, asker: Asker) -> dict[str, Any]:
    """Screen an uploaded list."""
    sheet = _list(kept.get(asked.sheet, asker.name), asked.mapping)
    profile = scenario(asked.scenario)
    day = (asked.as_of or date.today()).isoformat()
    before = kept.get(asked.since_last, asker.name) if asked.since_last else None
    if before is not None and before.look is not None:
        raise InputError("上次的结果应是 JSON 文件", value=before.name, remedy="上传上次下载的 .json 结果")
    about = {
        "sheet": sheet.name,
        "scenario": profile.code,
        "scenario_name": {"zh": profile.name.zh, "en": profile.name.en},
        "as_of": day,
    }
    wanted = work.ScreenWanted(sheet, asked.scenario, day, asked.mapping, asked.replay, before)
    job = known.submit(asker.name, "screen", about, lambda folder: work.screen(store, wanted, folder))
    return {"job": job.to_json()}


@router.post("/bidders", status_code=202, response_model=Started)
def bidders(asked: BiddersAsked, store: OpenStore, kept: KeptSheets, known: KnownJobs, asker: Asker) -> dict[str, Any]:
    """Compare the bidders of an uploaded list."""
    sheet = _list(kept.get(asked.sheet, asker.name), asked.mapping)
    under = law(asked.law)
    day = (asked.as_of or date.today()).isoformat()
    about = {
        "sheet": sheet.name,
        "law": under.code,
        "law_name": {"zh": under.name.zh, "en": under.name.en},
        "as_of": day,
    }
    wanted = work.BiddersWanted(sheet, asked.law, day, asked.mapping)
    job = known.submit(asker.name, "bidders", about, lambda folder: work.bidders(store, wanted, folder))
    return {"job": job.to_json()}


@router.get("/jobs", response_model=JobList)
def jobs(known: KnownJobs, asker: Asker, lang: Lang) -> dict[str, Any]:
    """The jobs of whoever asks, the latest first."""
    return {"jobs": [job.to_json(lang) for job in known.of(asker.name)]}


@router.get("/jobs/{job}", response_model=JobOut)
def one(job: OwnJob, lang: Lang) -> dict[str, Any]:
    """How a job stands."""
    return job.to_json(lang)


@router.delete("/jobs/{job}", response_model=JobOut)
def cancel(job: str, known: KnownJobs, asker: Asker, lang: Lang) -> dict[str, Any]:
    """Stop a job; one that is over is forgotten with its result."""
    return known.cancel(job, asker.name).to_json(lang)


@router.get(
    "/jobs/{job}/events",
    response_class=StreamingResponse,
    responses={
        200: {"content": {"text/event-stream": {}}, "description": "progress …，最后 done、failed 或 cancelled"}
    },
)
async def watch(job: OwnJob, lang: Lang) -> StreamingResponse:
    """Server-sent events until the job is over."""
    return StreamingResponse(events(job, lang), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


async def part(
    decision: Annotated[str, Query(max_length=20, description="只要这种结论")] = "",
    text: Annotated[str, Query(max_length=100, description="只要含有这些字的")] = "",
    skip: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
    changed: Annotated[bool, Query(description="只要与上次结果不同的行")] = False,
) -> Page:
    """Which entries are wanted."""
    return Page(decision, text.strip(), skip, limit, changed)


@router.get("/jobs/{job}/result", response_model=Result)
def result(job: OwnJob, done: Done, wanted: Annotated[Page, Depends(part)], lang: Lang) -> dict[str, Any]:
    """The result in words: its head, and the entries asked for."""
    page = done.page(wanted)
    if lang == "en" and "rejected" in page:  # said on the way out: what is kept is the same for everybody
        page["rejected"] = [{**row, "reason": english(row["reason"])} for row in page["rejected"]]
    return {"job": job.to_json(lang), **page}


@router.get("/jobs/{job}/entries/{key}")
def entry(done: Done, key: str) -> dict[str, Any]:
    """One entry in full: a row of a screening by its number, a pair of bidders by its key (`1.2-3`)."""
    return done.entry(key)


@router.get(
    "/jobs/{job}/entries/{key}/picture",
    response_class=Response,
    responses={200: {"content": {"image/svg+xml": {}}, "description": "这一行或这一对的关系图"}},
)
def picture(done: Done, key: str) -> Response:
    """The network of one entry."""
    drawn = done.picture(key)
    if not drawn:
        raise GoneError(key[:20])
    return Response(drawn, media_type="image/svg+xml")


@router.get(
    "/jobs/{job}/download",
    response_class=Response,
    responses={200: {"content": {media: {} for media in MEDIA.values()}, "description": "结果文件"}},
)
def download(job: OwnJob, done: Done, format: Annotated[Format, Query(description="文件格式")] = "xlsx") -> Response:
    """The whole result as a file."""
    name = f"xinmai-{job.kind}-{job.about['as_of']}.{format}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    with _turn():
        content = done.file(format, job.id)
    return Response(content, media_type=MEDIA[format], headers=disposition)


@contextmanager
def _turn() -> Iterator[None]:
    """One file is written at a time, few wait: whoever waits holds a thread that everything else needs too."""
    if not _QUEUE.acquire(blocking=False):
        raise HTTPException(503, BUSY)
    try:
        if not _WRITING.acquire(timeout=WAIT):
            raise HTTPException(503, BUSY)
        try:
            yield
        finally:
            _WRITING.release()
    finally:
        _QUEUE.release()


def _list(kept: Kept, mapping: dict[str, str] | None) -> Kept:
    """A list that can be read with this mapping. Raises InputError."""
    if kept.look is None:
        raise InputError("这不是名单", value=kept.name, remedy="上传 .xlsx 或 .csv 名单")
    if mapping is None and kept.look.sheet is None:
        raise InputError("认不出各列的含义", file=kept.name, remedy="指定名称或号码所在的列")
    if mapping is not None:
        settled({column.index: column.field for column in kept.look.columns if column.field}, mapping)
    return kept

"""The HTTP service: a factory that opens the store at start, a router a topic, one table of errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.access import SECURITY, Access, Door
from api.failures import document
from api.jobs.room import Room
from api.parser import own_version
from api.routes import (
    basis,
    drawing,
    health,
    identity,
    investigations,
    jobs,
    law,
    metrics,
    network,
    ownership,
    pages,
    policy,
    questions,
    report,
    sheets,
    subject,
    suggest,
)
from graph.errors import InputError, NotFoundError, QueryTimeoutError, StoreError, XinmaiError
from graph.store import open_store
from queries.search.keeping import Search

TOPICS = (
    health,
    suggest,
    subject,
    network,
    questions,
    law,
    ownership,
    identity,
    drawing,
    report,
    investigations,
    sheets,
    jobs,
    policy,
    basis,
    metrics,
    pages,
)
DESCRIPTION = "谁被列入，经由哪些关系、依据哪些记录、在哪一天，接近谁。关联提示不构成失信惩戒依据。"
# The first that fits; an ambiguous name is a 409 with its candidates.
STATUS: tuple[tuple[type[XinmaiError], int], ...] = (
    (InputError, 400),
    (NotFoundError, 404),
    (QueryTimeoutError, 504),
    (StoreError, 503),
    (XinmaiError, 500),
)


def create_app(store: str | None = None, *, access: Access) -> FastAPI:
    """The service over one store: a directory, a neo4j:// or bolt:// URL, or (None) XINMAI_DB."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.store = await run_in_threadpool(open_store, store)
        app.state.search = await run_in_threadpool(Search.started, app.state.store)
        room = await run_in_threadpool(Room.open)
        app.state.sheets, app.state.jobs = room.sheets, room.jobs
        try:
            yield
        finally:
            await run_in_threadpool(room.close)
            await run_in_threadpool(app.state.search.close)
            await run_in_threadpool(app.state.store.close)

    # No /docs pages: they would fetch their scripts from elsewhere.
    app = FastAPI(
        title="信脉 Xinmai",
        description=DESCRIPTION,
        version=own_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(Door, access=access)
    for topic in TOPICS:
        app.include_router(topic.router)
    app.mount("/static", StaticFiles(directory=str(files("api").joinpath("static"))))
    app.mount("/vendor", StaticFiles(directory=str(files("viz").joinpath("vendor"))))
    _answer_errors(app)
    return app


def status_of(error: XinmaiError) -> int:
    """The HTTP status an error is answered with."""
    if isinstance(error, NotFoundError) and error.candidates:
        return 409
    return next(status for kind, status in STATUS if isinstance(error, kind))


def _answer_errors(app: FastAPI) -> None:
    @app.exception_handler(XinmaiError)
    def ours(_: Request, error: XinmaiError) -> JSONResponse:
        return JSONResponse(document(error), status_of(error))

    @app.exception_handler(RequestValidationError)
    def unreadable(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        told = InputError(f"参数 {where} 无效：{first['msg']}", value=str(first.get("input", ""))[:80])
        return JSONResponse(document(told), 400)

    @app.exception_handler(HTTPException)
    def http(_: Request, error: HTTPException) -> JSONResponse:
        return JSONResponse(document(XinmaiError(str(error.detail))), error.status_code)

    @app.exception_handler(Exception)
    def unforeseen(_: Request, error: Exception) -> JSONResponse:
        # Answered outside the door, so the headers are put on here; details stay in the log.
        return JSONResponse(document(XinmaiError("内部错误，详情见服务日志")), 500, headers=SECURITY)

"""The HTTP service: a factory that opens the store at start, a router a topic, one table of errors."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.concurrency import run_in_threadpool

from api.access import Access, Door
from api.description import Service
from api.faults import answer_errors
from api.jobs.room import Room
from api.limits import Bounds, Crowd, Gate
from api.metrics import Meter, Metrics
from api.parser import own_version
from api.routes import (
    basis,
    drawing,
    health,
    identity,
    investigations,
    jobs,
    law,
    lists,
    metrics,
    network,
    ownership,
    pages,
    policy,
    questions,
    report,
    sheets,
    snapshot,
    subject,
    suggest,
)
from graph.store import open_store
from queries.engine import Engine
from queries.keeping_snapshot import Snapshots
from queries.ownership.keeping import Grounds
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
    lists,
    snapshot,
    metrics,
    pages,
)
DESCRIPTION = "谁被列入，经由哪些关系、依据哪些记录、在哪一天，接近谁。关联提示不构成失信惩戒依据。"


def create_app(store: str | None = None, *, access: Access, engine: Engine = Engine.AUTO) -> FastAPI:
    """The service over one store: a directory, a neo4j:// or bolt:// URL, or (None) XINMAI_DB.

    With any `engine` but Cypher a snapshot of the graph is kept in the background, and asked while it is current.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.store = await run_in_threadpool(open_store, store)
        app.state.grounds = Grounds(app.state.store)
        app.state.search = await run_in_threadpool(Search.started, app.state.store)
        if engine is not Engine.CYPHER:
            app.state.snapshots = await run_in_threadpool(Snapshots.started, app.state.store)
        room = await run_in_threadpool(Room.open)
        app.state.sheets, app.state.jobs = room.sheets, room.jobs
        try:
            yield
        finally:
            await run_in_threadpool(room.close)
            if engine is not Engine.CYPHER:
                await run_in_threadpool(app.state.snapshots.close)
            await run_in_threadpool(app.state.search.close)
            app.state.grounds.close()
            await run_in_threadpool(app.state.store.close)

    # No /docs pages: they would fetch their scripts from elsewhere.
    app = Service(
        title="信脉 Xinmai",
        description=DESCRIPTION,
        version=own_version(),
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    crowd = Crowd()
    app.state.metrics = Metrics(lambda: _gauges(app, crowd))
    # From the inside out: what is added last sees a request first.
    app.add_middleware(Gate, crowd=crowd)
    app.add_middleware(Bounds)
    app.add_middleware(Door, access=access)
    app.add_middleware(Meter, metrics=app.state.metrics)
    for topic in TOPICS:
        app.include_router(topic.router)
    app.mount("/static", StaticFiles(directory=str(files("api").joinpath("static"))))
    app.mount("/vendor", StaticFiles(directory=str(files("viz").joinpath("vendor"))))
    answer_errors(app)
    return app


def _gauges(app: FastAPI, crowd: Crowd) -> dict[str, tuple[str, float]]:
    """What the service holds now, for /metrics; nothing before it has started."""
    state = app.state
    found = {
        "heavy_inside": ("Heavy questions worked on", float(crowd.inside)),
        "heavy_waiting": ("Heavy questions waiting for their turn", float(crowd.waiting)),
        "heavy_refused": ("Heavy questions turned away since the start", float(crowd.refused)),
    }
    if hasattr(state, "grounds"):
        found["grounds"] = ("Days of ownership kept in memory", float(state.grounds.days))
    if hasattr(state, "search"):
        found["search_ready"] = (
            "Whether the search index is of the present graph",
            float(state.search.state == "ready"),
        )
    if hasattr(state, "snapshots"):
        found["snapshot_ready"] = (
            "Whether the graph snapshot is of the present graph",
            float(state.snapshots.state == "ready"),
        )
        found["snapshot_building"] = (
            "Whether a graph snapshot is being made",
            float(state.snapshots.state == "building"),
        )
    if hasattr(state, "jobs"):
        found["jobs_running"] = ("Jobs not over yet", float(state.jobs.running))
    return found

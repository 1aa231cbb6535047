"""Whether questions are answered from a snapshot of the graph, and of when it is."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.out_basis import FAILURES, SnapshotState
from api.routes.asking import OpenStore
from queries.engine import snapshot_for

router = APIRouter(prefix="/api", tags=["health"], responses=FAILURES)


@router.get("/snapshot")
def snapshot(request: Request, store: OpenStore) -> SnapshotState:
    """The snapshot the service keeps of the graph: answers come from it while it is ready, else from the store."""
    keeping = getattr(request.app.state, "snapshots", None)
    if keeping is None:
        return SnapshotState(snapshot="none", built_at=None, subjects=0, relations=0)
    held, state = store.snapshot, keeping.state
    if state == "ready" and snapshot_for(store) is None:
        state = "stale"  # since the last look
    return SnapshotState(
        snapshot=state,
        built_at=held.built_at if held else None,
        subjects=held.subjects.count if held else 0,
        relations=held.relations.count if held else 0,
    )

"""Is the process alive, can it answer: for whoever watches it. Open to all, and silent on the data."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.out_basis import Health
from api.routes.asking import store_of
from graph.store import Store
from queries.sources import loaded

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> Health:
    """The process runs."""
    return Health(status="ok")


@router.get("/readyz")
def readyz(store: Annotated[Store, Depends(store_of)]) -> Health:
    """The store answers too; 503 when it does not."""
    loaded(store)
    return Health(status="ok")

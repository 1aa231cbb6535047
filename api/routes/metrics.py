"""Counts and times of the service, for whoever watches it."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Depends, Request, Response

from api.metrics import Metrics
from api.out_basis import FAILURES
from api.routes.asking import caller

router = APIRouter(tags=["health"], responses=FAILURES, dependencies=[Depends(caller)])


async def metrics_of(request: Request) -> Metrics:
    """The registry of this app."""
    return cast(Metrics, request.app.state.metrics)


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {}}, "description": "Prometheus text format"}},
)
def metrics(counted: Annotated[Metrics, Depends(metrics_of)]) -> Response:
    """Requests by route, method and status, their times, and what the service holds now; in Prometheus' format."""
    text, kind = counted.text()
    return Response(text, media_type=kind)

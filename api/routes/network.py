"""The network around a subject, piece by piece: expand, view."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["network"], responses=FAILURES)

"""Where cards stand, and what is taken away of a picture."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["drawing"], responses=FAILURES)

"""Named investigations: views saved in the store."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["investigations"], responses=FAILURES)

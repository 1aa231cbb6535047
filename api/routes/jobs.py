"""Long work: started, watched, cancelled, downloaded."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["jobs"], responses=FAILURES)

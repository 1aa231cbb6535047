"""What the law attaches to a subject, and why a rule did or did not fire."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["law"], responses=FAILURES)

"""The rules, scenarios and regimes that answers rest on."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["basis"], responses=FAILURES)

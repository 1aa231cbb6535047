"""Suggestions while a name is typed."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["search"], responses=FAILURES)

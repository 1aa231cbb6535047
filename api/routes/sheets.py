"""Uploaded lists: what is in them, which columns mean what."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["sheets"], responses=FAILURES)

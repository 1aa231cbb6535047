"""Decisions whether two subjects are the same: read, made, undone."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["identity"], responses=FAILURES)

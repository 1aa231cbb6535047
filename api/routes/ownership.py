"""Owners, holdings, control; related parties; groups."""

from __future__ import annotations

from fastapi import APIRouter

from api.out_basis import FAILURES

router = APIRouter(prefix="/api", tags=["ownership"], responses=FAILURES)

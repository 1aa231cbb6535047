"""Counts and times of the service, for whoever watches it."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter(tags=["health"])

"""The start page."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)


@router.get("/")
def start() -> HTMLResponse:
    """One search box and what it finds; static, all data come from the API."""
    return HTMLResponse(files("api").joinpath("static", "start.html").read_text(encoding="utf-8"))

"""The pages: static files whose data all come from the API."""

from __future__ import annotations

from importlib.resources import files

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)


def _page(name: str) -> HTMLResponse:
    return HTMLResponse(files("api").joinpath("static", f"{name}.html").read_text(encoding="utf-8"))


@router.get("/")
def explorer() -> HTMLResponse:
    """The explorer: search, expand, evidence, paths."""
    return _page("index")


@router.get("/screening")
def screening() -> HTMLResponse:
    """Screening a list of applicants."""
    return _page("screening")


@router.get("/bidders")
def bidders() -> HTMLResponse:
    """Comparing the bidders of a lot."""
    return _page("bidders")


@router.get("/basis")
def basis() -> HTMLResponse:
    """What the answers rest on."""
    return _page("basis")

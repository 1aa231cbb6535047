"""The outputs of a comparison of bidders, by the ending of the file: .json, .xlsx or .html."""

from __future__ import annotations

from pathlib import Path

from viz import typeset, writing
from viz.bidders_book import workbook
from viz.bidders_page import page
from viz.bidders_paper import paper
from viz.bidders_words import Json


def write(answer: Json, path: Path) -> None:
    """Write the comparison to `path`. Raises InputError for another ending or a place that cannot be written."""
    writing.write(answer, path, _WRITERS)


def check(path: Path) -> None:
    """Raise InputError unless `write` knows the ending and the folder exists."""
    writing.check(path, _WRITERS)


def made(document: Json, ending: str) -> bytes:
    """The comparison as bytes in one of these formats; `ending` with its dot (`.xlsx`)."""
    return writing.joined(_WRITERS[ending](document))


def as_html(answer: Json) -> bytes:
    """The comparison as one HTML page."""
    return page(answer).encode()


def as_pdf(answer: Json, job: str = "") -> bytes:
    """The comparison typeset; `job`: what names it on every page. Raises InputError without a Chinese font."""
    return typeset.pdf(paper(answer, job))


_WRITERS: writing.Writers = {".json": writing.as_json, ".html": as_html, ".xlsx": workbook}

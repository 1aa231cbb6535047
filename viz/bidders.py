"""The outputs of a comparison of bidders, by the ending of the file: .json, .xlsx or .html."""

from __future__ import annotations

from pathlib import Path

from viz import writing
from viz.bidders_book import workbook
from viz.bidders_page import page
from viz.bidders_words import Json


def write(answer: Json, path: Path) -> None:
    """Write the comparison to `path`. Raises InputError for another ending or a place that cannot be written."""
    writing.write(answer, path, _WRITERS)


def check(path: Path) -> None:
    """Raise InputError unless `write` knows the ending and the folder exists."""
    writing.check(path, _WRITERS)


def as_html(answer: Json) -> bytes:
    """The comparison as one HTML page."""
    return page(answer).encode()


_WRITERS: writing.Writers = {".json": writing.as_json, ".html": as_html, ".xlsx": workbook}

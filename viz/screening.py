"""The outputs of a screening, by the ending of the file: .json, .xlsx or .html.

Takes the JSON of `screen`, new or read back from a file, and writes whole files or none.
"""

from __future__ import annotations

from pathlib import Path

from viz import typeset, writing
from viz.screening_book import workbook
from viz.screening_page import page
from viz.screening_paper import paper
from viz.screening_words import Json


def write(screening: Json, path: Path) -> None:
    """Write the screening to `path`. Raises InputError for another ending or a place that cannot be written."""
    writing.write(screening, path, _WRITERS)


def check(path: Path) -> None:
    """Raise InputError unless `write` knows the ending and the folder exists: asked before hours of work."""
    writing.check(path, _WRITERS)


def made(document: Json, ending: str) -> bytes:
    """The screening as bytes in one of these formats; `ending` with its dot (`.xlsx`)."""
    return writing.joined(_WRITERS[ending](document))


def as_html(screening: Json) -> bytes:
    """The screening as one HTML page."""
    return page(screening).encode()


def as_pdf(screening: Json, job: str = "") -> bytes:
    """The screening typeset; `job`: what names it on every page. Raises InputError without a Chinese font."""
    return typeset.pdf(paper(screening, job))


_WRITERS: writing.Writers = {".json": writing.as_json, ".html": as_html, ".xlsx": workbook}

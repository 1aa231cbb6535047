"""A comparison of bidders from sheet to document: what the command and the service do alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.inputs import spared
from api.progress import Tell
from graph.store import Store
from loaders.sheet import read_sheet
from queries.applicants import applicant
from queries.bidders.compare import compare
from queries.bidders.laws import law
from queries.model import Json
from viz import bidders


@dataclass(frozen=True, slots=True)
class Request:
    """What to compare: the sheet, under which law, on which day, written to which files.

    `name_column`: title or letter of the names' column where it is not recognised. `mapping`: what columns mean, by
    letter. `word`: what progress is called.
    """

    file: Path
    as_of: str
    law: str
    outputs: Sequence[Path] = ()
    name_column: str | None = None
    mapping: Mapping[str, str] | None = None
    word: str = "比对"


def check(request: Request) -> None:
    """Raise InputError for what can be known to fail before any work."""
    for path in request.outputs:
        bidders.check(path)
    spared([request.file], request.outputs)
    law(request.law)


def run(store: Store, request: Request, tell: Tell) -> Json:
    """Compare the bidders of the sheet, write the outputs, and return the document."""
    check(request)
    sheet = read_sheet(request.file, request.name_column, request.mapping)
    rows = [applicant(row.row, row.fields, row.notes) for row in sheet.rows]
    asked = law(request.law)
    done = compare(store, rows, asked, lambda n, of: tell(request.word, n, of), as_of=request.as_of)
    document = done.to_json([(r.line, r.reason) for r in sheet.rejected], sheet.warnings)
    for path in request.outputs:
        bidders.write(document, path)
    return document

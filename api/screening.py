"""A screening from sheet to document: what the command, the demo and the service do alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.inputs import spared
from api.progress import Tell
from graph.store import Store
from loaders.sheet import read_sheet
from queries.applicants import applicant
from queries.model import Json
from queries.question import Asked
from queries.scenarios import scenario
from queries.screen import screen
from queries.since_last import compare, earlier
from viz import screening


@dataclass(frozen=True, slots=True)
class Request:
    """What to screen: the sheet, for which scenario, on which day, written to which files.

    `profiles`: a site's own scenarios. `replay`: of a past day, also what has ended by today. `name_column`: title
    or letter of the names' column where it is not recognised. `mapping`: what columns mean, by letter. `since_last`:
    JSON of an earlier screening to compare with.
    """

    file: Path
    as_of: str
    outputs: Sequence[Path] = ()
    scenario: str = "general"
    name_column: str | None = None
    since_last: Path | None = None
    profiles: Path | None = None
    replay: bool = False
    mapping: Mapping[str, str] | None = None


def run(store: Store, request: Request, tell: Tell) -> Json:
    """Screen the sheet, write the outputs, and return the document. Raises InputError before any long work."""
    for path in request.outputs:
        screening.check(path)
    spared((request.file, request.since_last, request.profiles), request.outputs)
    profile = scenario(request.scenario, request.profiles)
    before = earlier(request.since_last) if request.since_last else None
    tell("读取表格", 0, None)
    sheet = read_sheet(request.file, request.name_column, request.mapping)
    applicants = [applicant(row.row, row.fields, row.notes) for row in sheet.rows]
    asked: Asked = {"as_of": request.as_of, "replay": request.replay}
    done = screen(store, applicants, profile, asked, tell)
    document = done.to_json([(r.line, r.reason) for r in sheet.rejected], sheet.warnings)
    if before is not None and request.since_last is not None:
        document = compare(document, before, request.since_last.name)
    tell("写出结果", 0, None)
    for path in request.outputs:
        screening.write(document, path)
    return document

"""The graph package: a directory of UTF-8 CSV files in the words of the graph itself.

Any subset of the files will do, their columns in any order; columns left out are empty, unknown ones are
reported and not read. Values are handed on as written: the load checks them, row by row. A package names its
own evidence in `record`; a further column `at` then says where the row itself stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from loaders.assemble import combined
from loaders.blocks import read_blocks
from loaders.columns import mapped
from loaders.facts import TABLES, Facts, table
from loaders.readers import Layout, Sheet, read_sheets

# Without these a row of the table says nothing at all.
_REQUIRED: dict[str, tuple[str, ...]] = {
    "subjects": ("id", "kind", "name"),
    "relations": ("source", "target", "type"),
    "listings": ("id", "subject", "list", "basis"),
    "listing_names": ("listing",),
    "events": ("listing", "state", "on"),
    "exemptions": ("listing", "subject", "kind"),
    "contacts": ("subject", "kind", "value"),
}
LAYOUTS: tuple[Layout, ...] = tuple(
    Layout(name, (f"{name}.csv",), _REQUIRED[name], encodings=("utf-8",)) for name in TABLES
)


def read(paths: Sequence[Path], snapshot: str) -> Facts:
    """Facts of the files of one package. `snapshot` fills `seen_on` of relations that do not give it.

    Raises InputError for an empty file, one that is not UTF-8, or one without the columns its table needs.
    """
    sheets = read_sheets(paths, LAYOUTS, read_blocks)
    facts = combined(_facts(name, sheet) for name, found in sheets.items() for sheet in found)
    if snapshot and len(facts.relations):
        seen_on = facts.relations["seen_on"]
        facts.relations["seen_on"] = mapped(seen_on, lambda day: day or snapshot)
    return facts


def _facts(name: str, sheet: Sheet) -> Facts:
    known = {*TABLES[name], "record"}
    unknown = [column for column in sheet.frame.columns if column not in known]
    warnings = [f"{sheet.file}：不认识的列未读取：{'、'.join(unknown)}"] if unknown else []
    rows = table(name, sheet.frame.drop(columns=unknown))
    if "record" in TABLES[name] and sheet.places is not None:
        rows = rows.assign(at=sheet.places)
    return Facts(**{name: rows}, rejected=sheet.rejected, warnings=warnings)

"""Tables made into the bytes of files, in the columns, encodings and line ends of `layouts.yaml`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

Row = Mapping[str, object]

# plain; saved from a spreadsheet; exported from an old database
_STYLES = {"plain": ("utf-8", "\n"), "excel": ("utf-8-sig", "\r\n"), "old": ("gb18030", "\r\n")}


@cache
def layouts() -> dict[str, dict[str, dict[str, Any]]]:
    """Part of the city (registry, credit) -> file -> style, columns and, for credit, lists."""
    file = Path(__file__).parent.parent / "layouts.yaml"
    parts: dict[str, dict[str, dict[str, Any]]] = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
    return parts


def laid_out(part: str, name: str, rows: Iterable[Row]) -> bytes:
    """One CSV file in its layout: rows by title (registry) or by field of the card (credit)."""
    layout = layouts()[part][name]
    columns = layout["columns"]
    fields = columns if isinstance(columns, list) else list(columns.values())
    table = [[_value(row, field) for field in fields] for row in rows]
    return csv_bytes(list(columns), table, layout["style"])


def _value(row: Row, field: str) -> object:
    return field.strip("「」") if field.startswith("「") else row.get(field, "")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]], style: str = "plain") -> bytes:
    """One CSV file; None and "" are empty cells, whole floats lose their .0."""
    encoding, newline = _STYLES[style]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator=newline)
    writer.writerow(header)
    writer.writerows([_cell(c) for c in row] for row in rows)
    return text.getvalue().encode(encoding)


def _cell(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value

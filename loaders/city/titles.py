"""Layouts of credit files and what their columns are called (`credit.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import yaml

from graph.vocabulary import list_types
from loaders.readers import Layout


@dataclass(frozen=True, slots=True)
class Columns:
    """How rows of one layout are read.

    `code`: the list all rows belong to, or "" where the field `code_field` tells it; then `codes` is value of
    that field -> list code, "" for values that are no list. `titles`: field -> titles it may stand under.
    """

    code: str
    code_field: str
    codes: dict[str, str]
    titles: dict[str, tuple[str, ...]]

    def fields(self, row: dict[str, str]) -> dict[str, str]:
        """The row by field: the first title that has a value counts, "" where none has."""
        return {field: next((row[t] for t in titles if row.get(t)), "") for field, titles in self.titles.items()}

    def has(self, field: str, header: set[str]) -> bool:
        """Whether a file with this header has a column for the field."""
        return not header.isdisjoint(self.titles.get(field, ()))


def _columns(layout: dict[str, object], common: dict[str, list[str]]) -> Columns:
    own = layout["fields"]
    assert isinstance(own, dict)  # credit.yaml is ours
    codes = layout.get("codes") or {known.name: code for code, known in list_types().items()}
    assert isinstance(codes, dict)
    return Columns(
        code=str(layout.get("list", "")),
        code_field=str(layout.get("field", "")),
        codes={str(value): code for value, code in codes.items()},
        titles={field: tuple(titles) for field, titles in (common | own).items()},
    )


_RAW = yaml.safe_load(files("loaders").joinpath("city", "credit.yaml").read_text(encoding="utf-8"))
LAYOUTS: tuple[Layout, ...] = tuple(
    Layout(key, (layout["file"],), tuple(layout["columns"])) for key, layout in _RAW["layouts"].items()
)
COLUMNS: dict[str, Columns] = {key: _columns(layout, _RAW["common"]) for key, layout in _RAW["layouts"].items()}

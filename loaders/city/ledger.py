"""What the files of one load said, row by row, until it becomes tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from loaders.assemble import counted
from loaders.city.parties import Party
from loaders.facts import Facts, Rejection, table
from loaders.readers import Sheet

Row = dict[str, str]


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """The rows of a file by title, each with its `record`."""
    titles = [str(title) for title in sheet.frame.columns]
    for values in sheet.frame.itertuples(index=False, name=None):
        yield dict(zip(titles, values, strict=True))


@dataclass(slots=True)
class Ledger:
    """Rows of the tables of the package, rejections, and counts that become warnings."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    rejected: list[Rejection] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    noted: dict[str, list[str]] = field(default_factory=dict)  # what -> records it is true of

    def add(self, name: str, row: Row, record: str) -> None:
        """One row of a table of the package."""
        self.rows.setdefault(name, []).append(row | {"record": record})

    def meet(self, someone: Party, record: str) -> str:
        """A subject of a row; its id."""
        self.add("subjects", someone.row, record)
        return someone.id

    def reject(self, row: Row, why: str) -> None:
        """A row that is not loaded, and why."""
        file, _, line = row["record"].rpartition(":")
        shown = "|".join(value for title, value in row.items() if title != "record")
        self.rejected.append(Rejection(file, int(line), why, shown[:200]))

    def note(self, what: str, record: str) -> None:
        """Something worth a warning is true of this record."""
        self.noted.setdefault(what, []).append(record)

    def facts(self) -> Facts:
        """The tables; of several rows for one subject the first stays."""
        made = {name: table(name, rows) for name, rows in self.rows.items()}
        if "subjects" in made:
            made["subjects"] = made["subjects"].drop_duplicates("id", ignore_index=True)
        notes = [w for what, records in self.noted.items() for w in counted(pd.Series(records), what)]
        return Facts(**made, rejected=self.rejected, warnings=self.warnings + notes)

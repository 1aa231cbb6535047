"""Tables of a graph package written as they are made, CSV or Parquet."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv, parquet

# What the files have of the package's columns.
COLUMNS = {
    "subjects": ("id", "kind", "form", "name", "uscc", "id_type", "id_number", "established"),
    "relations": ("source", "target", "type", "ratio", "since", "until", "record"),
    "listings": (
        "id", "subject", "list", "authority", "basis", "ground", "tier", "listed_on", "removed_on", "state", "record",
    ),
}  # fmt: skip
_FIRST, _LAST = np.datetime64("1990-01-01"), np.datetime64("2040-01-01")
_DAYS = pa.array(np.datetime_as_string(np.arange(_FIRST, _LAST), unit="D").tolist())


def dates(days: np.ndarray) -> pa.Array:
    """Days of the calendar as YYYY-MM-DD, nothing for NaT."""
    missing = np.isnat(days)
    places = (np.where(missing, _FIRST, days) - _FIRST).astype(np.int64)
    return _DAYS.take(pa.array(places, mask=missing))


def numbered(word: str, first: int, count: int) -> pa.Array:
    """word1, word2, … from `first` on."""
    numbers = pa.array(np.arange(first, first + count)).cast(pa.string())
    return pc.binary_join_element_wise(word, numbers, "")


class _Both:
    """A writer and the file below it."""

    def __init__(self, writer: Any, file: BinaryIO) -> None:
        self._writer, self._file = writer, file

    def write_table(self, table: pa.Table) -> None:
        self._writer.write_table(table)

    def close(self) -> None:
        self._writer.close()
        self._file.close()


class Tables:
    """The files of one package, open for writing; columns a table has not are empty in its rows."""

    def __init__(self, folder: Path, form: str) -> None:
        """`form`: csv or parquet."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._form = folder, form
        self._writers: dict[str, Any] = {}

    def add(self, name: str, table: pa.Table) -> None:
        """Append rows to the file of that table."""
        rows = len(table)
        known = set(table.column_names)
        columns = [table[c] if c in known else pa.nulls(rows, pa.string()) for c in COLUMNS[name]]
        schema = pa.schema([(c, pa.string()) for c in COLUMNS[name]])
        if name not in self._writers:
            self._writers[name] = self._open(name, schema)
        self._writers[name].write_table(pa.table(columns, names=list(COLUMNS[name])).cast(schema))

    def _open(self, name: str, schema: pa.Schema) -> Any:
        path = self._folder / f"{name}.{self._form}"
        if self._form == "parquet":
            return parquet.ParquetWriter(path, schema)
        file = path.open("wb")
        file.write(",".join(schema.names).encode() + b"\n")
        # Without quotes: a value that needed them would be an error, and none does.
        options = csv.WriteOptions(include_header=False, quoting_style="none")
        return _Both(csv.CSVWriter(file, schema, write_options=options), file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for writer in self._writers.values():
            writer.close()

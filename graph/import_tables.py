"""CSV as Neo4j's offline import reads it: header files with types, data files in which every text is quoted.

An unquoted empty field is a property that is not there; a quoted one is an empty text. Rows of one label or type go
into one data file as long as its columns fit; a property met later, or with another type, begins the next file.
The import knows no empty list: such a property is left out, which everything here reads the same.
"""

from __future__ import annotations

import math
import os
import re
from pathlib import Path
from typing import IO, Any

from graph.errors import StoreError

# Between the members of a list: a control character that no text of ours holds.
LIST_MARK = "\x1f"
FIRST = 5_000  # rows seen before the columns of the first file are settled
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_KINDS: dict[type, str] = {bool: "boolean", int: "long", float: "double", str: "string"}
Row = tuple[tuple[str, ...], dict[str, Any]]  # the fields that lead it, its properties


class Table:
    """The files of one label or relation type. `lead`: the header fields before the properties."""

    def __init__(self, folder: Path, name: str, lead: tuple[str, ...]) -> None:
        self.multiline = False
        self.rows = 0
        self._folder, self._name, self._lead = folder, name, lead
        self._parts: list[_Part] = []
        self._waiting: list[Row] | None = []

    def add(self, fields: tuple[str, ...], properties: dict[str, Any]) -> None:
        """One row. Raises StoreError for a value the files cannot hold."""
        self.rows += 1
        if self._waiting is None:
            self._place(fields, properties)
            return
        self._waiting.append((fields, properties))
        if len(self._waiting) == FIRST:
            self._settle()

    def close(self) -> list[tuple[Path, Path]]:
        """Write what waits and end the files; (header, data) of each part."""
        if self._waiting is not None:
            self._settle()
        for part in self._parts:
            part.file.close()
        self.multiline = any(part.multiline for part in self._parts)
        return [(part.header, part.data) for part in self._parts]

    def drop(self) -> None:
        """Take the files away again."""
        for part in self._parts:
            part.file.close()
            part.header.unlink(missing_ok=True)
            part.data.unlink(missing_ok=True)

    def _settle(self) -> None:
        waiting, self._waiting = self._waiting or [], None
        columns: dict[str, str] = {}
        for _, properties in waiting:
            for name, kind in _kinds(properties).items():
                columns.setdefault(name, kind)
        if waiting:
            self._open(columns)
        for fields, properties in waiting:
            self._place(fields, properties)

    def _place(self, fields: tuple[str, ...], properties: dict[str, Any]) -> None:
        kinds = _kinds(properties)
        part = next((part for part in self._parts if part.fits(kinds)), None)
        (part or self._open({**self._parts[-1].columns, **kinds})).write(fields, properties)

    def _open(self, columns: dict[str, str]) -> _Part:
        stem = f"{self._name}-{len(self._parts) + 1}"
        ordered = {name: columns[name] for name in sorted(columns)}
        header = [*self._lead, *(f"{name}:{kind}" for name, kind in ordered.items())]
        self._parts.append(_Part(self._folder, stem, header, ordered))
        return self._parts[-1]


class _Part:
    """One header file and its data."""

    def __init__(self, folder: Path, stem: str, header: list[str], columns: dict[str, str]) -> None:
        self.header, self.data = folder / f"{stem}-header.csv", folder / f"{stem}.csv"
        self.columns = columns
        self.multiline = False
        with private(self.header) as file:
            file.write(",".join(header) + "\n")
        self.file = private(self.data)

    def fits(self, kinds: dict[str, str]) -> bool:
        return all(self.columns.get(name) == kind for name, kind in kinds.items())

    def write(self, fields: tuple[str, ...], properties: dict[str, Any]) -> None:
        cells = [*map(_text, fields), *(_cell(properties.get(name)) for name in self.columns)]
        line = ",".join(cells)
        self.multiline = self.multiline or "\n" in line or "\r" in line
        self.file.write(line + "\n")


def private(path: Path) -> IO[str]:
    """A new file only its owner can read. Raises FileExistsError."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8", newline="")


def _kinds(properties: dict[str, Any]) -> dict[str, str]:
    return {name: _kind(name, value) for name, value in properties.items() if value is not None and value != []}


def _kind(name: str, value: Any) -> str:
    if not _NAME.fullmatch(name):
        raise StoreError(f"图中有不是信脉写入的属性名 {name!r}，无法导出。")
    if isinstance(value, list):
        kinds = {_kind(name, one) for one in value}
        if kinds == {"string"} and not any(LIST_MARK in one for one in value):
            return "string[]"
    elif (kind := _KINDS.get(type(value))) and (kind != "double" or math.isfinite(value)):
        return kind
    raise StoreError(f"图中有不是信脉写入的值（属性 {name}），无法导出。")


def _cell(value: Any) -> str:
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return _text(LIST_MARK.join(value))
    return _text(value) if isinstance(value, str) else repr(value)


def _text(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'

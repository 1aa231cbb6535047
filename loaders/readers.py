"""Delimited text files as tables: every row is either in the table or rejected with its line, never lost.

Lines are those of the physical file, so a record `file:line` can be found with any editor, also after fields
with line breaks in them. A quote that never closes costs its own line only: reading starts again on the next.
"""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

import pandas as pd

from graph.errors import InputError
from loaders.decoding import head_of, text_of
from loaders.facts import Rejection

MAX_ROW = 100_000  # characters; longer rows are rejected
MAX_LINES = 500  # physical lines one row may span
# Spellings of "no value", compared in lower case after stripping.
NULLS: frozenset[str] = frozenset(
    {"", "n/a", "#n/a", "nan", "null", "none", "nil", "\\n", "-0-", "-", "--", "—", "——", "/", '""', "''"}
    | {"无", "暂无", "空", "不详", "未填"}
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")
EDGES = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff\x1a\x7f"
_Row = tuple[int, list[str], str]  # line, fields, fault


@dataclass(frozen=True, slots=True)
class Layout:
    """One kind of file of a source: how it is called, what stands in it.

    `files`: patterns of file names. `columns`: those that must be there, and by which a renamed file is
    recognised. `names`: the columns by position, of a file without a header line. `quoted`: whether double
    quotes enclose fields.
    """

    key: str
    files: tuple[str, ...]
    columns: tuple[str, ...]
    delimiter: str = ","
    quoted: bool = True
    names: tuple[str, ...] = ()
    encodings: tuple[str, ...] = ("utf-8", "gb18030")

    @property
    def quoting(self) -> Literal[0, 3]:
        """The `csv` module's word for it."""
        return csv.QUOTE_MINIMAL if self.quoted else csv.QUOTE_NONE

    def is_named(self, path: Path) -> bool:
        """Whether the file bears one of the names of this layout."""
        return any(fnmatch(path.name, pattern) for pattern in self.files)

    def fits(self, first_line: str) -> bool:
        """Whether the first line of a file is a header of this layout, or a row of one without header."""
        cells = next(csv.reader([first_line], delimiter=self.delimiter, quoting=self.quoting), [])
        found = [cell.strip(EDGES) for cell in cells]
        if self.names:
            return len(found) == len(self.names) and any(cell in ("-0-", "\\N") for cell in found)
        return set(self.columns) <= set(found)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as read: `frame` has all its columns as text ("" for nulls) and `record`, the evidence: what the
    file itself gives in a column of that name, else `file:line`. `places`: `file:line` of every row; None where
    `record` says it already.
    """

    file: str
    frame: pd.DataFrame
    rejected: list[Rejection]
    places: Sequence[str] | pd.Series[str] | None


def layout_of(path: Path, layouts: Iterable[Layout]) -> Layout | None:
    """The layout whose header the file has, else the one whose name it bears, else None.

    So a renamed file is recognised, and one that bears a known name with another content is read and refused.
    """
    known = list(layouts)
    first = next((line for line in head_of(path).splitlines() if line.strip()), "")
    fitting = [layout for layout in known if first and layout.fits(first)]
    named = [layout for layout in known if layout.is_named(path)]
    return next(iter([*(x for x in fitting if x in named), *fitting, *named]), None)


def read_sheets(
    paths: Sequence[Path], layouts: Iterable[Layout], read: Callable[[Path, Layout, str], Sheet] | None = None
) -> dict[str, list[Sheet]]:
    """The files of a source by the key of their layout, every key present. `read`: another way to read one.

    Raises InputError for a file that fits none of the layouts, or cannot be read as the one it fits.
    """
    known = list(layouts)
    found: dict[str, list[Sheet]] = {layout.key: [] for layout in known}
    for path, name in file_names(paths).items():
        layout = layout_of(path, known)
        if layout is None:
            raise InputError("不是该来源的文件", file=name, remedy="检查文件名和表头")
        found[layout.key].append((read or read_sheet)(path, layout, name))
    return found


def file_names(paths: Sequence[Path]) -> dict[Path, str]:
    """What records call each file: its path from the parent of the directory that holds them all."""
    whole = {path: Path(os.path.abspath(path)) for path in paths}
    if not whole:
        return {}
    base = Path(os.path.commonpath([p.parent for p in whole.values()])).parent
    return {path: full.relative_to(base).as_posix() for path, full in whole.items()}


def read_sheet(path: Path, layout: Layout, name: str = "") -> Sheet:
    """The rows of one file. Raises InputError if it cannot be decoded or lacks columns of its layout."""
    name = name or file_names([path])[path]
    lines = _LINE.findall(text_of(path, name=name, encodings=layout.encodings))
    rows = _rows(lines, layout)
    header = list(layout.names) or header_of(next(rows, (1, [], "")), layout, name)
    good: list[list[str]] = []
    places: list[str] = []
    rejected: list[Rejection] = []
    for line, row, fault in rows:
        if why := fault or width_fault(row, len(header)):
            rejected.append(Rejection(name, line, why, layout.delimiter.join(row)[:200]))
        else:
            good.append(row[: len(header)])
            places.append(f"{name}:{line}")
    frame = pd.DataFrame(good, columns=header, dtype=object)
    frame = frame.apply(cleaned) if good else frame  # without rows, apply would make rows of the columns
    own = frame.get("record", pd.Series("", index=frame.index, dtype=object))
    frame = frame.assign(record=own.where(own != "", pd.Series(places, dtype=object)))
    return Sheet(name, frame, rejected, places)


def cleaned(column: Iterable[str]) -> list[str]:
    """The values without white space around them, every spelling of null as ""."""
    stripped = (value.strip(EDGES) for value in column)
    return ["" if value.lower() in NULLS else value for value in stripped]


def _rows(lines: list[str], layout: Layout) -> Iterator[_Row]:
    """Rows with the line each begins on; blank ones are skipped.

    A row the strict reader cannot take, or one over several lines with the wrong number of fields, gives up
    the single line it begins on; reading starts again on the next line.
    """
    width = len(layout.names)  # of the header, once seen
    begin = 0
    while begin < len(lines):
        given = (lines[i] for i in range(begin, len(lines)))
        reader = csv.reader(given, delimiter=layout.delimiter, quoting=layout.quoting, strict=True)
        first = begin
        try:
            for row in reader:
                after = begin + reader.line_num
                width = width or (0 if is_blank(row) else len(row))
                if after - first > 1 and (after - first > MAX_LINES or (width and width_fault(row, width))):
                    break
                if not is_blank(row):
                    yield first + 1, row, _length_fault(row)
                first = after
            else:
                return
        except csv.Error:
            pass  # told below, with the line it is about
        yield _single(lines[first], first + 1, layout)
        begin = first + 1


def row_at(lines: Iterator[str], layout: Layout, width: int) -> tuple[list[str], str, int]:
    """The row that begins on the next line: its fields, its fault, the lines it takes. As `_rows` reads it.

    `width`: fields of a row, 0 where not known yet.
    """
    taken: list[str] = []

    def given() -> Iterator[str]:
        for line in lines:
            taken.append(line)
            yield line

    try:
        row = next(csv.reader(given(), delimiter=layout.delimiter, quoting=layout.quoting, strict=True))
        if len(taken) == 1 or (len(taken) <= MAX_LINES and not width_fault(row, width or len(row))):
            return row, _length_fault(row), len(taken)
    except csv.Error:
        pass  # told below, with the line it is about
    _, row, fault = _single(taken[0], 1, layout)
    return row, fault, 1


def is_blank(row: list[str]) -> bool:
    """Whether a row has nothing but white space in it."""
    return not any(cell.strip(EDGES) for cell in row)


def _single(line: str, number: int, layout: Layout) -> _Row:
    """One physical line as a row by itself: loose quotes inside fields are forgiven, open ones are not."""
    try:
        row = next(csv.reader([line], delimiter=layout.delimiter, quoting=layout.quoting), [])
    except csv.Error:
        return number, [line[:200]], "字段过长"
    unbalanced = layout.quoted and line.count('"') % 2 == 1
    return number, row, "引号未闭合" if unbalanced else _length_fault(row)


def _length_fault(row: list[str]) -> str:
    return "行过长" if sum(map(len, row)) > MAX_ROW else ""


def width_fault(row: list[str], width: int) -> str:
    """What is wrong with the number of fields of a row, or ""."""
    if len(row) < width or any(cell.strip(EDGES) for cell in row[width:]):
        return f"列数不符：应为 {width} 列，实为 {len(row)} 列"
    return ""


def header_of(first: _Row, layout: Layout, file: str) -> list[str]:
    """The columns a header line names. Raises InputError where one is missing or there twice."""
    line, cells, _ = first
    found = [cell.strip(EDGES) for cell in cells]
    while found and not found[-1]:
        found.pop()
    missing = [column for column in layout.columns if column not in found]
    if missing:
        raise InputError(
            f"缺少列：{'、'.join(missing)}",
            file=file,
            line=line,
            value=layout.delimiter.join(found)[:80],
            remedy=f"表头应有：{'、'.join(layout.columns)}",
        )
    twice = [name for name, count in Counter(filter(None, found)).items() if count > 1]
    if twice:
        raise InputError(f"列名重复：{'、'.join(twice)}", file=file, line=line, remedy="删去或改名重复的列")
    return [name or f"#{position}" for position, name in enumerate(found, start=1)]

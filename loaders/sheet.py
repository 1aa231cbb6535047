"""A sheet of applicants or bidders, CSV or XLSX, read into rows of named fields.

Says what each column was taken for and what was left unread; a broken row is rejected with its reason and
never stops the rest. Nothing here looks at the graph, and nothing read here is ever stored in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from graph.errors import InputError
from graph.identifiers import identify
from graph.mask import scrub
from loaders.facts import Rejection
from loaders.sheet_cells import LOST_DIGITS, MAX_COLUMNS, Grid, read_grids
from loaders.sheet_header import IDENTITY, Header, assumed, guess, letter_of, mapped, names_people

MAX_ROWS = 100_000
MAX_CELL = 500  # characters; the longest registered names are near 120
SAMPLES, SAMPLED, MAX_SAMPLE = 3, 50, 60  # values shown of a column, rows they are taken from, characters of each
EXAMPLE = "（示例）"  # rows the template brings along start their name so
INSTRUCTIONS = "填写说明"  # the template's sheet of instructions is no data

_NAMES = re.compile(r"[、;；\n]+")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One subject asked about: row number in the file, fields that have a value, and notes on lost values.

    Fields are name, uscc, person_name, id_number, id_type, role_of, role, lot, consortium, household, account,
    phone, address, region; for roles, relation types with several names joined by "；" (`LEGAL_REP`) and their
    numbers (`LEGAL_REP_ID`); and like those preparer, agent, team. `notes` are sentences: title and reason.
    """

    row: int
    fields: Mapping[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file held: rows to screen, rows refused, and how it was understood.

    `columns` is (title, field) from left to right; `warnings` are sentences for the user, in Chinese.
    """

    file: str
    worksheet: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[SheetRow, ...]
    rejected: tuple[Rejection, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column as found: letter, title ("" without one), the field guessed ("" for none), first values as given."""

    index: int
    letter: str
    title: str
    field: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A file before its columns are settled: `header_row` None where the rows begin at once; `rows` below it; `sheet`
    as read by the guess, None where no header was known.
    """

    worksheet: str
    header_row: int | None
    columns: tuple[Column, ...]
    rows: int
    sheet: Sheet | None


def read_sheet(path: Path, name_column: str | None = None, mapping: Mapping[str, str] | None = None) -> Sheet:
    """Read a list of subjects: the first worksheet with a header row that is understood.

    `name_column` names the column of the subject's name by title or letter where guessing fails. `mapping` says what
    columns mean, by letter (`{"B": "uscc", "C": ""}`, "" for one not to be read); it also goes for a first worksheet
    without a known header. Raises InputError when the file cannot be read, has no known header, no rows, or more than
    MAX_ROWS, and where the mapping does not hold.
    """
    grid, header = _found(path, name_column)
    if grid is None or (header is None and not mapping):
        raise _no_header(path, grid, name_column)
    known = header or assumed([texts for _, texts in grid.rows])
    return _sheet(path, grid, mapped(known, mapping) if mapping else known)


def look(path: Path) -> Look:
    """What a file holds before anybody says what its columns mean. Raises InputError like `read_sheet`, but not for a
    header that is not known.
    """
    grid, header = _found(path, None)
    if grid is None:
        raise _no_header(path, None, None)
    known = header or assumed([texts for _, texts in grid.rows])
    sheet = _sheet(path, grid, known) if header else None
    body = [texts for _, texts in grid.rows[known.index + 1 :]]
    if not body:
        raise _no_rows(path, grid, known)
    width = min(MAX_COLUMNS, max(len(texts) for _, texts in grid.rows))
    columns = (_column(i, known, body[:SAMPLED]) for i in range(width))
    return Look(
        worksheet=grid.name,
        header_row=grid.rows[known.index][0] if known.index >= 0 else None,
        columns=tuple(column for column in columns if column.title or column.samples),
        rows=len(body),
        sheet=sheet,
    )


def _found(path: Path, name_column: str | None) -> tuple[Grid | None, Header | None]:
    """The first worksheet whose header is understood; else the first that holds anything, and no header."""
    first: Grid | None = None
    for grid in read_grids(path):
        if grid.name == INSTRUCTIONS or not grid.rows:
            continue
        first = first or grid
        header = guess([texts for _, texts in grid.rows], name_column)
        if header is not None:
            return grid, header
    return first, None


def _column(index: int, header: Header, body: Sequence[Sequence[str]]) -> Column:
    held = (texts[index] for texts in body if index < len(texts) and texts[index])
    samples = tuple(islice(dict.fromkeys(text[:MAX_SAMPLE] for text in held), SAMPLES))
    return Column(index, letter_of(index), header.titles.get(index, ""), header.columns.get(index, ""), samples)


def _no_header(path: Path, grid: Grid | None, name_column: str | None) -> InputError:
    if grid is None:
        return InputError("表格里没有内容", file=str(path), remedy="检查是否选错文件")
    number, texts = grid.rows[0]
    seen = "、".join(text for text in texts if text)
    asked = (
        f"没有名为“{name_column}”的列" if name_column else "认不出表头（如 企业名称、统一社会信用代码、姓名、身份证号）"
    )
    remedy = "用 --name-column 指出名称所在列的标题或列号（A、B…），或用 xinmai template screen 生成的表格填写"
    return InputError(asked, file=str(path), line=number, value=seen, remedy=remedy)


def _no_rows(path: Path, grid: Grid, header: Header) -> InputError:
    line = grid.rows[header.index][0]
    return InputError("表头下面没有数据行", file=str(path), line=line, remedy="填入要核查的主体")


def _sheet(path: Path, grid: Grid, header: Header) -> Sheet:
    body = grid.rows[header.index + 1 :]
    if not body:
        raise _no_rows(path, grid, header)
    if len(body) > MAX_ROWS:
        raise InputError(
            f"数据超过 {MAX_ROWS} 行", file=str(path), value=f"{len(body)} 行", remedy="拆成几个文件分别核查"
        )
    rows, rejected = [], []
    for number, texts in body:
        row = _row(number, texts, header, grid)
        reason = _refusal(row, texts, header)
        if reason:
            shown = "，".join(f"{header.titles[i]}={texts[i]}" for i in header.columns if i < len(texts) and texts[i])
            rejected.append(Rejection(path.name, number, reason, scrub(shown)[:200]))
        else:
            rows.append(row)
    columns = tuple((header.titles[i], header.columns[i]) for i in sorted(header.columns))
    return Sheet(path.name, grid.name, columns, tuple(rows), tuple(rejected), _warnings(grid, header))


def _warnings(grid: Grid, header: Header) -> tuple[str, ...]:
    found = []
    if header.ignored:
        found.append("未读取的列：" + "、".join(header.ignored))
    others = [name for name in grid.others if name != INSTRUCTIONS]
    if others:
        found.append(f"只读取了工作表“{grid.name}”，未读取：" + "、".join(others))
    return tuple(found)


def _row(number: int, texts: list[str], header: Header, grid: Grid) -> SheetRow:
    fields: dict[str, str] = {}
    notes: list[str] = []
    for column, field in header.columns.items():
        text = texts[column] if column < len(texts) else ""
        text = _NAMES.sub("；", text) if names_people(field) else " ".join(text.split())
        fault = grid.faults.get((number, column), "")
        if fault and (fault != LOST_DIGITS or _is_number(field)):
            notes.append(f"{header.titles[column]}：{fault}")
        elif text:
            # Several columns of one role (董事1, 董事2) make one list, and so do their numbers.
            fields[field] = f"{fields[field]}；{text}" if field in fields else text
    return SheetRow(number, _settle(fields), tuple(notes))


def _is_number(field: str) -> bool:
    return field in ("uscc", "number", "id_number", "account") or field.endswith("_ID")


def _settle(fields: dict[str, str]) -> dict[str, str]:
    """Put a number where it belongs: 证件号码 may head organisations' codes and people's IDs alike."""
    settled = {k: v for k, v in fields.items() if k != "number"}
    for field in ("number", "uscc", "id_number"):
        value = fields.get(field, "")
        code = identify(value) if value else None
        if code is None:
            kind = "id_number" if field == "id_number" or (field == "number" and "*" in value) else "uscc"
        else:
            kind = "uscc" if code.kind in ("uscc", "reg_no", "org_code") else "id_number"
        if value and (field == "number" or kind != field) and kind not in settled:
            settled.pop(field, None)
            settled[kind] = value
    return settled


def _refusal(row: SheetRow, texts: list[str], header: Header) -> str:
    """Why a row cannot be screened, or ""."""
    long = [header.titles[i] for i in header.columns if i < len(texts) and len(texts[i]) > MAX_CELL]
    if long:
        return f"内容超过 {MAX_CELL} 字：{'、'.join(long)}"
    if not IDENTITY & set(row.fields):
        return "没有名称或号码" + ("；" + "；".join(row.notes) if row.notes else "")
    if any(row.fields.get(field, "").startswith((EXAMPLE, "(示例)")) for field in ("name", "person_name")):
        return "示例行，未核查"
    return ""

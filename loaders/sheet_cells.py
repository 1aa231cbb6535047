"""The cells of a CSV or XLSX file as plain text, with what is wrong with single cells kept beside them.

Formulas are never evaluated: the value stored with them is read, and a formula without one is a fault. A
number too long for a spreadsheet's fifteen digits has lost its tail, so it is a fault too, never a guess.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from graph.errors import InputError
from loaders.decoding import decode

MAX_BYTES = 20_000_000
MAX_UNPACKED = 400_000_000  # an XLSX of 20 MB holds some 150 MB of XML; far more is a bomb
MAX_STRINGS = 100_000_000  # its texts, all held at once while it is read
MAX_SCANNED = 200_000  # rows looked at, blank ones included
MAX_COLUMNS = 200

LOST_DIGITS = "数字已被表格软件改成科学计数或舍入，末几位丢失，请将该列设为“文本”后重新填写"
NO_VALUE = "公式没有保存计算结果，请在表格软件中打开并保存后再试"
SHEET_DIGITS = 10**15  # the first number spreadsheets do not keep to the last digit

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d{2}")
_ERROR_VALUE = re.compile(r"#(REF|VALUE|NAME|DIV/0|NUM|NULL|N/A)[!?]?")
_NULLS = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空", "null", "none", "nan", "n/a", "na", "#n/a"})
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_FORMULA = re.compile(rb"<(\w+:)?f[ >/]")


@dataclass(slots=True)
class Grid:
    """One worksheet: rows not blank as (row number in the file, texts), and faults by (row, column)."""

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    others: tuple[str, ...] = ()  # further worksheets of the file


def read_grids(path: Path) -> Iterator[Grid]:
    """The worksheets of a file in order (a CSV has one). Raises InputError for what is no readable sheet."""
    data = _bytes(path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "这是旧式 .xls 表格或加了密码的表格，无法读取",
            file=str(path),
            remedy="在 Excel 或 WPS 中另存为“Excel 工作簿（.xlsx）”，不设密码",
        )
    if data.startswith(b"PK"):
        yield from _workbook(path, data)
    else:
        yield _delimited(path, data)


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise InputError("找不到文件", file=str(path), remedy="检查路径和文件名")
    size = path.stat().st_size
    if size == 0:
        raise InputError("文件是空的（0 字节）", file=str(path), remedy="检查文件是否导出完整")
    if size > MAX_BYTES:
        raise InputError(
            f"文件超过 {MAX_BYTES // 1_000_000} MB",
            file=str(path),
            value=f"{size} 字节",
            remedy="拆成几个文件",
        )
    return path.read_bytes()


def clean(text: str) -> str:
    """A text without invisible characters and outer space; the usual spellings of "nothing" become ""."""
    text = _CONTROLS.sub("", text).replace("\u3000", " ").strip()
    return "" if text.lower() in _NULLS else text


def _text(value: object) -> tuple[str, str]:
    """A cell's value as text, and its fault or ""."""
    if isinstance(value, bool):
        return ("是" if value else "否"), ""
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10], ""
    text = "" if value is None else clean(str(value))
    if _ERROR_VALUE.fullmatch(text):
        return "", f"单元格是错误值 {text}"
    return text, LOST_DIGITS if _SCIENTIFIC.fullmatch(text) else ""


def _number(value: int | float) -> tuple[str, str]:
    small = abs(value) < SHEET_DIGITS
    if isinstance(value, int):
        # Spreadsheets fill up with zeros what they cannot keep; other writers keep an integer whole.
        return str(value), "" if small or value % 1000 else LOST_DIGITS
    return (str(int(value)) if small and value.is_integer() else repr(value)), "" if small else LOST_DIGITS


def _fill(grid: Grid, path: Path, rows: Iterable[tuple[int, Iterable[object]]]) -> Grid:
    for number, values in rows:
        if number > MAX_SCANNED:
            raise InputError(
                f"表格超过 {MAX_SCANNED} 行",
                file=str(path),
                line=number,
                remedy="删除数据之后的空白行，或拆成几个文件",
            )
        texts = []
        for column, value in enumerate(values):
            if column >= MAX_COLUMNS:
                break
            text, fault = _text(value)
            texts.append(text)
            if fault:
                grid.faults[(number, column)] = fault
        if any(texts):
            grid.rows.append((number, texts))
    return grid


def _workbook(path: Path, data: bytes) -> Iterator[Grid]:
    formulas = _inspect(path, data)
    try:
        with warnings.catch_warnings():
            # What openpyxl leaves out (validation, styles) has no bearing on values.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            source = load_workbook(io.BytesIO(data), read_only=True) if formulas else None
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            for sheet in sheets:
                sheet.reset_dimensions()  # some writers state a wrong size; rows beyond it would be missed
                others = tuple(other.title for other in sheets if other is not sheet)
                grid = _fill(
                    Grid(sheet.title, others=others),
                    path,
                    enumerate(sheet.iter_rows(values_only=True), start=1),
                )
                if source is not None:
                    _mark_formulas(grid, source[sheet.title].iter_rows())
                yield grid
    except InputError:
        raise
    except Exception as error:  # openpyxl answers a damaged file with whatever its parser met first
        raise InputError(
            f"表格无法读取，可能已损坏（{type(error).__name__}）",
            file=str(path),
            remedy="在 Excel 或 WPS 中打开并另存为 .xlsx 后再试",
        ) from error


def _inspect(path: Path, data: bytes) -> bool:
    """Whether any worksheet holds a formula. Refuses what is no workbook, or unpacks to an absurd size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if not any(member.filename == "xl/workbook.xml" for member in members):
                raise InputError("不是 Excel 工作簿", file=str(path), remedy="另存为 .xlsx 或 CSV（UTF-8）后再试")
            texts = sum(m.file_size for m in members if m.filename.endswith("sharedStrings.xml"))
            if sum(member.file_size for member in members) > MAX_UNPACKED or texts > MAX_STRINGS:
                raise InputError("表格解压后过大", file=str(path), remedy="删除多余工作表和格式后另存")
            sheets = [m for m in members if m.filename.startswith("xl/worksheets/")]
            return any(_FORMULA.search(archive.read(member)) for member in sheets)
    except zipfile.BadZipFile as error:
        raise InputError("表格无法读取，文件已损坏或不完整", file=str(path), remedy="重新导出或下载") from error


def _mark_formulas(grid: Grid, rows: Iterable[Iterable[object]]) -> None:
    """Keep as faults formulas whose value the file does not hold; a row of nothing else is no blank row."""
    known = dict(grid.rows)
    for number, cells in enumerate(rows, start=1):
        for column, cell in enumerate(cells):
            if column >= MAX_COLUMNS or getattr(cell, "data_type", "") != "f":
                continue
            texts = known.get(number, [])
            empty = column >= len(texts) or not texts[column]
            if empty and (number, column) not in grid.faults:
                known.setdefault(number, [""] * (column + 1))
                grid.faults[(number, column)] = NO_VALUE
    grid.rows = sorted(known.items())


def _delimited(path: Path, data: bytes) -> Grid:
    text = _decode(data, path)
    sample = "\n".join(text.splitlines()[:20])
    delimiter = max(",\t;，|", key=sample.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return _fill(Grid(path.stem), path, _numbered(reader, path))


def _numbered(reader: Iterator[list[str]], path: Path) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the record, as a spreadsheet would count them."""
    number = 0
    while True:
        number += 1
        try:
            yield number, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                "CSV 无法解析", file=str(path), line=number, value=str(error), remedy="检查该行的引号是否成对"
            ) from error


def _decode(data: bytes, path: Path) -> str:
    """The text of a file in UTF-8, GB18030, or, as spreadsheets save "Unicode text", UTF-16 with its mark."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, str(path))
    try:
        return data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise InputError("不是有效的 UTF-16 文本", file=str(path), remedy="另存为 .xlsx 或 UTF-8 的 CSV") from error

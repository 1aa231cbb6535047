"""A screening as a workbook for Excel and WPS: plain cells, filters, frozen headers, nothing that computes.

Every text cell is made harmless: what a spreadsheet would take for a formula gets an apostrophe in front, control
characters go, and texts longer than a cell are cut with a mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from viz.model import clean
from viz.screening_lines import Line, lines, notices, undone
from viz.screening_words import DECISIONS, Json, Row, candidates, context, remarks, rows, summary, unchecked

MAX_CELL = 32_767  # what Excel holds in a cell
MAX_LINES = 1_000_000  # of 1,048,576 rows of a sheet
FONT = "Microsoft YaHei"
_clean = lru_cache(maxsize=50_000)(clean)  # most cells of a column say one of a few things
# Full-width signs start a formula in Chinese and Japanese editions. Tabs and line ends never get here (`clean`).
_FORMULA_SIGNS = tuple("=+-@＝＋－＠")

_HEAD = PatternFill("solid", fgColor="D9E2EC")
_WARN = PatternFill("solid", fgColor="FCE3B0")
_WRAP = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True, slots=True)
class _Table:
    """One sheet: title, columns with their widths, lines above the header, and the rows."""

    title: str
    columns: tuple[tuple[str, int], ...]
    top: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    decided: int = -1  # which column is a decision, to be coloured


def workbook(screening: Json) -> bytes:
    """The whole workbook as bytes."""
    tables = _tables(screening)  # all read before the first cell is written: a bad answer leaves nothing half done
    book = Workbook(write_only=True)
    for table in tables:
        _write(book, table)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def harmless(value: object) -> str | int | float | None:
    """A value for a cell: numbers as they are, texts such that no spreadsheet takes them for a formula."""
    if value is None or isinstance(value, int | float):
        return value
    # Paragraphs come as a tuple: the only line ends a cell may have.
    text = "\n".join(map(_clean, value)).strip() if isinstance(value, tuple) else _clean(str(value))
    if not text:
        return None
    shown = "'" + text if text.startswith(_FORMULA_SIGNS) else text
    return shown if len(shown) <= MAX_CELL else shown[: MAX_CELL - 9] + "…（已截断）"


def _tables(screening: Json) -> list[_Table]:
    first = unchecked(screening)
    top = (first, context(screening), _counts(screening))
    return [
        _Table("汇总", _RESULT, top, [_result(row) for row in rows(screening)], decided=1),
        _Table("发现", _DETAIL, (first,), list(_details(screening)), decided=2),
        _Table("未匹配", _OPEN, (first,), list(candidates(screening))),
        _Table("未完成事项", _REMARK, (first,), list(_remarks(screening))),
        _Table("告知书", _NOTICE, (first,), list(notices(screening))),
    ]


_RESULT = (
    ("行号", 7), ("结论", 12), ("核查对象", 34), ("代码或证件号", 24), ("标段", 10), ("匹配方式", 26), ("匹配主体", 34),
    ("主体代码", 24), ("本人在列", 10), ("法律规则", 10), ("关联提示", 10), ("标记", 14), ("主要事项", 46),
    ("匹配说明", 40), ("与上次相比", 30),
)  # fmt: skip
_DETAIL = (
    ("行号", 7), ("申请人", 30), ("结论", 12), ("类别", 16), ("作用", 10), ("规则", 8), ("措施", 50), ("约束对象", 26),
    ("落在", 14), ("依据", 50), ("期限起", 12), ("期限止", 12), ("条件", 40), ("路径", 60), ("被列入者", 26),
    ("名单", 24), ("机关", 22), ("文号", 24), ("列入期间", 26), ("状态", 16), ("现状态", 24),
    ("说明", 70), ("关联分值", 10), ("救济途径", 40), ("记录", 24),
)  # fmt: skip
_OPEN = (("行号", 7), ("核查对象", 34), ("匹配情况", 40), ("可能的主体", 34), ("代码或证件号", 24), ("主体编号", 24))
_REMARK = (("事项", 14), ("内容", 110))
_NOTICE = (("行号", 7), ("申请人", 30), ("告知对象", 30), ("规则或名单", 24), ("告知书", 110))


def _counts(screening: Json) -> str:
    counted = "；".join(f"{DECISIONS[code][0]} {count} 行" for code, count in summary(screening).items())
    return f"{counted}；拒绝 {len(screening['rejected'])} 行"


def _result(row: Row) -> Sequence[object]:
    word, mark, _ = DECISIONS[row.decision]
    return (
        row.number, f"{mark} {word}", row.asked, row.code, row.lot, row.level, row.subject, row.subject_code,
        row.own, row.law, row.alerts, row.flags, row.top, row.notes, row.change,
    )  # fmt: skip


def _details(screening: Json) -> Iterable[Sequence[object]]:
    for number, line in enumerate(lines(screening)):
        if number == MAX_LINES:
            yield (line.row, f"其余事项超出一张工作表的行数，见 JSON 结果（共 {MAX_LINES} 条以上）", "")
            return
        yield _detail(line)


def _detail(line: Line) -> Sequence[object]:
    return (
        line.row, line.asked, line.decision, line.klass, line.effect, line.rule, line.measure, line.target,
        line.falls_on, line.basis, line.since, line.until, line.conditions, line.path, line.listed, line.list,
        line.authority, line.doc_no, line.listed_span, line.state, line.now, line.text, line.score,
        line.remedy, line.record,
    )  # fmt: skip


def _remarks(screening: Json) -> Iterable[Sequence[object]]:
    yield from undone(screening)
    for remark in remarks(screening)[1:]:
        yield "说明", remark


@dataclass(frozen=True, slots=True)
class _Look:
    """How cells of one sort look. Setting a style costs more than writing a cell, so rows share styled cells."""

    fill: PatternFill | None = None
    bold: bool = False
    wrap: bool = True

    def cells(self, sheet: Any, count: int) -> list[Cell]:
        """Empty cells that look so; a row is written at once, so they can be filled again for the next."""
        cells = []
        for _ in range(count):
            cell = WriteOnlyCell(sheet)
            cell.font = Font(name=FONT, bold=self.bold)
            if self.wrap:
                cell.alignment = _WRAP
            if self.fill is not None:
                cell.fill = self.fill
            cells.append(cell)
        return cells


_FILLS = {f"{mark} {word}": PatternFill("solid", fgColor=colour) for word, mark, colour in DECISIONS.values()}


def _write(book: Workbook, table: _Table) -> None:
    sheet = book.create_sheet(table.title)
    head, width = len(table.top) + 1, len(table.columns)
    for number, (_, chars) in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = chars
    sheet.freeze_panes = f"A{head + 1}"
    sheet.auto_filter.ref = f"A{head}:{get_column_letter(width)}{head + max(len(table.rows), 1)}"
    for number, text in enumerate(table.top):
        look = _Look(_WARN if number == 0 else None, bold=True, wrap=False)
        _append(sheet, look.cells(sheet, 1), [text])
    _append(sheet, _Look(_HEAD, bold=True).cells(sheet, width), [title for title, _ in table.columns])
    plain = _Look().cells(sheet, width)
    coloured = {text: _Look(fill).cells(sheet, 1)[0] for text, fill in _FILLS.items()}
    for values in table.rows:
        cells = list(plain)
        if table.decided >= 0 and values[table.decided] in coloured:
            cells[table.decided] = coloured[str(values[table.decided])]
        _append(sheet, cells, values)


def _append(sheet: Any, cells: Sequence[Cell], values: Sequence[object]) -> None:
    for cell, value in zip(cells, values, strict=False):
        cell.value = harmless(value)
    sheet.append([cell if cell.value is not None else None for cell in cells[: len(values)]])

"""A comparison of bidders as a workbook: summary, one matrix a lot, every reason, and a page of evidence for each pair.

Plain cells and links inside the book, nothing that computes; every text cell is made harmless (`screening_book`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from viz.bidders_words import (
    CLOSING,
    VERDICTS,
    Json,
    Lot,
    Member,
    Pair,
    consortia,
    context,
    groups,
    headline,
    lots,
    undone,
)
from viz.screening_book import FONT, MAX_LINES, harmless

EVIDENCE = 200  # pages of evidence in one book; the reasons of all pairs stand in 明细
MATRICES = 50  # lots with a matrix in one book
_HEAD = PatternFill("solid", fgColor="D9E2EC")
_SELF = PatternFill("solid", fgColor="C8D0D8")
_FILLS = {code: PatternFill("solid", fgColor=colour) for code, (_, _, colour) in VERDICTS.items()}
_PLAIN, _BOLD, _LINK = Font(name=FONT), Font(name=FONT, bold=True), Font(name=FONT, underline="single", color="1F4E8C")
_WRAP = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
_DETAIL = (
    ("标段", 16), ("组合", 10), ("投标人甲", 32), ("投标人乙", 32), ("结论", 12), ("类别", 16), ("性质", 14),
    ("规则", 8), ("依据", 44), ("说明", 80), ("路径", 60), ("待核实", 36),
)  # fmt: skip


def workbook(answer: Json) -> bytes:
    """The whole workbook as bytes."""
    known = lots(answer)
    told = sorted((p for lot in known for p in lot.found()), key=lambda pair: pair.verdict != "prohibited")
    pages = {pair.key for pair in told[:EVIDENCE]}
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)  # a new workbook has one worksheet
    _summary(first, answer, known, pages)
    for lot in known[:MATRICES]:
        _matrix(book.create_sheet(_title("矩阵", lot, known)), lot, pages)
    _details(book.create_sheet("明细"), known)
    for lot in known:
        home = _title("矩阵", lot, known) if lot.number <= MATRICES else "汇总"
        for pair in lot.found():
            if pair.key in pages:
                _evidence(book.create_sheet(pair.key), pair, answer, home)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _title(word: str, lot: Lot, known: Sequence[Lot]) -> str:
    return word if len(known) == 1 else f"{word}{lot.number}"


def _summary(sheet: Worksheet, answer: Json, known: Sequence[Lot], pages: set[str]) -> None:
    sheet.title, told = "汇总", sum(len(lot.found()) for lot in known)
    page = _Page(sheet, (22, 46, 26, 40, 18, 10))
    page.line([headline(answer)], _BOLD, wrap=False)
    page.line([context(answer)], wrap=False)
    page.line([CLOSING], wrap=False)
    if told > EVIDENCE:
        page.line([f"证据页只列前 {EVIDENCE} 对（共 {told} 对），其余见“明细”"], _BOLD, wrap=False)
    if len(known) > MATRICES:
        page.line([f"矩阵只列前 {MATRICES} 个{answer['unit']}，其余见“明细”"], _BOLD, wrap=False)
    _prohibited(page, known, pages)
    for lot in known:
        page.line()
        page.line([lot.name, lot.counts()], _BOLD, _HEAD, wrap=False)
        page.line(["序号", "投标人", "统一社会信用代码", "匹配", "联合体", "行号"], _BOLD)
        for m in lot.members:
            page.line([m.number, m.name, m.code, m.match, m.consortium, m.row])
    law = ((f"{lot} {name}", members, "", words) for lot, name, members, words in consortia(answer))
    sections: tuple[tuple[str, Iterable[Sequence[object]]], ...] = (
        ("关联的投标人", groups(answer)),
        ("联合体", law),
        ("未完成和注意事项", undone(answer)),
    )
    for title, rows in sections:
        listed = list(rows)
        if listed:
            page.line()
            page.line([title], _BOLD, _HEAD)
        for values in listed:
            page.line(values)


def _prohibited(page: _Page, known: Sequence[Lot], pages: set[str]) -> None:
    """The prohibited pairs, each with a link to its page."""
    pairs = [pair for lot in known for pair in lot.found() if pair.verdict == "prohibited"]
    if pairs:
        page.line()
        page.line(["禁止的组合", "", "", "事由", "规则"], _BOLD, _HEAD)
    for pair in pairs:
        page.line([pair.key, f"{pair.a.name} 与 {pair.b.name}", pair.lot, pair.main, pair.rule])
        if pair.key in pages:
            _link(page.cell(1), pair.key)


def _matrix(sheet: Worksheet, lot: Lot, pages: set[str]) -> None:
    page = _Page(sheet, (34, *(15 for _ in lot.members)))
    page.line([lot.name, lot.counts()], _BOLD, wrap=False)
    page.line(["", *(f"{member.number} {member.name}" for member in lot.members)], _BOLD, _HEAD)
    sheet.freeze_panes = "B3"
    for member in lot.members:
        page.line([f"{member.number} {member.name}"], _BOLD, _HEAD)
        for other in lot.members:
            _cell(page.cell(other.number + 1), (member, other), lot, pages)


def _cell(cell: Cell, ends: tuple[Member, Member], lot: Lot, pages: set[str]) -> None:
    """One pair in the matrix: the verdict, its main reason, and a link to its page."""
    one, other = sorted(member.number for member in ends)
    cell.alignment, cell.font = _MIDDLE, _PLAIN
    if one == other:
        cell.fill = _SELF
        return
    pair = lot.pairs[one, other]
    parts = (f"{pair.word} {pair.rule}".strip(), pair.main or ("同一联合体" if pair.note else ""))
    cell.value = harmless(tuple(part for part in parts if part))
    cell.fill = _FILLS[pair.verdict]
    if pair.key in pages:
        _link(cell, pair.key)


def _link(cell: Cell, sheet: str) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
    cell.font = _LINK


def _details(sheet: Worksheet, known: Sequence[Lot]) -> None:
    page = _Page(sheet, (width for _, width in _DETAIL))
    page.line([title for title, _ in _DETAIL], _BOLD, _HEAD)
    sheet.freeze_panes = "A2"
    for number, (pair, values) in enumerate(_reasons(known)):
        if number == MAX_LINES:
            page.line([f"其余事项超出一张工作表的行数，见 JSON 结果（共 {MAX_LINES} 条以上）"])
            break
        page.line(values)
        page.cell(5).fill = _FILLS[pair.verdict]
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(_DETAIL))}{max(page.row, 2)}"


def _reasons(known: Sequence[Lot]) -> Iterator[tuple[Pair, Sequence[object]]]:
    for lot in known:
        for pair in lot.found():
            for line in pair.lines:
                yield pair, (
                    lot.name, pair.key, pair.a.name, pair.b.name, pair.word, line.kind, line.sure, line.rule,
                    line.basis, line.text, line.path, line.conditions,
                )  # fmt: skip


def _evidence(sheet: Worksheet, pair: Pair, answer: Json, home: str) -> None:
    """One pair: who they are, what it comes to, every reason in full."""
    page = _Page(sheet, (18, 60, 60))
    page.line([f"{pair.word}：{pair.a.name} 与 {pair.b.name}"], _BOLD, _FILLS[pair.verdict], wrap=False)
    page.line([f"{answer['unit']}“{pair.lot}”；{context(answer)}"], wrap=False)
    page.line([f"返回{home}"])
    _link(page.cell(1), home)
    page.line(["", "甲", "乙"], _BOLD, _HEAD)
    for title, field in (("投标人", "name"), ("统一社会信用代码", "code"), ("匹配", "match"), ("行号", "row")):
        page.line([title, *(getattr(member, field) for member in (pair.a, pair.b))])
    for number, line in enumerate(pair.lines, start=1):
        page.line()
        page.line([f"事由 {number}", f"{line.kind}（{line.sure}）", line.rule], _BOLD, _HEAD)
        for title, text in (
            ("说明", line.text),
            ("路径", line.path),
            ("依据", line.basis),
            ("待核实", line.conditions),
        ):
            if text:
                row = page.line([title, text])
                sheet.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
                sheet.row_dimensions[row].height = 16 * (1 + len(text) // 52)
    page.line()
    page.line([CLOSING], wrap=False)


class _Page:
    """A worksheet written line by line; `row`: the last line written."""

    def __init__(self, sheet: Worksheet, widths: Iterable[int]) -> None:
        self.sheet, self.row = sheet, 0
        for column, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0  # as many pages as it takes, one page wide
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    def line(
        self, values: Sequence[object] = (), font: Font = _PLAIN, fill: PatternFill | None = None, wrap: bool = True
    ) -> int:
        """Write a line below the last one; its number."""
        self.row += 1
        for column, value in enumerate(values, start=1):
            cell = self.cell(column)
            cell.value, cell.font = harmless(_parts(value)), font
            if wrap:
                cell.alignment = _WRAP
            if fill is not None:
                cell.fill = fill
        return self.row

    def cell(self, column: int) -> Cell:
        """A cell of the last line."""
        cell = self.sheet.cell(self.row, column)
        assert isinstance(cell, Cell)  # nothing is merged before it is written
        return cell


def _parts(value: object) -> object:
    """A text of several lines as its lines: the only line ends a cell may have."""
    return tuple(value.split("\n")) if isinstance(value, str) and "\n" in value else value

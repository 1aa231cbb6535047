"""The two workbooks people send: a list of applicants and the bidders of several lots.

A workbook is a zip whose entries and properties carry the time of writing; both are set to one moment, so
that the same seed gives the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from examples.generator.numbers import uscc
from examples.generator.town import Town

APPLICANTS = (
    "序号", "企业名称", "统一社会信用代码", "法定代表人", "姓名", "身份证号", "拟任职务", "任职单位", "标段",
    "联合体", "备注",
)  # fmt: skip
BIDDERS = (
    "标段", "投标人", "统一社会信用代码", "法定代表人", "法定代表人身份证号", "联合体", "编制人", "授权代表",
    "保证金账户", "联系电话", "地址",
)  # fmt: skip
Row = Sequence[object]
_MOMENT = (2026, 6, 1, 0, 0, 0)


def sheet_files(town: Town, story: dict[str, Any]) -> dict[str, bytes]:
    """Path under the city -> content."""
    applicants = [(n, *_applicant(town, row)) for n, row in enumerate(story["applicants"], start=1)]
    bidders = [_bidder(town, row) for row in story["bidders"]]
    return {
        "applicants.xlsx": workbook_bytes("申请人名单", APPLICANTS, applicants),
        "bidders.xlsx": workbook_bytes("投标人名单", BIDDERS, bidders),
    }


def _applicant(town: Town, row: dict[str, Any]) -> Row:
    firm, person = row.get("firm", ""), row.get("person", {})
    if isinstance(person, str):
        person = {"name": town.people[person].name, "id": town.people[person].number}
    employer = town.firms[row["role_of"]].uscc if "role_of" in row else ""
    name = town.firms[firm].name if firm in town.firms else firm
    body = (name, _code(town, firm, row.get("code")), row.get("rep", ""))
    somebody = (person.get("name", ""), person.get("id", ""), row.get("role", ""), employer)
    return (*body, *somebody, *(row.get(k, "") for k in ("lot", "consortium", "note")))


def _code(town: Town, firm: str, given: str | None) -> str:
    """The code in the sheet: that of the firm, another firm's, a spoilt one, nobody's, or none."""
    if given is None:
        return town.firms[firm].uscc if firm in town.firms else ""
    if given == "wrong_digit":
        right = town.firms[firm].uscc
        return right[:-1] + ("0" if right[-1] != "0" else "1")
    if given.startswith("spaced "):
        code = town.firms[given.removeprefix("spaced ")].uscc
        return f"{code[:2]} {code[2:8]} {code[8:]}".lower()
    if given == "nobody":
        return uscc("91", "MA888888")
    return town.firms[given].uscc if given else ""


def _bidder(town: Town, row: dict[str, Any]) -> Row:
    firm, rep = town.firms[row["firm"]], row.get("rep", "")
    known = town.people.get(rep)
    name, number = (known.name, known.number) if known else (rep or town.rep(firm), "")
    given = (row.get(k, "") for k in ("consortium", "preparer", "agent", "account", "phone"))
    return (row["lot"], firm.name, firm.uscc, name, number, *given, firm.address)


def workbook_bytes(title: str, header: Row, rows: Sequence[Row]) -> bytes:
    """One worksheet with a bold, frozen header; numbers stay numbers, everything else is text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # a new workbook has one
    sheet.title = title
    sheet.append(list(header))
    for row in rows:
        sheet.append([c if c != "" else None for c in row])
    for column, name in enumerate(header, start=1):
        sheet.cell(1, column).font = Font(bold=True)
        wide = name in ("企业名称", "投标人", "地址")
        sheet.column_dimensions[get_column_letter(column)].width = 36 if wide else 20
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return _at_one_moment(written.getvalue())


def _at_one_moment(content: bytes) -> bytes:
    """The same workbook with every time in it set to one, and stored, so that no compressor matters."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as packed:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z?", b"2026-06-01T00:00:00Z", part)
            packed.writestr(zipfile.ZipInfo(name, _MOMENT), part)
    return target.getvalue()

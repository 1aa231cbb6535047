"""The workbooks to fill in: understood by our own reader, safe for long codes, never screened as they are."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.errors import InputError
from graph.identifiers import resident_id, uscc
from loaders.sheet import INSTRUCTIONS, read_sheet
from loaders.sheet_template import write_template

BOTH = {"name", "uscc", "LEGAL_REP", "LEGAL_REP_ID", "lot", "consortium"}
PEOPLE = {"person_name", "id_number", "role_of", "role", "household", "region"}
POSTS = {"DIRECTOR", "SUPERVISOR", "EXECUTIVE", "ACTUAL_CONTROLLER"}
BID_PEOPLE = ("preparer", "agent", "team")
COLUMNS = {
    "screen": BOTH | PEOPLE | POSTS | {f"{post}_ID" for post in POSTS},
    "bidders": BOTH | {"account", "phone", "address"} | {f"{who}{end}" for who in BID_PEOPLE for end in ("", "_ID")},
}


def filled(path: Path, kind: str) -> Worksheet:
    write_template(kind, path)
    book = load_workbook(path)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_every_column_is_understood_and_the_example_is_not_screened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "to_fill.xlsx"
    sheet = filled(path, kind)
    sheet.cell(3, 1, "甲有限公司")
    assert sheet.parent is not None
    sheet.parent.save(path)
    found = read_sheet(path)
    assert {field for _, field in found.columns} == COLUMNS[kind]
    assert [(row.row, row.fields["name"]) for row in found.rows] == [(3, "甲有限公司")]
    assert [(r.line, r.reason) for r in found.rejected] == [(2, "示例行，未核查")]
    assert found.warnings == ()


@pytest.mark.parametrize("kind", sorted(COLUMNS))
def test_cells_are_text_and_the_example_is_valid_and_fictional(tmp_path: Path, kind: str) -> None:
    sheet = filled(tmp_path / "to_fill.xlsx", kind)
    assert {cell.number_format for row in sheet.iter_rows(min_row=2) for cell in row} == {"@"}
    head = [cell.value for cell in sheet[1]]
    example = dict(zip(head, [cell.value for cell in sheet[2]], strict=True))
    code, person = str(example["统一社会信用代码"]), str(example["法定代表人身份证号"])
    assert uscc(code).valid
    assert code[2:8] == "999999"
    assert resident_id(person).valid
    assert person[:6] == "999999"
    assert sheet.parent is not None
    assert INSTRUCTIONS in sheet.parent.sheetnames


def test_unknown_kind_and_unwritable_place(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有这种模板"):
        write_template("gift", tmp_path / "x.xlsx")
    with pytest.raises(InputError, match="无法写入"):
        write_template("screen", tmp_path / "none" / "x.xlsx")
    assert list(tmp_path.iterdir()) == []

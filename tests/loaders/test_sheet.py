"""Sheets of applicants: what is read, what a column is taken for, and what must never be guessed."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from graph.errors import InputError
from loaders import sheet, sheet_cells
from loaders.sheet import Sheet, read_sheet
from loaders.sheet_header import field_of, guess

CODE = "91999999MA00000154"


def csv_sheet(tmp_path: Path, text: str, encoding: str = "utf-8", name_column: str | None = None) -> Sheet:
    path = tmp_path / "applicants.csv"
    path.write_bytes(text.encode(encoding))
    return read_sheet(path, name_column)


def xlsx(tmp_path: Path, *rows: list[object], title: str = "名单") -> Path:
    book = Workbook()
    ws = book.active
    assert ws is not None
    ws.title = title
    for row in rows:
        ws.append(row)
    path = tmp_path / "applicants.xlsx"
    book.save(path)
    return path


def fields(found: Sheet) -> list[tuple[int, dict[str, str]]]:
    return [(row.row, dict(row.fields)) for row in found.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_of_any_usual_encoding_and_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    text = delimiter.join(["企业名称", "统一社会信用代码"]) + "\r\n" + delimiter.join(["甲有限公司", CODE]) + "\r\n"
    assert fields(csv_sheet(tmp_path, text, encoding)) == [(2, {"name": "甲有限公司", "uscc": CODE})]


HEADERS = """
name 企业名称 单位名称 投标人 申请人 *企业名称（必填） 投标单位名称： １．供应商名称 法人名称 Company_Name
uscc 统一社会信用代码 信用代码 统一社会信用代码（注册号）
LEGAL_REP 法定代表人 法人代表 法定代表人姓名
LEGAL_REP_ID 法定代表人身份证号 法人身份证号码
DIRECTOR 董事 董事1 董事姓名
SHAREHOLDER 股东名称
ACTUAL_CONTROLLER 实际控制人
person_name 姓名
id_number 身份证号
number 证件号码 统一社会信用代码/身份证号
lot 标段
consortium 联合体
role_of 工作单位
phone 联系电话
address 住所
"""


@pytest.mark.parametrize("line", HEADERS.strip().splitlines())
def test_headers_understood(line: str) -> None:
    field, *titles = line.split(" ")
    assert {field_of(title) for title in titles} == {field}


def test_header_broken_over_lines() -> None:
    assert field_of("统一社会\n信用 代码") == "uscc"


@pytest.mark.parametrize(
    "title", ["注册资本", "成立日期", "经营范围", "企业类型", "名称变更日期", "得分", "投标报价", ""]
)
def test_headers_that_are_not_taken_for_a_subject(title: str) -> None:
    assert field_of(title) == ""


def test_header_below_a_merged_title_and_blank_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["某市项目投标人名单"],
        [],
        ["序号", "投标人名称", "信用代码"],
        [1, "甲公司", CODE],
        [],
        [2, "乙公司"],
    ]
    found = read_sheet(xlsx(tmp_path, *rows))
    assert fields(found) == [(4, {"name": "甲公司", "uscc": CODE}), (6, {"name": "乙公司"})]
    assert found.columns == (("投标人名称", "name"), ("信用代码", "uscc"))
    assert found.warnings == ()


def test_header_of_two_rows_under_merged_group_titles(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["企业名称", "统一社会信用代码", "法定代表人", None],
        [None, None, "姓名", "身份证号"],
        ["甲公司", CODE, "张三", "999999199003070020"],
    ]
    assert fields(read_sheet(xlsx(tmp_path, *rows))) == [
        (3, {"name": "甲公司", "uscc": CODE, "LEGAL_REP": "张三", "LEGAL_REP_ID": "999999199003070020"})
    ]


def test_number_column_after_a_role_belongs_to_that_person(tmp_path: Path) -> None:
    found = csv_sheet(tmp_path, "单位名称,法定代表人,证件号码\n甲公司,张三,999999199003070020\n")
    assert fields(found) == [(2, {"name": "甲公司", "LEGAL_REP": "张三", "LEGAL_REP_ID": "999999199003070020"})]


def test_organisation_beside_a_list_of_people_is_their_employer(tmp_path: Path) -> None:
    found = csv_sheet(tmp_path, "姓名,身份证号,单位名称\n张三,999999199003070020,甲公司\n")
    assert fields(found) == [(2, {"person_name": "张三", "id_number": "999999199003070020", "role_of": "甲公司"})]


def test_mixed_number_column_is_sorted_by_what_the_number_is(tmp_path: Path) -> None:
    text = f"名称,证件号码\n甲公司,{CODE}\n张三,999999********0020\n李四,999999199003070020\n"
    assert [set(row) for _, row in fields(csv_sheet(tmp_path, text))] == [
        {"name", "uscc"}, {"name", "id_number"}, {"name", "id_number"},
    ]  # fmt: skip


def test_several_people_in_one_role(tmp_path: Path) -> None:
    found = csv_sheet(tmp_path, "企业名称,董事1,董事,监事\n甲公司,张三,李四、王五,赵六;钱七\n")
    people = {"DIRECTOR": "张三；李四；王五", "SUPERVISOR": "赵六；钱七"}
    assert fields(found) == [(2, {"name": "甲公司", **people})]


def test_name_column_by_title_and_by_letter(tmp_path: Path) -> None:
    text = "标的,受邀方\nX,甲公司\n"
    assert fields(csv_sheet(tmp_path, text, name_column="受邀方")) == [(2, {"name": "甲公司"})]
    assert fields(csv_sheet(tmp_path, text, name_column="B")) == [(2, {"name": "甲公司"})]


def test_name_column_wins_over_the_guess(tmp_path: Path) -> None:
    found = csv_sheet(tmp_path, f"企业名称,受邀方,信用代码\n甲公司,乙公司,{CODE}\n", name_column="受邀方")
    assert fields(found) == [(2, {"name": "乙公司", "uscc": CODE})]
    assert found.warnings == ("未读取的列：企业名称",)


def test_codes_turned_into_floats_are_lost_not_guessed(tmp_path: Path) -> None:
    found = read_sheet(
        xlsx(tmp_path, ["企业名称", "信用代码"], ["甲公司", 9.19999990000012e17], [None, 9.19999990000012e17])
    )
    assert fields(found) == [(2, {"name": "甲公司"})]
    assert "末几位丢失" in found.rows[0].notes[0]
    assert [(r.line, "末几位丢失" in r.reason) for r in found.rejected] == [(3, True)]


def test_scientific_text_in_csv_is_lost_too(tmp_path: Path) -> None:
    found = csv_sheet(tmp_path, "企业名称,信用代码\n甲公司,9.2E+17\n")
    assert fields(found) == [(2, {"name": "甲公司"})]
    assert len(found.rows[0].notes) == 1


def test_numbers_a_spreadsheet_keeps_whole(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["名称", "注册号", "标段"],
        ["甲公司", 999999000000014.0, 2.0],
        [date(2026, 1, 2), 12, "A"],
    ]
    assert fields(read_sheet(xlsx(tmp_path, *rows))) == [
        (2, {"name": "甲公司", "uscc": "999999000000014", "lot": "2"}),
        (3, {"name": "2026-01-02", "uscc": "12", "lot": "A"}),
    ]


def test_accounts_that_lost_their_digits_are_no_accounts(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["名称", "保证金账户"],
        ["甲公司", 6222021001116240000],
        ["乙公司", "6.22202E+18"],
        ["丙公司", "6222021001116240000"],
    ]
    found = read_sheet(xlsx(tmp_path, *rows))
    assert [row.fields.get("account") for row in found.rows] == [None, None, "6222021001116240000"]
    assert ["末几位丢失" in "".join(row.notes) for row in found.rows] == [True, True, False]


def test_formula_without_a_stored_value_is_rejected_not_evaluated(tmp_path: Path) -> None:
    found = read_sheet(xlsx(tmp_path, ["企业名称", "信用代码"], ['="甲"&"公司"', None], ["乙公司", "=A1"]))
    assert fields(found) == [(3, {"name": "乙公司"})]
    assert "公式" in found.rows[0].notes[0]
    assert [(r.line, "公式" in r.reason) for r in found.rejected] == [(2, True)]


def test_null_spellings_and_invisible_characters(tmp_path: Path) -> None:
    found = csv_sheet(tmp_path, "企业名称,信用代码\n\ufeff 甲\u200b公司　,无\n—,/\n乙公司,NULL\n")
    assert fields(found) == [(2, {"name": "甲公司"}), (4, {"name": "乙公司"})]
    assert found.rejected == ()  # a row of nothing but such spellings is a blank row


def test_row_without_name_or_number_and_overlong_row_are_rejected(tmp_path: Path) -> None:
    found = csv_sheet(tmp_path, f"企业名称,标段\n,一标段\n{'甲' * 600},二标段\n乙公司,三标段\n")
    assert fields(found) == [(4, {"name": "乙公司", "lot": "三标段"})]
    assert [(r.line, r.reason) for r in found.rejected] == [
        (2, "没有名称或号码"),
        (3, "内容超过 500 字：企业名称"),
    ]


def test_rejected_row_shows_no_full_personal_number(tmp_path: Path) -> None:
    found = csv_sheet(tmp_path, f"姓名,身份证号,工作单位\n张三,999999199003070020,{'长' * 600}\n")
    assert found.rows == ()
    assert "19900307" not in found.rejected[0].row


def test_only_the_sheet_with_a_header_is_read_and_the_rest_named(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.title = "封面"
    first.append(["某市某项目"])
    second = book.create_sheet("投标人")
    second.append(["投标人"])
    second.append(["甲公司"])
    hidden = book.create_sheet("旧")
    hidden.append(["投标人"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "x.xlsx")
    found = read_sheet(tmp_path / "x.xlsx")
    assert (found.worksheet, fields(found)) == ("投标人", [(2, {"name": "甲公司"})])
    assert found.warnings == ("只读取了工作表“投标人”，未读取：封面",)


def bad_input(path: Path, content: bytes, name_column: str | None = None) -> str:
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_sheet(path, name_column)
    return str(caught.value)


def test_bad_files_say_what_to_do(tmp_path: Path) -> None:
    assert "空的" in bad_input(tmp_path / "a.csv", b"")
    assert "另存为" in bad_input(tmp_path / "a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert "损坏" in bad_input(tmp_path / "a.xlsx", b"PK\x03\x04" + b"\x00" * 100)
    assert "空字节" in bad_input(tmp_path / "a.csv", bytes(range(256)) * 20)
    assert "认不出表头" in bad_input(tmp_path / "a.csv", "甲公司,1\n乙公司,2\n".encode())
    assert "没有数据行" in bad_input(tmp_path / "a.csv", "企业名称\n".encode())
    assert "没有内容" in bad_input(tmp_path / "a.csv", b"\n\n,,\n")
    assert "没有名为" in bad_input(tmp_path / "a.csv", "企业名称\n甲公司\n".encode(), "乙")
    with pytest.raises(InputError, match="找不到文件"):
        read_sheet(tmp_path / "none.csv")
    with pytest.raises(InputError, match="找不到文件"):
        read_sheet(tmp_path)


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("content.xml", "<x/>")
    with pytest.raises(InputError, match="不是 Excel 工作簿"):
        read_sheet(tmp_path / "a.xlsx")


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MAX_ROWS", 2)
    with pytest.raises(InputError, match="数据超过 2 行"):
        csv_sheet(tmp_path, "企业名称\n甲\n乙\n丙\n")
    monkeypatch.setattr(sheet_cells, "MAX_UNPACKED", 100)
    with pytest.raises(InputError, match="解压后过大"):
        read_sheet(xlsx(tmp_path, ["企业名称"], ["甲"]))
    monkeypatch.setattr(sheet_cells, "MAX_BYTES", 10)
    with pytest.raises(InputError, match="文件超过"):
        csv_sheet(tmp_path, "企业名称\n甲公司\n")


def test_data_row_is_not_taken_for_a_header() -> None:
    header = guess([["企业名称", "信用代码"], ["企业", "公司"], ["甲公司", ""]])
    assert header is not None
    assert header.index == 0

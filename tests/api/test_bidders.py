"""`xinmai bidders` from sheet to files: JSON, workbook and page, bad usage; and the empty sheet to fill in."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from graph.store import Store
from tests.api.conftest import HOSTILE, PERSON_ID
from tests.api.running import ask_here, here
from tests.loaders.packages import USCC_A

SHEET = f"""标段,投标人,统一社会信用代码,保证金账户,项目经理,项目经理身份证号
一标段,乌有市甲木有限公司,{USCC_A},6222000012345678,李四,{PERSON_ID}
一标段,乌有市乙火有限公司,,6222 0000 1234 5678,李四,{PERSON_ID}
一标段,乌有市丙土有限公司,,,,
一标段,{HOSTILE},,=1+1,,
二标段,乌有市甲木有限公司,{USCC_A},,,
,乌有市丙土有限公司,,,,
"""


def test_from_sheet_to_files(graph: Store, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(SHEET, encoding="utf-8")
    out = ("-o", "b.xlsx", "-o", "b.json", "-o", "b.html", "--as-of", "2026-06-01")
    done = ask_here(graph, tmp_path, "bidders", "in.csv", "--law", "tender", *out)
    assert done.code == 0, done.err
    answer = done.document
    assert (answer["law"], answer["as_of"]) == ("tender", "2026-06-01")
    pairs = {(p["rows"][0], p["rows"][1]): p for p in answer["pairs"]}
    assert {p["verdict"] for p in pairs.values()} == {"alert", "none"}
    first = pairs[2, 3]
    # 乙 is known by its name only: what the rule says of it is for a person to verify.
    assert first["verdict"] == "alert"
    assert {(r["rule"], r["kind"]) for r in first["reasons"]} >= {
        ("R35", "same_head"),
        ("R35", "holding"),
        (None, "signal"),
    }
    assert not any(r["conclusive"] for r in first["reasons"])
    assert [r["row"] for r in answer["rejected"]] == [7]
    assert any("二标段" in words for words in answer["warnings"])
    for secret in (PERSON_ID, "6222000012345678"):
        assert secret not in done.out
    assert json.loads((tmp_path / "b.json").read_text(encoding="utf-8")) == answer
    the_workbook(tmp_path / "b.xlsx")
    the_page(tmp_path / "b.html")


def the_workbook(path: Path) -> None:
    book = load_workbook(path)
    assert book.sheetnames[:4] == ["汇总", "矩阵1", "矩阵2", "明细"]
    matrix = book["矩阵1"]
    assert matrix.freeze_panes == "B3"
    cell = matrix["C3"]
    assert str(cell.value).startswith("▲ 提示\n")
    assert cell.fill.fgColor.rgb == matrix["B4"].fill.fgColor.rgb == "00FCE3B0"
    assert cell.hyperlink is not None
    assert cell.hyperlink.location == "'1.1-2'!A1"
    evidence = book["1.1-2"]
    assert evidence["A3"].hyperlink is not None
    told = "\n".join(str(c.value) for row in evidence.iter_rows() for c in row if c.value)
    for words in ("负责人相同（待核实）", "招标投标法实施条例 第34条", "关联提示，不构成失信惩戒依据", "项目管理成员"):
        assert words in told
    assert "投标人" in str(book["明细"]["C1"].value)
    for sheet in book.worksheets:
        assert all(c.data_type != "f" for row in sheet.iter_rows() for c in row)
    everything = "\n".join(
        str(c.value) for sheet in book.worksheets for row in sheet.iter_rows() for c in row if c.value
    )
    assert "第 7 行：未填标段" in everything
    assert PERSON_ID not in everything


def the_page(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    assert "script-src &#39;none&#39;" in page
    assert "<script" not in page
    assert HOSTILE not in page
    assert 'id="p1.1-2"' in page
    assert "<svg" in page
    assert PERSON_ID not in page


def test_in_a_terminal(graph: Store, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(SHEET, encoding="utf-8")
    words = ("bidders", "in.csv", "--law", "procurement", "--db", graph.location, "--as-of", "2026-06-01")
    done = here(*words, cwd=tmp_path)
    assert done.code == 0, done.err
    assert done.out.startswith("政府采购法：2 个合同项，5 份投标，6 对：禁止 0 对，提示 ")
    assert "1.1-2 ▲ 提示 乌有市甲木有限公司 与 乌有市乙火有限公司" in done.out
    assert "关联提示，不构成失信惩戒依据" in done.out
    assert PERSON_ID not in done.out


def test_bad_usage_changes_nothing(graph: Store, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "one.csv").write_text("投标人\n乌有市甲木有限公司\n", encoding="utf-8")
    for words in (
        ("bidders", "in.csv"),
        ("bidders", "in.csv", "--law", "other"),
        ("bidders", "none.csv", "--law", "tender"),
        ("bidders", "one.csv", "--law", "tender"),
        ("bidders", "in.csv", "--law", "tender", "-o", "b.pdf"),
        ("bidders", "in.csv", "--law", "tender", "-o", "none/b.xlsx"),
    ):
        assert ask_here(graph, tmp_path, *words).code == 2, words
    assert sorted(p.name for p in tmp_path.iterdir()) == ["in.csv", "one.csv"]


def test_the_template_filled_in_is_compared(graph: Store, tmp_path: Path) -> None:
    assert here("template", "bidders", "-o", "t.xlsx", cwd=tmp_path).code == 0
    book = load_workbook(tmp_path / "t.xlsx")
    assert isinstance(book, Workbook)
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    heads = {str(cell.value): number for number, cell in enumerate(sheet[1], start=1)}
    for row, name in ((3, "乌有市甲木有限公司"), (4, "乌有市丙土有限公司")):
        for head, value in (("投标人", name), ("标段", "一"), ("项目负责人", "李四"), ("投标文件编制人", "王五、李四")):
            sheet.cell(row, heads[head], value)
    book.save(tmp_path / "t.xlsx")
    done = ask_here(graph, tmp_path, "bidders", "t.xlsx", "--law", "tender")
    assert done.code == 0, done.err
    (pair,) = done.document["pairs"]
    assert {r["signal"] for r in pair["reasons"] if r["kind"] == "signal"} == {"team", "preparer"}
    assert [r["reason"] for r in done.document["rejected"]] == ["示例行，未核查"]

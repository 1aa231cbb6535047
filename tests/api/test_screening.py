"""`xinmai screen` from sheet to files: a site's own profile, a past day, a broken row, roles of the sheet."""

from __future__ import annotations

import json
from pathlib import Path

from openpyxl import load_workbook

from graph.store import Store
from tests.api.conftest import PERSON_ID
from tests.api.running import ask
from tests.loaders.packages import USCC_A

SHEET = f"""企业名称,统一社会信用代码,董事,董事身份证号,标段
乌有市甲木有限公司,{USCC_A},张三,{PERSON_ID},一
,,,,一
=cmd|' /C calc'!A0,,,,一
"""
PROFILE = """
scenarios:
  own_check:
    name: {zh: 本单位专项, en: own check}
    based_on: tender_other
    families: [negative, status, record]
    hard: []
    listed: {default: inform}
"""


def test_a_screening_of_a_sites_own(graph: Store, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(PROFILE, encoding="utf-8")
    words = ("--scenario", "own_check", "--profiles", "own.yaml", "--as-of", "2024-12-31", "--replay")
    done = ask(graph, tmp_path, "screen", "in.csv", *words, "-o", "s.xlsx", "-o", "s.json", "-o", "s.html")
    assert done.code == 0, done.err
    assert done.document["scenario"] == "own_check"
    assert done.document["rules"]
    assert next((r["row"], r["query"].get("DIRECTOR")) for r in done.document["results"]) == (2, "张三")
    assert [r["row"] for r in done.document["results"]] == [2, 4], "a broken row stops nobody else"
    assert [r["row"] for r in done.document["rejected"]] == [3]
    assert PERSON_ID not in done.out
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8")) == done.document
    book = load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == ["汇总", "发现", "未匹配", "未完成事项", "告知书"]
    assert "规则包" in str(book["汇总"]["A2"].value)
    for sheet in book.worksheets:
        assert str(sheet["A1"].value).startswith("未核查")
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert (
        (tmp_path / "s.html").read_text(encoding="utf-8").partition("<body>")[2].lstrip().startswith('<p class="gap">')
    )


def test_a_profile_that_does_not_hold_is_named(graph: Store, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(PROFILE.replace("own_check", "procurement"), encoding="utf-8")
    done = ask(graph, tmp_path, "screen", "in.csv", "--scenario", "procurement", "--profiles", "own.yaml")
    assert done.code == 2
    assert "own.yaml" in done.err

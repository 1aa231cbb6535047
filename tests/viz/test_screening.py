"""The workbook and the page of a screening: complete, first what was not checked, and harmless."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape
from openpyxl import load_workbook

from graph.errors import InputError
from graph.vocabulary import list_types
from viz.model import clean
from viz.screening import as_html, check, write
from viz.screening_book import MAX_CELL, harmless, workbook
from viz.screening_words import DECISIONS

ID = "999999199003070020"
ATTACKS = [
    '=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1", "\n=1", " =1", "＝1+1", "＋1",
    "\u200b=1", "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "</style><script>x</script>",
]  # fmt: skip


def subject(name: str = "甲有限公司", **more: Any) -> dict[str, Any]:
    base = {"id": "A", "kind": "enterprise", "form": "company", "name": name, "uscc": "91999999MA00000154"}
    return {**base, "id_masked": None, "status": "存续", **more}


def listing(**more: Any) -> dict[str, Any]:
    return {
        "id": "L1", "list": "JYYC", "authority": "某局", "doc_no": "文1", "basis": "某条例", "ground": None,
        "reason": "原因", "tier": None, "listed_on": "2026-01-01", "expires_on": None, "removed_on": None,
        "state": "listed", "disputed": False, "record": "l.csv:2", **more,
    }  # fmt: skip


def finding(cls: str = "LISTED_SELF", text: str = "本人在列", **more: Any) -> dict[str, Any]:
    return {
        "class": cls, "rule": None, "list": "JYYC", "listing": listing(), "target": subject(), "falls_on": "applicant",
        "measure": "", "effect": "inform", "basis": [{"law": "某条例", "article": "第1条", "grade": "text"}],
        "period": {"from": "2026-01-01", "until": None}, "conditions": [], "reason": "原因", "disputed": False,
        "remedy": "改正后移出", "path": {"nodes": [subject()], "edges": []}, "text": text, **more,
    }  # fmt: skip


def result(row: int, decision: str, *findings: dict[str, Any], **more: Any) -> dict[str, Any]:
    match = {"subject": subject(), "level": "USCC", "candidates": [], "warnings": []}
    base = {"row": row, "query": {"name": "甲有限公司"}, "match": match, "decision": decision, "flags": []}
    return {**base, "findings": list(findings), **more}


def screening(*results: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "scenario": "general", "as_of": "2026-06-01", "rules": None, "policy": "1", "data": [],
        "results": list(results), "rejected": [], "not_crossed": [],
        "not_checked": [{"list": "QS", "why": "not_loaded", "as_of": None}],
        "complete": False, **more,
    }  # fmt: skip


def alert() -> dict[str, Any]:
    edge = {"type": "LEGAL_REP", "source": "p", "target": "B", "ratio": None, "since": "2020-01-01", "record": "r:1"}
    path = {"nodes": [subject(id="p", name="张三"), subject(id="B", name="乙有限公司")], "edges": [edge]}
    return finding("ALERT", "关联提示，不构成失信惩戒依据", path=path, score=0.5, hops=1, band="medium")


def cells(answer: dict[str, Any]) -> dict[str, list[list[object]]]:
    book = load_workbook(BytesIO(workbook(answer)))
    return {sheet.title: [[c.value for c in row] for row in sheet.iter_rows()] for sheet in book.worksheets}


def test_every_sheet_begins_with_what_was_not_checked() -> None:
    for title, rows in cells(screening(result(2, "clear"))).items():
        assert str(rows[0][0]).startswith("未核查（名单未接入，1 个）：欠税公告"), title


def test_lists_the_scenario_cannot_do_without_are_named_as_such() -> None:
    first = str(cells(screening(result(2, "review"), needed=["QS"]))["汇总"][0][0])
    assert first == "未核查（名单未接入，1 个）：欠税公告；其中本场景必查 1 个（欠税公告），未发现问题的一律转人工复核"


def test_page_begins_with_what_was_not_checked() -> None:
    body = as_html(screening(result(2, "clear"))).decode().partition("<body>")[2]
    assert body.lstrip().startswith('<p class="gap">未核查')


def test_rows_and_findings_stand_in_the_sheets() -> None:
    open_match: dict[str, Any] = {
        "subject": None,
        "level": "MASK_CONSISTENT",
        "possible_ids": 33,
        "candidates_total": 1,
        "warnings": [],
    }
    masked = {**open_match, "candidates": [subject(name="刘某", uscc=None, id_masked="999999**********20")]}
    answer = screening(
        result(2, "notice", finding(), alert()),
        result(3, "unmatched", query={"person_name": "刘某"}, match=masked),
        rejected=[{"row": 4, "reason": "没有名称或号码"}],
    )
    sheets = cells(answer)
    head, first, second = sheets["汇总"][3:6]
    assert head[:3] == ["行号", "结论", "核查对象"]
    assert first[:4] == [2, "● 有提示", "甲有限公司", None]
    assert first[8:11] == [1, 0, 1]
    assert second[:3] == [3, "？ 未匹配", "刘某"]
    assert "33" in str(second[5])
    assert [(r[0], r[2], r[3], r[15]) for r in sheets["发现"][2:]] == [
        (2, "● 有提示", "本人在列", "经营异常名录"),
        (2, "● 有提示", "关联提示，不构成失信惩戒依据", "经营异常名录"),
    ]
    assert sheets["发现"][3][13] == "张三 是 乙有限公司 的法定代表人（2020-01-01 起，r:1）"
    assert [r[1:6] for r in sheets["未匹配"][2:]] == [
        ["刘某", "姓名相同且隐去号码不矛盾，待人工确认（隐去的号码约有 33 种可能）", "刘某", "999999**********20", "A"]
    ]
    assert ["拒绝行", "第 4 行：没有名称或号码"] in sheets["未完成事项"]


def ruled(**more: Any) -> dict[str, Any]:
    """A finding of a rule: 张三, proposed for a post in the applicant, ran a firm that was struck off."""
    nodes = [subject(), subject(id="p", name="张三", kind="person", uscc=None), subject(id="D", name="丁有限公司")]
    edges = [
        {"type": "DIRECTOR", "source": "p", "target": "A", "record": "sheet:2"},
        {"type": "LEGAL_REP", "source": "p", "target": "D", "since": "2020-01-01", "record": "r:1"},
    ]
    return finding(
        "STATUTORY_CONDITIONAL", "待核实：张三", rule="R14", effect="review", falls_on="nominee", target=nodes[1],
        measure="不得担任公司的董事", basis=[{"law": "公司法（2023）", "article": "第178条", "grade": "text"}],
        period={"from": "2024-01-10", "until": "2027-01-10"}, conditions=["须有负有个人责任的证明"],
        path={"nodes": nodes, "edges": edges}, list="DXYZ", listing=listing(list="DXYZ"), **more,
    )  # fmt: skip


def test_a_rule_is_told_with_all_it_rests_on() -> None:
    notice = "失信惩戒措施告知书\n对象：张三\n=1+1"
    answer = screening(result(2, "blocked", ruled(notice=notice), flags=["red_black"]), rules="2026-11-22")
    sheets = cells(answer)
    assert sheets["汇总"][4][8:12] == [0, 1, 0, "红转黑冲突"]
    assert sheets["发现"][2][2:16] == [
        "✖ 应予限制", "待核实", "需复核", "R14", "不得担任公司的董事", "张三", "拟任人员",
        "公司法（2023） 第178条（已核对条文）", "2024-01-10", "2027-01-10", "须有负有个人责任的证明",
        "张三 是 甲有限公司 的董事（表中第 2 行）；张三 是 丁有限公司 的法定代表人（2020-01-01 起，r:1）",
        "丁有限公司",
        list_types()["DXYZ"].name,
    ]  # fmt: skip
    assert sheets["告知书"][2][2:] == ["张三", "R14", notice]
    page = as_html(answer).decode()
    assert page.count("<svg") == 1
    for told in ("红转黑冲突", "第178条", "2027-01-10", "须有负有个人责任的证明", "失信惩戒措施告知书"):
        assert told in page
    assert "<svg" not in as_html(screening(result(2, "notice", ruled()))).decode(), "only flagged rows are drawn"


def test_rival_bids_stand_without_a_list() -> None:
    rival = {**ruled(), "list": None, "listing": None, "kind": "same_head"}
    sheets = cells(screening(result(2, "review", rival)))
    assert sheets["发现"][2][14:16] == [None, None]
    assert sheets["汇总"][4][12] == "待核实：不得担任公司的董事（R14；约束对象 张三；同标段投标：丁有限公司）"
    assert "<svg" in as_html(screening(result(2, "review", rival))).decode()


def test_what_was_not_done_is_a_sheet_of_its_own() -> None:
    match = {
        "subject": subject(),
        "level": "USCC",
        "candidates": [],
        "warnings": ["role_unchecked: 董事 李乙 无完整证件号"],
    }
    answer = screening(
        result(2, "clear", match=match), not_crossed=[{"subject": subject("枢纽"), "reason": "fanout", "degree": 900}],
        rejected=[{"row": 4, "reason": "没有名称或号码"}],
    )  # fmt: skip
    told = [row[:2] for row in cells(answer)["未完成事项"][2:]]
    assert told[:5] == [
        ["未核查的名单", "欠税公告：名单未接入"],
        ["未继续穿透", "枢纽（900 条关系，超出穿透上限）"],
        ["拒绝行", "第 4 行：没有名称或号码"],
        ["职务未核查", "第 2 行：董事 李乙 无完整证件号"],
        ["不完整", "有名单未核查，或检索被时间、行数、内存截断"],
    ]


def test_sheets_have_frozen_headers_filters_and_coloured_decisions() -> None:
    book = load_workbook(BytesIO(workbook(screening(result(2, "blocked", finding())))))
    sheet = book["汇总"]
    assert sheet.freeze_panes == "A5"
    assert sheet.auto_filter.ref == "A4:O5"
    fill = sheet["B5"].fill.fgColor.rgb
    assert str(fill).endswith(DECISIONS["blocked"][2])


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_a_formula_or_a_link(attack: str) -> None:
    found = finding(
        text=attack, remedy=attack, measure=attack, rule=attack, conditions=[attack], notice=attack, falls_on=attack,
        basis=[{"law": attack, "article": attack, "grade": "text"}], period={"from": attack, "until": attack},
    )  # fmt: skip
    answer = screening(
        result(2, "notice", found, query={"name": attack, "lot": attack}, flags=[attack]),
        rejected=[{"row": 9, "reason": attack}], notes=[attack],
    )  # fmt: skip
    book = load_workbook(BytesIO(workbook(answer)))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n")
                assert cell.hyperlink is None
                assert not str(cell.value or "").startswith(tuple("=+-@＝＋\t\r\n"))


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_markup(attack: str) -> None:
    answer = screening(result(2, "notice", finding(text=attack), query={"name": attack}), notes=[attack])
    page = as_html(answer).decode()
    assert "<script" not in page
    assert "<img" not in page
    assert str(escape(clean(attack))) in page
    assert all(link.startswith("#r") for link in re.findall(r'<[^>]*(?:src|href)="([^"]*)"', page))


def test_page_allows_no_script_and_no_request() -> None:
    page = as_html(screening()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy is not None
    assert "default-src &#39;none&#39;; script-src &#39;none&#39;" in policy[1]
    assert "http://" not in page
    assert "https://" not in page


def test_full_personal_numbers_never_come_through() -> None:
    answer = screening(
        result(2, "notice", finding(text=f"张三 {ID}"), query={"person_name": "张三", "id_number": ID}),
        notes=[f"见 {ID}"],
    )
    assert ID not in as_html(answer).decode()
    assert ID not in json.dumps(cells(answer), ensure_ascii=False)


def test_cells_hold_what_excel_can_hold() -> None:
    long = harmless("长" * 40_000)
    assert isinstance(long, str)
    assert len(long) <= MAX_CELL
    assert harmless("\x00\x07甲\x1f") == "甲"
    assert [harmless(v) for v in (None, 3, 0.5)] == [None, 3, 0.5]


def test_no_law_pack_is_said_and_nothing_is_called_a_consequence() -> None:
    page = as_html(screening(result(2, "notice", finding(), alert()))).decode()
    assert "未使用法律规则" in page
    assert "（仅提示）" in page
    assert "应予限制 0" in page


def test_many_findings_of_a_row_are_cut_on_the_page_and_counted() -> None:
    page = as_html(screening(result(2, "notice", *[finding()] * 60))).decode()
    assert page.count("<li>") == 50
    assert "另有 10 条" in page


def test_writing_is_whole_or_not_at_all(tmp_path: Path) -> None:
    answer = screening(result(2, "clear"))
    for name in ("a.json", "a.HTML", "a.xlsx"):
        write(answer, tmp_path / name)
    assert json.loads((tmp_path / "a.json").read_text(encoding="utf-8")) == answer
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.HTML", "a.json", "a.xlsx"]
    broken = {**answer, "results": [{"row": 2}]}
    with pytest.raises(KeyError):
        write(broken, tmp_path / "a.xlsx")
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["汇总", "发现", "未匹配", "未完成事项", "告知书"]
    assert len(list(tmp_path.iterdir())) == 3


def test_bad_outputs_are_refused_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="输出格式"):
        check(tmp_path / "a.xls")
    with pytest.raises(InputError, match="目录不存在"):
        check(tmp_path / "none" / "a.xlsx")
    with pytest.raises(InputError, match="无法写入"):
        write(screening(), tmp_path / "none" / "a.json")

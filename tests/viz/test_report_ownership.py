"""The ownership section: two steps each way, shares, control, and what is uncertain said."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from tests.viz import cases
from tests.viz.cases import ASKED, data, subject
from tests.viz.owned import BUREAU, DEEP, GROUP, HELD, answer, held, row
from tests.viz.pages import Page
from viz import report, report_tree
from viz.report_ownership import ROWS, section, trimmed
from viz.texts import Texts

ZH = Texts("zh-CN")
SVG = "{http://www.w3.org/2000/svg}"


def words(drawn: str) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(drawn).iter(f"{SVG}text")]


def test_the_tree_has_both_sides_with_shares_and_control() -> None:
    tree = report_tree.tree(answer(), ZH)
    assert [one.subject.name for one in tree.up] == [GROUP["name"], "张明远"]
    assert [one.subject.name for one in tree.up[0].beyond] == [BUREAU["name"]]
    assert [(one.line, one.told) for one in tree.down] == [("80%", "合计 80% · 控制")]
    assert [(one.line, one.told) for one in tree.down[0].beyond] == [("30%", "合计 24%")]
    assert (tree.up[1].line, tree.up[1].told) == ("不明", "合计 0%–40%")
    drawn = report_tree.svg(tree, ZH, title="图")
    assert {"60%", "100%", "30%", "不明", "张明远"} <= {*words(drawn)}
    assert drawn.count('class="e b"') == 3  # the group, the bureau, the firm held: not 张明远, not the deep one
    assert drawn.count('class="o c"') == 3


def test_it_is_on_the_page_with_tables_and_warnings() -> None:
    found = Page(report.html(data(ownership=answer())))
    for text in (
        "股权与控制",
        "最终控制人（国家除外）：青川城投集团有限公司。",
        "国家机关控制：青川市国有资产监督管理委员会",
        "循环持股（2 个主体）",
        "持股合计超过 100%，已按比例折算：青川远航仓储有限公司（120%）。",
        "1 项持股比例不明或者只有区间",
        "不能排除为受益所有人：张明远（至多 40%）",
    ):
        assert text in found.text, text
    way = "青川宏远建设工程有限公司 —股东 80%→ 青川远航物流有限公司 —股东 30%→ 青川远航仓储有限公司"
    assert (DEEP["name"], "", "24%", "", "2", way) in found.rows
    assert any(HELD["name"] in r and "推定：合计表决权 80%，超过半数" in r for r in found.rows)


def test_no_section_where_nothing_is_held() -> None:
    assert section({}, ZH) is None
    assert section(answer(owners=[], holdings=[]), ZH) is None
    assert "股权与控制" not in Page(report.html(data())).text


def test_a_large_family_is_cut_and_says_so() -> None:
    firms = [subject(f"F{i}", f"青川第{i}号投资有限公司") for i in range(ROWS + 40)]
    rows = [row(f, [ASKED, f], [held(ASKED, f, 0.5)], integrated=0.5) for f in firms]
    cut = trimmed(answer(holdings=rows))
    assert len(cut["holdings"]) == ROWS
    tree = report_tree.tree(cut, ZH)
    assert (len(tree.down), tree.more[1]) == (10, ROWS - 10)
    assert f"+{ROWS - 10}" in words(report_tree.svg(tree, ZH, title="图"))
    assert f"共 {ROWS + 40} 行，此处列前 {ROWS} 行。" in Page(report.html(data(ownership=cut))).text


def test_the_nearest_are_kept_when_rows_are_cut() -> None:
    near, between = subject("N", "近"), subject("B", "中")
    path = [ASKED, between, subject("C", "丙"), subject("D", "丁")]
    far = row(path[-1], path, [held(a, b, 1.0) for a, b in pairwise(path)], integrated=1.0)
    kept = trimmed(answer(holdings=[far] * ROWS + [row(near, [ASKED, near], [held(ASKED, near, 0.01)])]))["holdings"]
    assert kept[0]["subject"]["name"] == "近"


@pytest.mark.parametrize("payload", cases.HOSTILE)
def test_hostile_names_stay_texts(payload: str) -> None:
    other = subject("X", payload)
    told = answer(
        owners=[row(other, [ASKED, other], [{**held(other, ASKED, None), "type": payload}], control={"how": payload})],
        ultimate_controllers=[other], cycle_names=[[payload]], scaled=[{"subject": other, "sum": payload}],
        warnings=[{"code": payload, "on": payload}], cut=payload, complete=False,
        beneficial_owners=[{"subject": other, "share": payload, "text": payload}],
    )  # fmt: skip
    html = report.html(data(ownership=told))
    assert not re.search(r"<(img|iframe|a|form|base|object)\b", html)
    drawn = section(told, ZH)
    assert drawn is not None
    ElementTree.fromstring(drawn.drawing)


def test_in_english() -> None:
    text = Page(report.html(data(ownership=answer(), locale="en"))).text
    assert "Ownership and control" in text
    assert "股权与控制" not in text

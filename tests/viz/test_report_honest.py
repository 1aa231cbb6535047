"""What a report must not say: nobody listed who is not, no number, no silence about what was not done."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.viz import cases
from tests.viz.cases import ASKED, ENTRY, HEAD, LISTED, data, edge, exposure, finding, listing, path, subject
from tests.viz.pages import Page, full_number, page, scene
from viz import report

ALERT = "关联提示，不构成失信惩戒依据"


def test_every_alert_says_that_it_is_no_ground_and_no_consequence_says_so() -> None:
    law = finding(
        "STATUTORY", listing("L9", "DXYZ"), HEAD, path([HEAD, LISTED], [edge("LEGAL_REP", HEAD, LISTED)]), text="后果"
    )
    alert = finding(
        "ALERT",
        listing("L7", "XZXF"),
        HEAD,
        path([HEAD, LISTED], [edge("LEGAL_REP", HEAD, LISTED)]),
        rule="R21",
        text="应核查其是否同时列入",
    )
    items = page(findings=[law, alert]).items
    assert [ALERT in item for item in items] == [False, True, True]


def test_nobody_is_called_listed_who_is_not() -> None:
    """张明远 only leads the firm and holds the listed one: no sentence, row or tag may put him on the list."""
    bound = finding(
        "STATUTORY_CONDITIONAL", ENTRY, HEAD, path([HEAD, LISTED], [edge("LEGAL_REP", HEAD, LISTED)]), effect="review"
    )
    html = report.html(data(findings=[bound]))
    found = Page(html)
    for name in ("张明远", "青川宏远建设工程有限公司"):
        assert not re.search(rf"{name} (在列|有记录|在境外名单)", html)
        for row in found.rows:
            assert not (name in row[:2] and any("失信被执行人" in cell for cell in row)), row
    cards = {node["label"]: node for node in scene(html)["nodes"]}
    assert "失信" not in cards["张明远"]["tag"] + cards["张明远"]["title"].replace(ALERT, "")
    assert "青川鑫达商贸有限公司 在列 失信被执行人" in html


def test_a_subject_without_findings_is_told_within_which_bounds() -> None:
    found = page(exposures=[], relations=[])
    assert found.items == []
    assert "在已核查的名单和 2025-07-01 有效的关系范围内，未发现" in found.text
    assert ALERT not in found.text


@pytest.mark.parametrize(
    ("complete", "missing", "stops", "says", "says_not"),
    [
        (True, [], [], "所需名单均已核查", "不完整"),
        (False, [], [], "未列出不等于不存在", "所需名单均已核查"),
        (True, [{"list": "ZDSS", "why": "stale", "as_of": "2025-01-31"}], [], "2025-01-31", "所需名单均已核查"),
        (
            True,
            [],
            [{"subject": {"id": "E9", "name": "国资公司"}, "reason": "fanout", "degree": 388}],
            "国资公司关系数超过上限388",
            "所需名单均已核查",
        ),
        (True, [], [{"subject": "P1", "reason": "conducts", "degree": 7}], "张明远不传导主体7", "所需名单均已核查"),
    ],
)
def test_it_says_what_was_not_done(
    complete: bool, missing: list[Any], stops: list[Any], says: str, says_not: str
) -> None:
    text = page(complete=complete, not_checked=missing, not_crossed=stops).text
    assert says in text
    assert says_not not in text


def test_a_foreign_list_is_for_reference_only() -> None:
    text = page(exposures=[], listed=[listing("F", "OFAC_SDN", authority="", doc_no="")]).text
    assert "在境外名单 美国OFAC特别指定国民名单" in text
    assert "境外名单，仅供合规参考" in text
    assert "本主体在列0" in re.sub(r"\s+", "", text)


def test_personal_numbers_never_appear() -> None:
    number, phone = full_number(), "13812345678"
    leak = f"{number} {phone}"
    person = subject("P1", "张明远", "person", id_masked=number, status=leak)
    entry = listing("L1", "SXBZXR", doc_no=leak, reason=leak, authority=leak, basis=leak, record=f"{number}.csv:3")
    way = [
        edge("LEGAL_REP", person, ASKED, title=leak, record=leak),
        edge("DIRECTOR", person, LISTED, via={"kind": "phone", "value": phone}),
    ]
    law = finding(
        "STATUTORY",
        entry,
        person,
        path([ASKED, person, LISTED], way),
        text=leak,
        measure=leak,
        reason=leak,
        remedy=leak,
        conditions=[leak],
        basis=[{"law": leak, "article": leak, "grade": leak}],
    )
    html = report.html(
        data(
            findings=[law],
            exposures=[exposure(0.8, "high", entry, path([ASKED, person, LISTED], way))],
            relations=[cases.relation("LEGAL_REP", person, ASKED, person, record=leak)],
            sources=[{"source": leak, "files": [leak], leak: leak}],
            not_crossed=[{"subject": person, "reason": leak, "degree": 3}],
            not_checked=[{"list": leak, "why": leak, "as_of": leak}],
            generated_at=leak, policy_version=leak, rules_version=leak, scenario=leak,
        )
    )  # fmt: skip
    for hidden in (number, number[:10], number[6:14], phone, phone[3:9]):
        assert hidden not in html, hidden
    assert "张明远" in html
    assert "91999999MA1000001X" in html  # an organisation's code is public


def test_no_rule_pack_is_not_the_same_as_no_consequence() -> None:
    assert "规则包未接入，未评估" in page().text
    asked = page(rules_version="2026.1").text
    assert "规则包未接入" not in asked
    assert "限制 0 · 需核查 0" in asked


def test_adverse_listings_stand_before_commendations() -> None:
    items = page(exposures=[], listed=[listing("R", "A_TAX"), listing("N", "YZWF"), listing("C", "XZCF")]).items
    assert [next(w for w in ("守信名单", "在列", "有记录") if w in item) for item in items] == [
        "在列",
        "有记录",
        "守信名单",
    ]


def test_a_reached_subject_is_not_put_beside_the_list_as_if_it_were_its_own() -> None:
    way = [edge("LEGAL_REP", HEAD, ASKED, weight=0.8)]
    many = [exposure(0.8, "high", listing(f"L{i}", "SXBZXR"), path([HEAD, ASKED], way)) for i in range(12)]
    html = report.html(data(exposures=[], relations=[], listed=[ENTRY], reached=many))
    (heads,) = re.findall(r'<table class="tab-rest">\s*<thead><tr>(.*?)</tr>', html, re.DOTALL)
    assert re.findall(r"<th[^>]*>(.*?)</th>", heads) == [
        "关联到的主体",
        "关联得分",
        "距离",
        "路径",
        "本主体的名单",
        "记录",
    ]
    assert not re.search("张明远 (在列|有记录)", html)

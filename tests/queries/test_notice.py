"""The notice that goes with a block: whom, why, on what ground, how long, and what he can do."""

from __future__ import annotations

from typing import Any

from queries.notice import CLOSING, notice


def finding(**more: Any) -> dict[str, Any]:
    listing = {
        "id": "L1", "list": "SXBZXR", "authority": "乌有市法院", "doc_no": "文1", "listed_on": "2025-01-01",
        "expires_on": None, "disputed": False,
    }  # fmt: skip
    subject = {"id": "A", "name": "甲有限公司", "uscc": "91999999MA00000154", "id_masked": None}
    base = {
        "class": "LISTED_SELF", "rule": None, "list": "SXBZXR", "listing": listing, "target": subject, "measure": "",
        "basis": [{"law": "财库〔2016〕125号", "article": "第二条", "grade": "text"}], "reason": "有履行能力而拒不履行",
        "period": {"from": "2025-01-01", "until": None}, "conditions": [], "remedy": "履行后删除",
        "falls_on": "applicant",
        "path": {"nodes": [subject], "edges": []},
    }  # fmt: skip
    return {**base, **more}


def lines(told: dict[str, Any]) -> list[str]:
    return notice(told, "政府采购", "2026-06-01").split("\n")


def test_a_listing_is_told_with_its_ground_and_where_to_object() -> None:
    assert lines(finding()) == [
        "失信惩戒措施告知书",
        "对象：甲有限公司（91999999MA00000154）",
        "事项：政府采购；核查日：2026-06-01",
        "事实：甲有限公司 列于失信被执行人（乌有市法院 文1，2025-01-01 起）；事由：有履行能力而拒不履行",
        "依据：财库〔2016〕125号第二条（已核对条文）",
        "措施：在“政府采购”事项中予以限制（失信被执行人）",
        "期限：自 2025-01-01 起，至移出名单或者解除之日",
        "救济途径：履行后删除",
        "异议受理机关：乌有市法院",
        CLOSING,
    ]


def test_a_rule_is_told_by_the_relation_and_its_last_day() -> None:
    person = {"id": "p", "name": "张三", "uscc": None, "id_masked": "999999********0020"}
    unit = {"id": "A", "name": "甲有限公司"}
    edge = {"type": "LEGAL_REP", "source": "p", "target": "A", "since": "2020-01-01", "record": "r:1"}
    told = lines(
        finding(
            **{"class": "STATUTORY"}, rule="R01", target=person, measure="限制高消费", conditions=["以限制消费令为准"],
            path={"nodes": [person, unit], "edges": [edge]}, period={"from": "2025-01-01", "until": "2027-01-01"},
        )
    )  # fmt: skip
    assert told[1] == "对象：张三（999999********0020）"
    assert told[3].startswith("事实：张三 是 甲有限公司 的法定代表人（2020-01-01 起，r:1）；甲有限公司 列于")
    assert told[5:8] == ["措施：限制高消费", "期限：2025-01-01 至 2027-01-01（含当日）", "核实事项：以限制消费令为准"]
    assert "张三 列于" not in "".join(told), "never said to be on the list himself"


def test_rival_bids_have_no_entry() -> None:
    a, b = {"id": "A", "name": "甲有限公司"}, {"id": "B", "name": "乙有限公司"}
    edge = {"type": "SHAREHOLDER", "source": "A", "target": "B", "ratio": 1.0}
    rival = {"list": None, "listing": None, "rule": "R35", "path": {"nodes": [a, b], "edges": [edge]}, "reason": ""}
    law = {"law": "招标投标法实施条例", "article": "第34条", "grade": "text"}
    told = lines(finding(**rival, falls_on="joint_bid", period={"from": None, "until": None}, basis=[law, dict(law)]))
    assert told[3] == "事实：甲有限公司 持有 乙有限公司 的股权（100.00%）（同一标段）"
    assert told[4] == "依据：招标投标法实施条例第34条（已核对条文）", "no article twice"
    assert told[6] == "期限：仅限该标段（合同项）"
    assert told[7] == "救济途径：履行后删除；对投标（响应）的处理有异议的，可向招标人（采购人）或其监督部门提出"
    assert told[-2] == "异议受理机关：招标人（采购人）或其监督部门"
    # A consortium: the entry has its own court, the bid its own tenderer.
    joined = lines(finding(falls_on="joint_bid", rule="R31"))
    assert joined[6] == "期限：仅限该标段（合同项）"
    assert "招标人（采购人）" in joined[7]
    assert joined[-2] == "异议受理机关：乌有市法院"

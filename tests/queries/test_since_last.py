"""Comparison with an earlier screening."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from queries.since_last import compare, earlier


def finding(listing: str, state: str = "listed", text: str = "t") -> dict[str, Any]:
    return {
        "class": "LISTED_SELF", "rule": None, "listing": {"id": listing, "state": state}, "target": {"id": "A"},
        "effect": "inform", "disputed": False, "text": text,
    }  # fmt: skip


def result(row: int, name: str, *findings: dict[str, Any], decision: str = "clear") -> dict[str, Any]:
    match = {"subject": {"id": name}, "level": "USCC"}
    return {"row": row, "query": {"name": name}, "match": match, "decision": decision, "findings": list(findings)}


def document(*results: dict[str, Any], **frame: Any) -> dict[str, Any]:
    return {"scenario": "general", "policy": "1", "rules": None, "as_of": "2026-01-01", "results": results, **frame}


def statuses(answer: dict[str, Any]) -> list[tuple[int, str, list[str]]]:
    return [(r["row"], r["since_last"]["status"], r["since_last"]["changes"]) for r in answer["results"]]


def test_rows_are_paired_by_what_was_asked_not_by_number() -> None:
    before = document(result(2, "甲"), result(3, "乙"), result(4, "丙"))
    answer = compare(document(result(2, "乙"), result(3, "丁"), result(4, "甲")), before, "old.json")
    assert statuses(answer) == [(2, "unchanged", []), (3, "new", []), (4, "unchanged", [])]
    assert answer["since_last"] == {
        "file": "old.json", "as_of": "2026-01-01", "new": 1, "changed": 0, "unchanged": 2,
        "gone": [{"name": "丙"}], "notes": [],
    }  # fmt: skip


def test_a_change_says_what_changed() -> None:
    before = document(result(2, "甲", finding("L1", text="一"), decision="notice"))
    now = document(result(2, "甲", finding("L1", "objected", text="二"), decision="review"))
    (status,) = statuses(compare(now, before, "x"))
    assert status == (2, "changed", ["结论：notice → review", "新增：二", "不再有：一"])


def test_order_and_wording_of_findings_are_no_change() -> None:
    before = document(result(2, "甲", finding("L1"), finding("L2"), decision="notice"))
    now = document(result(2, "甲", finding("L2", text="改写"), finding("L1"), decision="notice"))
    assert statuses(compare(now, before, "x")) == [(2, "unchanged", [])]


def test_the_same_question_asked_twice_is_paired_twice() -> None:
    before = document(result(2, "甲"), result(3, "甲"))
    answer = compare(document(result(2, "甲"), result(3, "甲"), result(4, "甲")), before, "x")
    assert [status for _, status, _ in statuses(answer)] == ["unchanged", "unchanged", "new"]


def test_another_policy_is_said() -> None:
    answer = compare(document(), document(policy="0"), "x")
    assert answer["since_last"]["notes"] == ["关联策略版本不同：上次 0，本次 1"]


def test_earlier_result_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_text(json.dumps(document(result(2, "甲", finding("L1")))), encoding="utf-8")
    assert earlier(path)["results"][0]["row"] == 2


@pytest.mark.parametrize("content", ["", "不是", "[]", "{}", '{"results": 3}', '{"results": [{"row": 2}]}'])
def test_anything_else_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "old.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"核查结果|JSON"):
        earlier(path)
    with pytest.raises(InputError, match="找不到"):
        earlier(tmp_path / "none.json")


def test_rival_bids_are_told_apart_by_the_other_bidder() -> None:
    def rival(other: str) -> dict[str, Any]:
        path = {"nodes": [{"id": "A"}, {"id": other}], "edges": []}
        return {**finding("L"), "rule": "R35", "listing": None, "path": path, "text": other}

    before = document(result(2, "甲", rival("B")))
    (status,) = statuses(compare(document(result(2, "甲", rival("C"))), before, "x"))
    assert status == (2, "changed", ["新增：C", "不再有：B"])


def test_another_version_of_the_rules_is_said() -> None:
    answer = compare(document(rules="2026-11-22"), document(rules="2026-01-01"), "x")
    assert answer["since_last"]["notes"] == ["规则包版本不同：上次 2026-01-01，本次 2026-11-22"]

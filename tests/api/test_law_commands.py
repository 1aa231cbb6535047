"""What the law attaches, on the command line: rules, scenarios, findings, explain, reach; in both languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from graph.store import Store
from queries.law.read import shipped
from queries.scenarios import scenarios
from tests.api.conftest import PERSON_ID
from tests.api.running import Ended, here

DAY = ("--as-of", "2026-01-01")
UNVERIFIED = "未核实（凭记忆，待查证），从不阻断"
CHINESE = re.compile("[\u4e00-\u9fff]")
OWN_PROFILE = """
scenarios:
  ours:
    name: {zh: 本单位核查, en: our own check}
    based_on: fiscal
"""


def run(*words: str) -> Ended:
    """A command, wherever this is."""
    return here(*words, cwd=Path.cwd())


def ask(graph: Store, *words: str) -> Ended:
    """A question with --json on the loaded graph."""
    return run(*words, "--db", graph.location, "--json")


def read(graph: Store, *words: str) -> str:
    """An answer as people read it."""
    ended = run(*words, "--db", graph.location)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


def test_rules_are_told_whole_and_in_two_languages() -> None:
    document = run("rules", "--json").document
    assert document["version"] == shipped().version
    assert [rule["id"] for rule in document["rules"]] == list(shipped().rules)
    for rule in document["rules"]:
        assert {"trigger", "ways", "period", "exceptions", "scenarios", "valid_from", "jurisdiction"} <= set(rule)
        for words in (rule["name"], rule["measure"], rule["ends"], *(way["words"] for way in rule["ways"])):
            assert CHINESE.search(words["zh"]), rule["id"]
            assert words["en"], rule["id"]
        assert all({"law", "article", "grade", "source"} <= set(entry) for entry in rule["basis"]), rule["id"]
        read_at_all = any(entry["grade"] != "unverified" for entry in rule["basis"])
        assert rule["review_status"] == ("verified" if read_at_all else "unverified")
    listing = run("rules").out
    unverified = [rule["id"] for rule in document["rules"] if rule["review_status"] == "unverified"]
    assert unverified
    for line in listing.splitlines():
        assert (UNVERIFIED in line) is (line.split(" ")[0] in unverified)


def test_one_rule_is_found_however_it_is_spelt() -> None:
    chinese = run("rules", "r05").out
    assert "不得担任公司董事、监事、高级管理人员" in chinese
    assert "第178条第1款第(5)项" in chinese
    assert "条文已核对" in chinese
    english = run("rules", "R05", "--lang", "en").out
    assert "No director, supervisor or officer of a company" in english
    assert "provision read" in english
    unverified = next(id for id, rule in shipped().rules.items() if rule.review_status == "unverified")
    assert UNVERIFIED in run("rules", unverified).out
    assert "unverified, never blocks" in run("rules", unverified, "--lang", "en").out
    refused = run("rules", "R99", "--json")
    assert (refused.code, set(refused.document)) == (2, {"error"})
    assert "R05" in refused.document["error"]["remedy"]


def test_scenarios_tell_what_each_list_and_rule_does() -> None:
    document = run("scenarios", "--json").document
    assert [one["code"] for one in document["scenarios"]] == list(scenarios())
    assert document["rules"] == shipped().version
    one = run("scenarios", "procurement", "--json").document["scenarios"][0]
    lists = {entry["list"]: entry for entry in one["lists"]}
    assert lists["SXBZXR"]["effect"] == "block"
    assert lists["SXBZXR"]["basis"][0]["law"]
    assert [code for code in one["hard"] if not lists[code]["hard"]] == []
    effects = {row["rule"]: row["effects"] for row in one["rules"]}
    assert effects["R31"] == {"target": "review"}
    told = run("scenarios", "procurement").out
    assert "财库〔2016〕125号" in told
    assert "R36" in told
    assert "government procurement" in run("scenarios", "--lang", "en").out.lower()
    assert run("scenarios", "nonsense", "--json").code == 2


def test_a_site_may_bring_scenarios_of_its_own(graph: Store, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(OWN_PROFILE, encoding="utf-8")
    told = run("scenarios", "ours", "--profiles", str(own), "--json").document
    assert told["scenarios"][0]["based_on"] == "fiscal"
    shipped_ones = run("scenarios", "fiscal", "--json").document["scenarios"][0]
    assert [(r["rule"], r["effects"]) for r in told["scenarios"][0]["rules"]] == [
        (r["rule"], r["effects"]) for r in shipped_ones["rules"]
    ]
    answer = ask(graph, "findings", "B", "--scenario", "ours", "--profiles", str(own), *DAY).document
    assert answer["scenario"] == "ours"
    unknown = ask(graph, "findings", "B", "--scenario", "ours", *DAY)
    assert unknown.code == 2
    assert ask(graph, "findings", "B", "--scenario", "ours", "--profiles", str(tmp_path / "gone.yaml"), *DAY).code == 2


def test_findings_come_with_what_they_rest_on(graph: Store) -> None:
    bound = ask(graph, "findings", "P", *DAY)
    assert (bound.code, bound.err) == (0, "")
    assert PERSON_ID not in bound.out
    answer = bound.document
    assert (answer["decision"], answer["scenario"], answer["rules"]) == (None, None, shipped().version)
    assert {"subject", "as_of", "policy", "flags", "listed", "not_crossed", "not_checked", "complete"} <= set(answer)
    found = next(f for f in answer["findings"] if f["rule"] == "R01")
    assert (found["target"]["id"], found["listing"]["id"]) == ("P", "L1")
    assert found["basis"]
    assert found["remedy"]
    blocked = ask(graph, "findings", "B", "--scenario", "procurement", *DAY).document
    assert (blocked["decision"], blocked["scenario"]) == ("blocked", "procurement")
    assert ask(graph, "findings", "nobody", *DAY).code == 3
    assert ask(graph, "findings", "A", "--scenario", "nonsense", *DAY).code == 2


def test_people_read_what_was_not_checked_then_the_decision_then_the_findings(graph: Store) -> None:
    told = read(graph, "findings", "B", "--scenario", "procurement", *DAY)
    places = [told.index(part) for part in ("未核查", "结论：应予限制", "本人在列（1）", "依据：")]
    assert places == sorted(places)
    head = read(graph, "findings", "P", *DAY)
    assert "R01 张三：" in head
    assert "乌有市乙火有限公司 在列 失信被执行人" in head
    assert not re.search("张三 在列|张三：失信被执行人", head)


def test_english_is_english_where_the_pack_is(graph: Store) -> None:
    told = read(graph, "findings", "P", "--lang", "en", *DAY)
    assert "No high spending" in told
    for label in ("法定后果", "本人在列", "待核实：", "仅提示", "依据：", "结论"):
        assert label not in told
    why = read(graph, "explain", "P", "--rule", "R01", "--lang", "en", *DAY)
    assert "relation is LEGAL_REP" in why


def test_explain_marks_every_condition(graph: Store) -> None:
    answer = ask(graph, "explain", "P", "--rule", "r01", *DAY).document
    assert {"subject", "rule", "as_of", "fired", "outcome", "paths", "more", "missing"} <= set(answer)
    assert (answer["rule"]["id"], answer["fired"]) == ("R01", True)
    conditions: list[dict[str, Any]] = answer["paths"][0]["conditions"]
    assert {"key", "asks", "asks_en", "status", "fact"} == set(conditions[0])
    told = read(graph, "explain", "P", "--rule", "R01", *DAY)
    assert "✓ 关系为" in told
    assert "适用" in told
    assert "✗" in read(graph, "explain", "H", "--rule", "R01", *DAY)
    # What reaches B's head is told on B's page, as his and not as B's.
    assert "约束对象 张三" in read(graph, "explain", "B", "--rule", "R01", *DAY)
    assert "没有任何名单条目" in read(graph, "explain", "N1", "--rule", "R14", *DAY)


def test_a_guard_tells_that_the_head_is_not_on_the_list(graph: Store) -> None:
    told = read(graph, "explain", "P", "--rule", "R02", *DAY)
    assert "守卫成立" in told
    assert "张三 本人没有该名单的有效条目" in told


def test_rules_of_a_sheet_say_where_they_are_asked(graph: Store) -> None:
    for rule in ("R31", "R36"):
        assert "xinmai screen" in read(graph, "explain", "A", "--rule", rule, *DAY)


@pytest.mark.parametrize(
    ("words", "code"),
    [(["explain", "A", "--rule", "R99"], 2), (["explain", "A"], 2), (["explain", "nobody", "--rule", "R01"], 3)],
)
def test_what_cannot_be_explained_says_why(graph: Store, words: list[str], code: int) -> None:
    ended = ask(graph, *words)
    assert (ended.code, set(ended.document)) == (code, {"error"})


def test_reach_tells_consequences_apart_from_nearness(graph: Store) -> None:
    told = read(graph, "reach", "B", *DAY)
    law, near = told.index("规则后果"), told.index("波及的主体")
    assert law < told.index("R01 张三：") < near
    assert not re.search("张三 ← 失信被执行人|张三 在列", told)
    english = read(graph, "reach", "B", "--lang", "en", *DAY)
    assert "consequences (" in english

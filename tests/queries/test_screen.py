"""Screening in the general scenario: what is said of a row, and what must not be."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from graph.store import Store
from graph.vocabulary import list_types
from queries.applicants import applicant
from queries.finding import Effect
from queries.question import Asked
from queries.scenarios import Scenario, parse, scenario
from queries.screen import screen
from tests.queries.tiny import firm, listing, named, person, relate, source

CODE, CODE_2 = "91999999MA00000154", "91999999MA0000023Y"
ID, ID_2 = "999999199003070020", "999999198506120013"
AS_OF = "2024-06-01"
SENTENCE = "关联提示，不构成失信惩戒依据"

# Stricter than `general`, to see that what is held down is held down.
STRICT: dict[str, Any] = {
    "name": {"zh": "试验", "en": "trial"}, "families": ["negative", "status", "foreign"],
    "listed": {"default": {"effect": "block", "basis": [{"law": "某法", "source": "L", "grade": "text"}]}},
    "hard": [], "alerts": True, "law": False,
}  # fmt: skip


def profile(**changes: Any) -> Scenario:
    return parse({"scenarios": {"strict": {**STRICT, **changes}}})["strict"]


def answer(store: Store, *rows: dict[str, str], of: Scenario | None = None, **asked: Any) -> dict[str, Any]:
    applicants = [applicant(n, row) for n, row in enumerate(rows, start=2)]
    return screen(store, applicants, of or scenario("general"), cast(Asked, {"as_of": AS_OF, **asked})).to_json()


def told(document: dict[str, Any]) -> list[tuple[str, set[tuple[str, str, str]]]]:
    """Of each row: decision, and (class, listing, effect) of its findings."""
    return [
        (r["decision"], {(f["class"], f["listing"]["id"], f["effect"]) for f in r["findings"]})
        for r in document["results"]
    ]


def test_listed_itself_is_a_notice_with_its_evidence(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    listing(store, "L1", "A", "JYYC", "2024-01-01", reason="未公示年报")
    document = answer(store, {"name": "甲有限公司", "uscc": CODE})
    assert told(document) == [("notice", {("LISTED_SELF", "L1", "inform")})]
    found = document["results"][0]["findings"][0]
    assert found["rule"] is None
    assert (found["falls_on"], found["target"]["id"], found["disputed"]) == ("applicant", "A", False)
    known = {"law": list_types()["JYYC"].basis, "article": "", "grade": "text"}
    assert found["basis"] == [known, {"law": "某法第1条", "article": "", "grade": "unverified"}]
    assert found["period"] == {"from": "2024-01-01", "until": None}
    assert [node["id"] for node in found["path"]["nodes"]] == ["A"]
    assert found["path"]["edges"] == []
    assert "本人在列：甲有限公司，经营异常名录" in found["text"]
    assert "未公示年报" in found["text"]
    assert "改正后移出" in found["remedy"]


def test_another_ones_listing_that_comes_near_is_an_alert_with_its_path(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    firm(store, "B", "乙有限公司")
    person(store, "p", "张三", id_number=ID)
    relate(store, "p", "LEGAL_REP", "A", since="2020-01-01")
    relate(store, "p", "LEGAL_REP", "B", since="2020-01-01")
    listing(store, "L1", "B", "SXBZXR", "2024-01-01")
    document = answer(store, {"uscc": CODE}, {"person_name": "张三", "id_number": ID})
    assert told(document) == [("notice", {("ALERT", "L1", "inform")})] * 2
    found = document["results"][0]["findings"][0]
    assert [node["id"] for node in found["path"]["nodes"]] == ["A", "p", "B"]
    assert found["text"].endswith(SENTENCE)
    assert found["rule"] is None
    assert found["basis"] == []
    assert found["score"] > 0


def test_whoever_is_not_listed_is_never_said_to_be(store: Store) -> None:
    firm(store, "B", "乙有限公司")
    person(store, "p", "张三", id_number=ID)
    relate(store, "p", "LEGAL_REP", "B")
    listing(store, "L1", "B", "SXBZXR", "2024-01-01")
    named(store, "p", "L1", "LEGAL_REP")
    for found in answer(store, {"id_number": ID, "person_name": "张三"})["results"][0]["findings"]:
        assert found["class"] == "ALERT"
        assert "本人在列" not in found["text"]
        assert "张三 列于" not in found["text"]
        assert found["text"].endswith(SENTENCE)


def test_named_by_a_debtors_entry_without_any_relation_is_only_mentioned(store: Store) -> None:
    firm(store, "B", "乙有限公司")
    person(store, "p", "张三", id_number=ID)
    listing(store, "L1", "B", "SXBZXR", "2024-01-01")
    named(store, "p", "L1", "LEGAL_REP")
    document = answer(store, {"id_number": ID, "person_name": "张三"}, of=profile())
    assert told(document) == [("notice", {("ALERT", "L1", "inform")})]
    assert "其本人未被列入" in document["results"][0]["findings"][0]["text"]


def test_named_by_an_entry_that_lists_whom_it_names_is_listed_himself_once(store: Store) -> None:
    firm(store, "B", "乙有限公司")
    for node, name, number in (("p", "钱某", ID), ("q", "孙某", ID_2)):
        person(store, node, name, id_number=number)
        relate(store, node, "PRINCIPAL", "B")
    listing(store, "L1", "B", "QXNMG", "2024-01-01")
    named(store, "p", "L1", "DIRECT_RESPONSIBLE")
    rows = [{"person_name": "钱某", "id_number": ID}, {"person_name": "孙某", "id_number": ID_2}]
    document = answer(store, *rows)
    assert told(document) == [("notice", {("LISTED_SELF", "L1", "inform")}), ("notice", {("ALERT", "L1", "inform")})]
    assert "乙有限公司 的条目列明其为直接责任人员（n.csv:p）" in document["results"][0]["findings"][0]["conditions"]


@pytest.mark.parametrize(
    "life",
    [
        {"on": "2024-06-02"},  # the day after the day asked for
        {"removed_on": "2024-06-01", "state": "repaired"},  # repaired that very day
        {"expires_on": "2024-05-31"},
        {"events": ["2024-05-01 suspended e:1"]},
    ],
)
def test_what_is_not_in_force_that_day_is_not_said(store: Store, life: dict[str, Any]) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    person(store, "p", "张三", id_number=ID)
    relate(store, "p", "LEGAL_REP", "A")
    listing(store, "L1", "A", "YZWF", **{"on": "2024-01-01", **life})
    rows = [{"uscc": CODE}, {"person_name": "张三", "id_number": ID}]
    assert told(answer(store, *rows)) == [("clear", set())] * 2


def test_what_has_ended_by_today_appears_only_in_a_replay(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    listing(store, "L1", "A", "YZWF", "2024-01-01", removed_on="2024-07-01", state="repaired")
    assert told(answer(store, {"uscc": CODE})) == [("clear", set())]
    replayed = answer(store, {"uscc": CODE}, replay=True)
    assert told(replayed) == [("notice", {("LISTED_SELF", "L1", "inform")})]
    entry = replayed["results"][0]["findings"][0]["listing"]
    assert (entry["state"], entry["state_now"]) == ("listed", "repaired")


def test_ended_relation_and_relation_not_yet_begun_carry_nothing(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    firm(store, "B", "乙有限公司")
    listing(store, "L1", "B", "YZWF", "2024-01-01")
    person(store, "p", "张三")
    relate(store, "p", "LEGAL_REP", "A")
    relate(store, "p", "LEGAL_REP", "B", since="2020-01-01", until="2024-06-01")
    relate(store, "p", "DIRECTOR", "B", since="2024-06-02")
    assert told(answer(store, {"uscc": CODE})) == [("clear", set())]


@pytest.mark.parametrize("code", ["XZXK", "A_TAX", "AEO"])
def test_permits_and_red_lists_are_nothing_adverse(store: Store, code: str) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    listing(store, "L1", "A", code, "2024-01-01")
    assert told(answer(store, {"uscc": CODE})) == [("clear", set())]


def test_a_namesake_is_not_the_one_who_is_listed(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    person(store, "p", "张三", id_number=ID)
    for node in ("A", "p"):
        listing(store, f"L{node}", node, "SXBZXR", "2024-01-01")
    rows = [
        {"name": "甲有限公司", "uscc": CODE_2},
        {"person_name": "张三", "id_number": ID_2},
        {"person_name": "张三"},
        {"person_name": "张三", "id_number": "999999****03070020"},
    ]
    assert told(answer(store, *rows)) == [("unmatched", set())] * 4


def test_candidates_are_told_only_what_is_above_information_and_never_blocked(store: Store) -> None:
    person(store, "p", "张三", id_number=ID)
    person(store, "q", "张三", id_number="999999********0020")
    listing(store, "L1", "p", "SXBZXR", "2024-01-01")
    listing(store, "L2", "q", "OFAC_SDN", "2024-01-01")
    document = answer(store, {"person_name": "张三", "id_number": "999999********0020"}, of=profile())
    assert told(document) == [("review", {("LISTED_SELF", "L1", "review")})]
    match = document["results"][0]["match"]
    assert (match["subject"], match["level"]) == (None, "MASK_CONSISTENT")
    assert match["possible_ids"] > 1_000
    assert "19900307" not in json.dumps(document, ensure_ascii=False)
    (found,) = document["results"][0]["findings"]
    assert found["text"].startswith("以下系候选主体 张三（p；")
    assert found["conditions"][0] == "身份待核实：仅为可能的主体"


def test_only_a_sure_match_blocks(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    listing(store, "L1", "A", "SXBZXR", "2024-01-01")
    rows = [{"name": "甲有限公司", "uscc": CODE}, {"name": "甲有限公司"}, {"name": "乙有限公司", "uscc": CODE}]
    document = answer(store, *rows, of=profile())
    assert [decision for decision, _ in told(document)] == ["blocked", "review", "review"]
    (found,) = document["results"][2]["findings"]
    assert found["text"].startswith("表中名称“乙有限公司”与号码所属主体“甲有限公司”不一致，以下系 甲有限公司 的情况")


def test_disputed_entry_is_marked_and_does_not_block(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    listing(store, "L1", "A", "SXBZXR", "2024-01-01", events=["2024-03-01 objected e:1"])
    document = answer(store, {"uscc": CODE}, of=profile())
    assert told(document) == [("review", {("LISTED_SELF", "L1", "review")})]
    assert document["results"][0]["findings"][0]["disputed"]


def test_foreign_list_is_information_whatever_the_profile_says(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    listing(store, "L1", "A", "OFAC_SDN", "2024-01-01")
    for of in (profile(), scenario("general")):
        document = answer(store, {"uscc": CODE}, of=of)
        assert told(document) == [("notice", {("LISTED_SELF", "L1", "inform")})]
        assert "境外名单，仅供合规参考" in document["results"][0]["findings"][0]["text"]


def test_lists_nobody_loaded_are_named_first(store: Store) -> None:
    document = answer(store)
    assert next(iter(document)) == "not_checked"
    missing = {entry["list"] for entry in document["not_checked"]}
    assert "SXBZXR" in missing
    assert not {"A_TAX", "XZXK", "OFAC_SDN"} & missing


def test_missing_hard_list_turns_clear_into_review_and_comes_first(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    document = answer(store, {"uscc": CODE}, of=profile(hard=["ZTB"]))
    assert told(document) == [("review", set())]
    assert document["not_checked"][0]["list"] == "ZTB"
    assert document["complete"] is False


def test_loaded_and_fresh_hard_list_leaves_clear(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    source(store, "t", lists=["ZTB"], snapshot="2024-05-01", loaded_at="2024-05-02")
    fresh = answer(store, {"uscc": CODE}, of=profile(hard=["ZTB"]))
    assert told(fresh) == [("clear", set())]
    assert fresh["data"] == [{"source": "t", "snapshot": "2024-05-01", "loaded_at": "2024-05-02"}]
    later = answer(store, {"uscc": CODE}, of=profile(hard=["ZTB"]), as_of="2025-05-01")
    assert told(later) == [("review", set())]
    assert later["not_checked"][0] == {"list": "ZTB", "why": "stale", "as_of": "2024-05-01"}


def test_scenario_without_alerts_searches_no_relations(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    firm(store, "B", "乙有限公司")
    relate(store, "B", "SHAREHOLDER", "A", ratio=1.0)
    listing(store, "L1", "B", "YZWF", "2024-01-01")
    assert told(answer(store, {"uscc": CODE})) == [("notice", {("ALERT", "L1", "inform")})]
    assert told(answer(store, {"uscc": CODE}, of=profile(alerts=False))) == [("clear", set())]


def test_hub_that_was_not_crossed_is_named(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    firm(store, "H", "国资有限公司", conducts=False)
    firm(store, "B", "乙有限公司")
    for node in ("A", "B"):
        relate(store, "H", "SHAREHOLDER", node, ratio=1.0)
    listing(store, "L1", "B", "YZWF", "2024-01-01")
    document = answer(store, {"uscc": CODE})
    assert told(document) == [("clear", set())]
    assert [(s["subject"]["id"], s["reason"]) for s in document["not_crossed"]] == [("H", "conducts")]


def test_rows_keep_their_order_and_repeats_say_so(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    document = answer(store, {"uscc": CODE}, {"name": "无此公司"}, {"uscc": CODE, "name": "甲有限公司"})
    assert [(r["row"], r["decision"]) for r in document["results"]] == [(2, "clear"), (3, "unmatched"), (4, "clear")]
    assert document["results"][2]["match"]["warnings"] == ["duplicate_of:2"]


def test_roles_of_the_sheet_are_read_and_echoed_masked(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    person(store, "p", "张三", id_number=ID)
    listing(store, "L1", "p", "SXBZXR", "2024-01-01")
    document = answer(store, {"uscc": CODE, "LEGAL_REP": "张三", "LEGAL_REP_ID": ID})
    assert told(document) == [("notice", {("ALERT", "L1", "inform")})]
    assert document["results"][0]["query"]["LEGAL_REP"] == "张三"
    assert ID not in json.dumps(document)


def test_document_has_what_the_contract_names(store: Store) -> None:
    document = answer(store, {"name": "无此公司"})
    keys = {
        "scenario",
        "as_of",
        "rules",
        "policy",
        "data",
        "results",
        "rejected",
        "not_crossed",
        "not_checked",
        "complete",
    }
    assert keys <= set(document)
    assert (document["scenario"], document["rules"], document["as_of"]) == ("general", None, AS_OF)
    assert set(document["results"][0]) == {"row", "query", "match", "decision", "flags", "findings"}
    assert {"subject", "level", "candidates", "warnings"} <= set(document["results"][0]["match"])


def test_progress_counts_subjects(store: Store) -> None:
    firm(store, "A", "甲有限公司", uscc=CODE)
    seen: list[tuple[str, int, int]] = []
    asked = [applicant(2, {"uscc": CODE}), applicant(3, {"name": "无此公司"})]
    screen(store, asked, scenario("general"), {"as_of": AS_OF}, lambda *told: seen.append(told))
    assert {stage for stage, *_ in seen} == {"匹配主体", "查名单和任职", "查关联", "得出结论"}
    assert all(done <= total for _, done, total in seen)
    assert [told for told in seen if told[0] == "查关联"] == [("查关联", 0, 1), ("查关联", 1, 1)]
    assert seen[-1] == ("得出结论", 2, 2)


def test_strict_profile_is_what_the_tests_take_it_for() -> None:
    assert profile().effect("SXBZXR") is Effect.BLOCK

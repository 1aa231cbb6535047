"""What the service answers on law, ownership, identity and single relations, over HTTP."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.vocabulary import CHINESE, vocabulary
from graph.store import Store
from graph.vocabulary import RELATIONS, list_types
from queries.evidence import passes
from queries.policy import shipped
from queries.stamp import LATELY
from tests.api.conftest import HOSTILE, PERSON_ID
from tests.loaders.packages import USCC_A

DAY = {"as_of": "2026-01-01"}


def asked(client: TestClient, path: str, **parameters: Any) -> Any:
    answer = client.get(path, params={**DAY, **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_findings_of_a_scenario_and_of_none(client: TestClient) -> None:
    answer = asked(client, "/api/findings", subject="P", scenario="market_entry")
    assert (answer["scenario"], answer["subject"]["id"]) == ("market_entry", "P")
    assert answer["decision"] in {"blocked", "review", "notice"}
    assert ("R01", "STATUTORY") in {(one["rule"], one["class"]) for one in answer["findings"]}
    assert all(one["path"]["nodes"] for one in answer["findings"])
    plain = asked(client, "/api/findings", subject="P")
    assert (plain["scenario"], plain["decision"]) == (None, None)
    assert {one["effect"] for one in plain["findings"]} == {"inform"}
    assert PERSON_ID not in str(answer)


def test_findings_beyond_the_limit_are_counted(client: TestClient) -> None:
    whole = asked(client, "/api/findings", subject="P")
    cut = asked(client, "/api/findings", subject="P", limit=1)
    assert (len(cut["findings"]), cut["left_out"], cut["complete"]) == (1, len(whole["findings"]) - 1, False)


def test_explain_tells_why_and_why_not(client: TestClient) -> None:
    fired = asked(client, "/api/explain", subject="P", rule="R01")
    assert (fired["fired"], fired["rule"]["id"]) == (True, "R01")
    assert fired["paths"][0]["conditions"]
    assert not asked(client, "/api/explain", subject="C", rule="R01")["fired"]


def test_what_answers_rest_on_is_the_command_lines(client: TestClient) -> None:
    rules = asked(client, "/api/rules")["rules"]
    assert asked(client, f"/api/rules/{rules[0]['id']}")["rules"] == rules[:1]
    profiles = asked(client, "/api/scenarios")["scenarios"]
    assert {"general", "procurement", "office"} <= {one["code"] for one in profiles}
    assert asked(client, "/api/scenarios/procurement")["scenarios"] == [
        one for one in profiles if one["code"] == "procurement"
    ]
    regimes = asked(client, "/api/regimes")["regimes"]
    assert asked(client, f"/api/regimes/{regimes[0]['id']}")["regimes"] == regimes[:1]
    for path in ("/api/rules/R99", "/api/scenarios/none", "/api/regimes/none"):
        refused = client.get(path)
        assert refused.status_code == 400
        assert "可用" in refused.json()["error"]["remedy"]


def test_ownership_both_ways_or_one(client: TestClient) -> None:
    both = asked(client, "/api/ownership", subject="A")
    assert [(one["subject"]["id"], one["integrated"]) for one in both["holdings"]] == [("B", 0.6)]
    assert both["directions"] == ["up", "down"]
    up = asked(client, "/api/ownership", subject="B", up=True)
    assert ([one["subject"]["id"] for one in up["owners"]], up["holdings"]) == (["A", "H"], [])
    cut = asked(client, "/api/ownership", subject="B", limit=1)
    assert ([one["subject"]["id"] for one in cut["owners"]], cut["left_out"], cut["complete"]) == (["A"], 1, False)
    assert client.get("/api/ownership", params={"subject": "B", "threshold": 0.4}).status_code == 400


def test_the_tree_has_levels_listings_and_hostile_names_as_they_are(client: TestClient) -> None:
    answer = asked(client, "/api/ownership/tree", subject="B")
    assert {(one["subject"]["id"], one["level"]) for one in answer["nodes"]} == {("A", -1), ("H", -1), ("B", 0)}
    assert HOSTILE in {one["subject"]["name"] for one in answer["nodes"]}
    assert {one["subject"]["id"]: [e["list"] for e in one["listed"]] for one in answer["nodes"]}["B"] == ["SXBZXR"]


def test_ownership_from_a_kept_ground_is_the_same_until_the_graph_changes(
    app: FastAPI, client: TestClient, graph: Store
) -> None:
    parameters = {**DAY, "subject": "B"}
    first = client.get("/api/ownership", params=parameters).json()
    grounds = app.state.grounds
    grounds.settle()
    assert DAY["as_of"] in grounds._kept
    kept = grounds.on(DAY["as_of"])
    assert client.get("/api/ownership", params=parameters).json() == first
    assert grounds.on(DAY["as_of"]) is kept
    for day in ("2026-01-02", "2026-01-03", "2026-01-04"):
        grounds.on(day)
        grounds.settle()
    assert list(grounds._kept) == ["2026-01-03", "2026-01-04"]
    graph.write("MERGE (d:Decision {id: 'test'}) SET d.at = '2026'")
    try:
        grounds._looked = float("-inf")
        time.sleep(LATELY)  # what another store object wrote is seen that much later
        assert grounds.on("2026-01-04") is None
        grounds.settle()
    finally:
        graph.write("MATCH (d:Decision {id: 'test'}) DELETE d")


def test_related_and_groups(client: TestClient) -> None:
    answer = asked(client, "/api/related", subject="A", regime="P05")
    assert answer["regime"] == "P05"
    assert "B" in {one["subject"]["id"] for one in answer["parties"]}
    groups = asked(client, "/api/groups", subject="A", kind="corporate")
    assert set(groups) == {"subject", "as_of", "complete", "corporate"}
    assert asked(client, "/api/groups")["subject"] is None
    assert client.get("/api/groups", params={"kind": "corporate"}).status_code == 400


def test_evidence_of_a_relation_is_the_policys_row_either_way(client: TestClient) -> None:
    answer = asked(client, "/api/evidence", type="SHAREHOLDER", source="A", target="B", record="r:1")
    [one] = answer["relations"]
    assert (one["active"], one["relation"]["record"], one["relation"]["ratio"]) == (True, "r:1", 0.6)
    told = {way["direction"]: (way["listed"], way["exposed"], way["weight"]) for way in one["directions"]}
    assert told == {"forward": ("A", "B", 0.8), "backward": ("B", "A", 0.7)}
    assert "60%，≥50% 档" in one["directions"][0]["text"]
    assert {end["subject"]: end["crossed"] for end in answer["ends"]} == {"A": True, "B": True}
    ended = asked(client, "/api/evidence", type="LEGAL_REP", source="P", target="C")
    assert [(one["active"], "不计入" in one["text"]) for one in ended["relations"]] == [(False, True)]
    assert asked(client, "/api/evidence", type="SHAREHOLDER", source="B", target="A")["relations"] == []
    assert client.get("/api/evidence", params={"type": "NONE", "source": "A", "target": "B"}).status_code == 400


@pytest.mark.parametrize(
    ("kind", "ratio", "direction", "weight"),
    [
        ("SHAREHOLDER", 0.5, "forward", 0.8),
        ("SHAREHOLDER", 0.49, "forward", 0.6),
        ("SHAREHOLDER", 0.01, "forward", None),
        ("SHAREHOLDER", None, "backward", 0.2),
        ("LEGAL_REP", 0.01, "forward", 0.8),
        ("CONCERT", None, "backward", 0.6),
        ("KIN", None, "forward", None),
    ],
)
def test_the_row_that_counts(kind: str, ratio: float | None, direction: str, weight: float | None) -> None:
    found = passes(shipped(), kind, ratio, direction)
    assert (float(found.weight) if found else None) == weight


def test_an_identity_decision_is_made_read_and_undone(client: TestClient) -> None:
    body = {"a": "N1", "b": "N2", "same": True, "reason": "同一地址、同一负责人"}
    made = client.post("/api/same", json=body)
    assert (made.status_code, made.json()["verdict"], made.json()["undone"]) == (200, "yes", False)
    assert asked(client, "/api/subject/N2")["subject"]["id"] == "N1"
    for parameters in ({}, {"subject": "N1"}, {"subject": "N2"}, {"a": "N2", "b": "N1"}):
        [one] = asked(client, "/api/same", **parameters)["decisions"]
        assert (one["a"], one["b"], one["same"], one["reason"]) == ("N1", "N2", True, body["reason"])
        assert [s["id"] for s in one["subjects"]] == ["N1", "N1"]
    assert asked(client, "/api/same", subject="A")["decisions"] == []
    assert client.post("/api/same", json=body).status_code == 400
    undone = client.post("/api/same/undo", json={"a": "N1", "b": "N2"})
    assert (undone.status_code, undone.json()["undone"]) == (200, True)
    assert asked(client, "/api/same")["decisions"] == []
    assert asked(client, "/api/subject/N2")["subject"]["id"] == "N2"
    assert client.post("/api/same/undo", json={"a": "N1", "b": "N2"}).status_code == 400


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ({"a": "N1", "b": "N2", "same": True, "reason": " "}, "reason"),
        ({"a": "N1", "b": "N2", "same": "perhaps", "reason": "x"}, "same"),
        ({"a": "N1", "b": "N2", "same": True, "reason": "x", "force": True}, "force"),
        ({"a": "N1", "same": True, "reason": "x"}, "b"),
        ({"a": "P", "b": "A", "same": True, "reason": "x"}, "自然人"),
        ([], "JSON"),
    ],
)
def test_a_decision_that_cannot_be_made_changes_nothing(client: TestClient, body: object, word: str) -> None:
    refused = client.post("/api/same", json=body)
    assert refused.status_code == 400
    assert word in refused.text
    assert asked(client, "/api/same")["decisions"] == []


def test_a_missing_subject_has_no_decision(client: TestClient) -> None:
    assert client.get("/api/same", params={"a": "N1"}).status_code == 400
    assert client.get("/api/same", params={"subject": "nobody"}).status_code == 404
    assert client.post("/api/same", json={"a": "N1", "b": "nobody", "same": True, "reason": "x"}).status_code == 404


def test_the_vocabulary_has_a_word_for_everything_in_both_languages(client: TestClient) -> None:
    chinese, english = (asked(client, "/api/vocabulary", lang=lang) for lang in ("zh-CN", "en"))
    assert {what: set(words) for what, words in chinese.items()} == {what: set(w) for what, w in english.items()}
    assert set(chinese["relations"]) == set(chinese["reads"]) == set(RELATIONS)
    assert chinese["families"] == english["families"] == {code: one.family for code, one in list_types().items()}
    for what in {*CHINESE, "lists", "bands", "classes", "effects", "decisions", "scenarios"}:
        assert all(chinese[what].values()), what
        assert not re.search("[一-鿿]", str(english[what]).replace("关联提示，不构成失信惩戒依据", "")), what
    assert chinese["bands"] == {"high": "高", "medium": "中", "low": "低"}
    for sentence in (*chinese["reads"].values(), *english["reads"].values()):
        assert {"{a}", "{b}"} <= set(re.findall(r"\{\w\}", sentence))
    assert vocabulary("en")["forms"]["company"] == "company"


def test_a_subject_can_be_named_by_code_everywhere(client: TestClient) -> None:
    for path in ("/api/findings", "/api/ownership", "/api/ownership/tree", "/api/related", "/api/groups"):
        assert asked(client, path, subject=USCC_A)["subject"]["id"] == "A"
        assert client.get(path, params={"subject": "同名有限公司"}).status_code == 409

"""Explaining a rule on a subject: which condition each path met or failed, and by which fact."""

from __future__ import annotations

from typing import Any, cast

import pytest
import yaml

from graph.errors import InputError, NotFoundError
from graph.store import Store
from queries.law.explain import explain
from queries.law.printed import rule_of
from queries.law.read import parse, shipped
from queries.question import Asked
from tests.queries.graphs import Graph, build, firms, listing, people, relation, subject

AS_OF = "2025-06-01"
STRUCK = {"listed_on": "2023-05-01", "ground": "illegal"}

# Heads (h…) of firms struck off in 2023 (S, G without a ground), ordered not to spend (X), once in default (D).
GRAPH = Graph(
    subjects=[
        *[subject(id, form="company") for id in ("S", "G", "X", "D", "OTHER")],
        *firms(["ALONE"]),
        *people(["head", "left", "board", "no_ground", "bound", "repaired", "nobody", "far", "debtor"]),
        *[subject(f"F{n}", form="company") for n in range(30)],
        *people(["many"]),
    ],
    relations=[
        relation("head", "LEGAL_REP", "S", since="2020-01-01"),
        relation("head", "DIRECTOR", "OTHER", since="2024-01-01"),
        relation("left", "LEGAL_REP", "S", since="2015-01-01", until="2019-12-31"),
        relation("board", "DIRECTOR", "S", since="2020-01-01"),
        relation("no_ground", "LEGAL_REP", "G", since="2020-01-01"),
        relation("bound", "LEGAL_REP", "X", since="2020-01-01"),
        relation("bound", "SUPERVISOR", "X", since="2020-01-01"),
        relation("repaired", "LEGAL_REP", "D", since="2020-01-01"),
        relation("far", "EMPLOYEE", "ALONE"),
        relation("debtor", "DIRECTOR", "OTHER", since="2020-01-01"),
        relation("many", "LEGAL_REP", "X", since="2020-01-01"),
        *[relation("many", "LEGAL_REP", f"F{n}", since="2020-01-01") for n in range(30)],
    ],
    listings=[
        listing("L-S", "S", "DXYZ", **STRUCK),
        listing("L-G", "G", "DXYZ", listed_on="2023-05-01"),
        listing("L-X", "X", "XZXF"),
        listing("L-D", "D", "XZXF", removed_on="2025-01-01", state="repaired"),
        listing("L-debtor", "debtor", "SXBZXR", ground="2"),
        *[listing(f"L-F{n:02}", f"F{n}", "JYYC") for n in range(30)],
    ],
)  # fmt: skip


def told(store: Store, asked: str, rule: str, **more: Any) -> dict[str, Any]:
    found = explain(store, asked, shipped().rules[rule], **cast(Asked, {"as_of": AS_OF, **more}))
    return found.to_json()


def not_met(path: dict[str, Any]) -> set[tuple[str, str]]:
    return {(c["key"], c["status"]) for c in path["conditions"] if c["status"] != "met"}


def test_each_path_tells_which_condition_decided_it(store: Store) -> None:
    build(store, GRAPH)
    fires(store)
    fails_by_role_day_and_ground(store)
    fails_by_repair_except_in_a_replay(store)
    without_a_path_says_what_is_missing(store)
    shows_the_nearest_first(store)
    guards_explain_themselves(store)


def fires(store: Store) -> None:
    struck = told(store, "head", "R14")
    assert (struck["fired"], struck["outcome"]) == (True, "conditional")
    assert {(p["outcome"], p["listing"]["id"], p["target"]["id"]) for p in struck["paths"]} == {
        ("conditional", "L-S", "head")
    }
    assert not_met(struck["paths"][0]) == {("pending", "pending")}
    assert struck["rule"]["id"] == "R14"
    assert struck["rules"] == shipped().version

    order = told(store, "bound", "R01")
    assert [p["outcome"] for p in order["paths"][:2]] == ["applies", "nothing"]
    assert [e["type"] for p in order["paths"][:2] for e in p["path"]["edges"]] == ["LEGAL_REP", "SUPERVISOR"]
    assert all(c["fact"] and c["asks"] and c["asks_en"] for p in order["paths"] for c in p["conditions"])

    # Whom the listed firm's own entry binds is told on its page, but the firm itself is not bound.
    firm = told(store, "X", "R01")
    assert (firm["fired"], firm["outcome"]) == (False, "nothing")
    assert [p["target"]["id"] for p in firm["paths"] if p["outcome"] == "applies"] == ["bound", "many"]


def fails_by_role_day_and_ground(store: Store) -> None:
    board = told(store, "board", "R14")
    assert (board["fired"], board["outcome"]) == (False, "nothing")
    assert ("role", "failed") in not_met(board["paths"][0])
    left = told(store, "left", "R14")
    assert left["fired"] is False
    assert ("role_time", "failed") in not_met(left["paths"][0])
    late = told(store, "head", "R14", as_of="2026-05-02")
    assert ("period", "failed") in not_met(late["paths"][0])
    assert told(store, "head", "R14", as_of="2026-05-01")["fired"] is True
    ground = told(store, "no_ground", "R14")
    assert ("ground", "unknown") in not_met(ground["paths"][0])
    assert ("list", "failed") in not_met(told(store, "bound", "R14")["paths"][0])
    debt = told(store, "debtor", "R05")
    assert (debt["outcome"], not_met(debt["paths"][0])) == ("conditional", {("ground", "unknown")})
    assert told(store, "OTHER", "R05")["fired"] is True  # it is told of its director


def fails_by_repair_except_in_a_replay(store: Store) -> None:
    after = told(store, "repaired", "R01")
    assert (after["fired"], not_met(after["paths"][0])) == (False, {("in_force", "failed")})
    assert "2025-01-01 移出" in next(c["fact"] for c in after["paths"][0]["conditions"] if c["key"] == "in_force")
    assert told(store, "repaired", "R01", as_of="2024-06-01")["fired"] is False
    assert told(store, "repaired", "R01", as_of="2024-06-01", replay=True)["fired"] is True


def without_a_path_says_what_is_missing(store: Store) -> None:
    for asked in ("nobody", "far"):
        empty = told(store, asked, "R14")
        assert (empty["fired"], empty["outcome"], empty["paths"], empty["more"]) == (False, "nothing", [], 0)
        assert "没有任何名单条目" in empty["missing"][0]["zh"]
        assert "法定代表人（列入（决定）之日在任）" in empty["missing"][1]["zh"]
        assert "LEGAL_REP (held on the day of listing)" in empty["missing"][1]["en"]
    assert told(store, "nobody", "R14")["not_checked"] == [{"list": "DXYZ", "why": "not_loaded", "as_of": None}]
    other_shape = told(store, "head", "R05")
    assert other_shape["paths"] == []
    assert "都不具有本规则所需的形状" in other_shape["missing"][0]["zh"]
    with pytest.raises(NotFoundError):
        told(store, "unknown", "R14")


def shows_the_nearest_first(store: Store) -> None:
    many = told(store, "many", "R01")
    assert (len(many["paths"]), many["more"]) == (20, 11)
    assert [p["outcome"] for p in many["paths"]] == ["applies", *["nothing"] * 19]


GUARDS = """
R90:
  name: {zh: 不得列入, en: not to be listed}
  trigger: {lists: [SXBZXR, XZXF], mode: listed}
  ways:
    roles: {shape: guard, binds: holder, class: FORBIDDEN, role: {types: [LEGAL_REP, PRINCIPAL], time: now}}
  measure: {zh: 不得列入, en: not to be listed}
  ends: {zh: 不适用, en: does not apply}
  basis: [{law: 某法, article: 第1条, source: L, grade: text}]
"""


def guards_explain_themselves(store: Store) -> None:
    guard = parse(yaml.safe_load(GUARDS))["R90"]
    held = explain(store, "bound", guard, as_of=AS_OF).to_json()
    assert held["fired"] is True
    assert held["rule"]["classes"] == ["FORBIDDEN"]
    assert ("named", "met") in {(c["key"], c["status"]) for c in held["paths"][0]["conditions"]}
    build(store, Graph(listings=[listing("L-own", "bound", "XZXF")]))
    listed = explain(store, "bound", guard, as_of=AS_OF).to_json()
    assert listed["fired"] is False
    assert "L-own" in next(c["fact"] for c in listed["paths"][0]["conditions"] if c["key"] == "named")


def test_a_rule_is_found_however_it_is_spelt() -> None:
    assert rule_of(shipped(), " r05 ").id == "R05"
    with pytest.raises(InputError) as refused:
        rule_of(shipped(), "R99")
    assert "R05" in refused.value.remedy

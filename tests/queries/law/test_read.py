"""Reading rules: a broken row names its file, its rule, the field and the value."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest

from graph.errors import InputError
from queries.finding import Effect
from queries.law.read import parse
from queries.law.strict import document

WORDS = {"zh": "话", "en": "words"}
ROW: dict[str, Any] = {
    "name": WORDS,
    "trigger": {"lists": ["SXBZXR"], "mode": "listed", "grounds": {"SXBZXR": ["own_debt"]}, "open_grounds": ["1"]},
    "ways": {
        "post": {
            "shape": "post", "binds": "listed", "class": "STATUTORY", "post_required": True,
            "listed": {"kinds": ["person"]}, "post": {"types": ["DIRECTOR"], "time": "now"},
            "other": {"kinds": ["enterprise"], "forms": ["company"]},
        },
        "role": {
            "shape": "role", "binds": "holder", "class": "LIABILITY",
            "role": {"types": ["SHAREHOLDER"], "over": 0.5}, "pending": [WORDS],
        },
    },
    "measure": WORDS,
    "ends": WORDS,
    "period": {"years": 3, "note": WORDS},
    "scenarios": {"credit": "review", "office": {"nominee": "block", "company": "review"}},
    "basis": [{"law": "某法", "article": "第1条", "source": "L", "grade": "text", "valid_from": "2024-07-01"}],
}  # fmt: skip
POST, ROLE = ("ways", "post"), ("ways", "role")


def spoiled(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    row = copy.deepcopy(ROW)
    inner: Any = row
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return row


def test_a_sound_row() -> None:
    rule = parse({"R99": ROW}, "x.yaml")["R99"]
    assert (rule.id, rule.classes, rule.review_status) == ("R99", ("STATUTORY", "LIABILITY"), "verified")
    assert rule.scenarios == {
        "credit": {"target": Effect.REVIEW},
        "office": {"nominee": Effect.BLOCK, "company": Effect.REVIEW},
    }
    assert rule.trigger.grounds == {"SXBZXR": {"own_debt"}}
    assert rule.ways[1].role is not None
    assert (rule.ways[1].role.over, rule.ways[1].role.time) == (0.5, "now")


def test_dates_of_yaml_become_text() -> None:
    row = spoiled(("basis", 0, "valid_to"), dt.date(2025, 6, 30))
    basis = parse({"R99": row})["R99"].basis[0]
    assert (basis.valid_from, basis.valid_to) == ("2024-07-01", "2025-06-30")
    assert [basis.holds(day) for day in ("2024-06-30", "2024-07-01", "2025-06-30", "2025-07-01")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_rule_from_memory_only_is_unverified() -> None:
    row = spoiled(("basis",), [{"law": "某文", "grade": "unverified"}])
    assert parse({"R99": row})["R99"].review_status == "unverified"


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("colour",), "red", "colour"),
        (("name",), "话", "name"),
        (("name",), {"zh": "话"}, "name.en"),
        (("name",), {"zh": "话", "en": "words", "fr": "mots"}, "fr"),
        (("measure",), None, "measure"),
        (("ends",), None, "ends"),
        (("trigger", "lists"), ["XXX"], "XXX"),
        (("trigger", "lists"), [], "trigger"),
        (("trigger", "lists"), "SXBZXR", "trigger.lists"),
        (("trigger", "lists"), ["SXBZXR", "SXBZXR"], "重复"),
        (("trigger", "mode"), "always", "always"),
        (("trigger", "mode"), None, "trigger.mode"),
        (("trigger", "version_by"), "birthday", "birthday"),
        (("trigger", "first_of"), True, "first_of"),
        (("trigger", "first_of"), "yes", "yes"),
        (("trigger", "grounds"), {"SXBZXR": ["debt"]}, "debt"),
        (("trigger", "grounds"), {"BZXR": []}, "BZXR"),
        (("trigger", "grounds"), None, "open_grounds"),
        (("trigger", "open_grounds"), ["7"], "7"),
        (("ways",), {}, "ways"),
        ((*POST, "shape"), "circle", "circle"),
        ((*POST, "shape"), "role", "ways.post"),
        ((*POST, "binds"), "everybody", "everybody"),
        ((*POST, "binds"), "holder", "ways.post.binds"),
        ((*POST, "class"), "GUILTY", "GUILTY"),
        ((*POST, "class"), "FORBIDDEN", "FORBIDDEN"),
        ((*POST, "post"), None, "ways.post.post"),
        ((*POST, "role"), {"types": ["DIRECTOR"]}, "ways.post.role"),
        ((*POST, "post_required"), False, "post_required"),
        ((*ROLE, "post_required"), True, "post_required"),
        ((*POST, "post", "types"), ["FRIEND"], "FRIEND"),
        ((*POST, "post", "types"), ["CONTACT"], "CONTACT"),
        ((*POST, "post", "types"), [], "ways.post.post.types"),
        ((*POST, "post", "time"), "yesterday", "yesterday"),
        ((*POST, "post", "over"), 0.5, "ways.post.post.over"),
        ((*ROLE, "role", "over"), 50, "ways.role.role.over"),
        ((*POST, "listed", "kinds"), ["robot"], "robot"),
        ((*POST, "other", "forms"), ["club"], "club"),
        ((*POST, "other", "state_owned"), "yes", "state_owned"),
        ((*POST, "lists"), ["BZXR"], "BZXR"),
        ((*POST, "period"), {"years": 0}, "ways.post.period.years"),
        ((*POST, "mode"), "never", "never"),
        ((*ROLE, "pending"), ["话"], "ways.role.pending"),
        (("period",), {"years": 3, "months": 6}, "period.months"),
        (("period",), {"years": -1}, "-1"),
        (("period",), {"days": 3}, "days"),
        (("scenarios",), {"bribery": "block"}, "bribery"),
        (("scenarios",), {"credit": "maybe"}, "maybe"),
        (("scenarios",), {"credit": {"friend": "block"}}, "friend"),
        (("basis",), [], "basis"),
        (("basis",), None, "basis"),
        (("basis", 0, "law"), "", "basis[0].law"),
        (("basis", 0, "grade"), "sure", "sure"),
        (("basis", 0, "source"), "", "basis[0].source"),
        (("basis", 0, "valid_from"), "2024-02-30", "2024-02-30"),
        (("basis", 0, "valid_to"), "2024-06-30", "valid_to"),
        (("basis", 0, "ways"), ["way"], "way"),
        (("basis", 0, "scenarios"), ["bribery"], "bribery"),
        (("valid_from",), "today", "today"),
    ],
)
def test_a_broken_row_names_itself(path: tuple[Any, ...], value: Any, named: str) -> None:
    with pytest.raises(InputError, match="规则 R99") as caught:
        parse({"R99": spoiled(path, value)}, "x.yaml")
    assert "x.yaml" in str(caught.value)
    assert named in str(caught.value)


def test_a_guard_has_a_shape_of_its_own_and_no_effect() -> None:
    guard = {"shape": "guard", "binds": "holder", "role": {"types": ["LEGAL_REP"]}, "class": "FORBIDDEN"}
    trigger = {"lists": ["SXBZXR"], "mode": "listed"}
    row = {**ROW, "trigger": trigger, "ways": {"never": guard}, "scenarios": {}}
    assert parse({"R99": row})["R99"].classes == ("FORBIDDEN",)
    with pytest.raises(InputError, match="规则 R99：scenarios"):
        parse({"R99": {**row, "scenarios": {"credit": "review"}}})
    with pytest.raises(InputError, match="guard"):
        parse({"R99": {**row, "ways": {"never": {**guard, "class": "STATUTORY"}}}})


def test_a_way_of_a_lot_compares_heads_or_holdings() -> None:
    lot = {"shape": "lot", "binds": "other", "class": "STATUTORY"}
    row = {**ROW, "trigger": {"lists": [], "mode": "listed"}, "scenarios": {}}
    parse({"R99": {**row, "ways": {"x": {**lot, "role": {"types": ["LEGAL_REP"]}}}}})
    with pytest.raises(InputError, match=r"ways\.x"):
        parse({"R99": {**row, "ways": {"x": lot}}})


@pytest.mark.parametrize(
    ("content", "named"),
    [("R01: {}\nR01: {}", "duplicate key R01"), ("- R01", "键值表"), ("R01: {", "YAML"), ("a: {b: 1, b: 2}", "key b")],
)
def test_a_file_that_is_no_table_of_rules(content: str, named: str) -> None:
    with pytest.raises(InputError, match=r"x\.yaml") as caught:
        document(content, "x.yaml")
    assert named in str(caught.value)

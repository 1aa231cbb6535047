"""The shipped rules against the domain facts: none dropped, none added, lists, roles, classes and grades the same."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.vocabulary import RELATIONS, list_types
from queries.finding import Class, Effect
from queries.law.pack import Rule, Way
from queries.law.read import shipped
from tests.queries.law.domain_table import FIELDS, table, text

HERE = Path(__file__).parent
FACTS = Path(__file__).parents[4] / "shared" / "reference"
PACK = shipped()


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DOMAIN = {row["id"]: row for row in rows("domain_rules.csv")}
MATRIX = rows("matrix.csv")
BOARD = {"DIRECTOR", "SUPERVISOR", "EXECUTIVE"}


def types(rule: Rule) -> set[str]:
    return {name for way in rule.ways for step in (way.role, way.post) if step for name in step.types}


def test_the_rules_are_those_of_the_facts() -> None:
    assert list(PACK.rules) == list(DOMAIN)
    assert len(PACK.rules) == 42


@pytest.mark.parametrize("key", DOMAIN)
def test_lists_roles_classes_and_grades_of_a_rule(key: str) -> None:
    rule = PACK.rules[key]
    told: dict[str, set[str]] = {
        "lists": set(rule.trigger.lists),
        "roles": types(rule),
        "classes": set(rule.classes),
        "grades": {str(entry.grade) for entry in rule.basis},
        "mode": {str(rule.trigger.mode)},
    }
    said = {field: set(DOMAIN[key][field].split()) for field in FIELDS[1:]}
    # Of some rules the facts do not say whether they hold with the listing or from their day.
    said["mode"] = said["mode"] or told["mode"]
    assert told == said


def test_the_table_is_still_that_of_the_facts() -> None:
    facts = FACTS / "domain.md"
    if not facts.exists():
        pytest.skip(f"the domain facts are not there, the table was not compared: {facts}")
    assert text(table(facts.read_text(encoding="utf-8"))) == (HERE / "domain_rules.csv").read_text(encoding="utf-8")


def test_the_matrix_is_still_that_of_the_facts() -> None:
    facts = FACTS / "matrix.csv"
    if not facts.exists():
        pytest.skip(f"the domain facts are not there, the matrix was not compared: {facts}")
    assert facts.read_text(encoding="utf-8") == (HERE / "matrix.csv").read_text(encoding="utf-8")


def test_unverified_are_those_known_from_memory_only() -> None:
    found = {key for key, rule in PACK.rules.items() if rule.review_status == "unverified"}
    assert found == {"R08", "R09", "R10", "R40"}
    assert found == {key for key, row in DOMAIN.items() if row["grades"] == "unverified"}


def roles_of(cell: dict[str, str]) -> set[str]:
    """Relation types of a column of the matrix."""
    return BOARD if cell["role"] == "DIRECTOR_SUPERVISOR_EXECUTIVE" else {cell["role"]} & set(RELATIONS)


def ways(code: str) -> Iterator[tuple[Rule, Way]]:
    for rule in PACK.rules.values():
        for way in rule.ways:
            if code in (way.lists or rule.trigger.lists) and not rule.guard:
                yield rule, way


def reached(cell: dict[str, str]) -> set[str]:
    """Rules by which an entry on an organisation of that list binds who holds that role, or a third by him."""
    if cell["role"] == "OTHER_FIRMS_OF_ROLE_HOLDER":
        return {rule.id for rule, way in ways(cell["list"]) if way.shape == "role_post" and way.binds == "other"}
    roles = roles_of(cell)
    held = {rule.id for rule, way in ways(cell["list"]) if way.role and roles & set(way.role.types)}
    if cell["list"] == "XSCF":  # of a holder who is listed himself
        held |= {rule.id for rule, way in ways("XSCF") if way.post and roles & set(way.post.types)}
    return held


def cells(*wanted: str) -> list[dict[str, str]]:
    return [row for row in MATRIX if row["cell"] in wanted or (not wanted and row["cell"].startswith("R"))]


def test_every_rule_of_the_matrix_has_a_way_there() -> None:
    for cell in cells():
        assert set(cell["cell"].split()) <= reached(cell), cell


# Beside the matrix: liability, and rules whose firm (bank, broker, food business) or measure (court auctions) it
# leaves out.
BESIDE = {"R17b", "R29", "R30", "R33", "R34", "R40"}


def test_the_matrix_names_every_rule_but_those_it_leaves_out() -> None:
    for cell in cells():
        assert reached(cell) - BESIDE <= set(cell["cell"].split()), cell


def test_a_cell_without_a_rule_has_none_above_liability() -> None:
    for cell in cells("A", "none", "S"):
        found = [PACK.rules[key] for key in sorted(reached(cell))]
        if cell["role"] == "OTHER_FIRMS_OF_ROLE_HOLDER" and cell["list"] == "SP":
            assert [rule.id for rule in found] == ["R17b"]  # the employer of that trade, whoever it is
        elif cell["list"] == "XSCF" and cell["role"] == "LEGAL_REP":
            assert [rule.id for rule in found] == ["R19"]  # of a person listed himself
        else:
            assert all(rule.classes == ("LIABILITY",) for rule in found), cell


# S without a rule of its own: who is named is on the list, and that is all the facts say.
WITHOUT_RULE = {"ZDSS", "ZQCX", "SHBX", "ZW"}


def test_persons_an_entry_may_name_are_asked_after_and_bound_by_being_named() -> None:
    asked: dict[str, set[str]] = {}
    for cell in cells("S"):
        asked.setdefault(cell["list"], set()).update(roles_of(cell))
    assert {code: set(roles) for code, roles in PACK.ask_named.items()} == asked
    own = {code for code in asked for rule, way in ways(code) if way.shape == "self" and way.cls is not Class.ALERT}
    assert asked.keys() - own <= WITHOUT_RULE


def test_nothing_reaches_relatives_or_guarantors() -> None:
    for rule in PACK.rules.values():
        assert not types(rule) & {"KIN", "MAYBE_SAME", "GUARANTEES", "SUPPLIES", "CONTACT", "CONCERT"}, rule.id


def test_red_and_foreign_lists_start_no_rule() -> None:
    for rule in PACK.rules.values():
        families = {list_types()[code].family for code in rule.trigger.lists}
        assert not families & {"red", "permit", "foreign", "cn_foreign"}, rule.id


def test_every_rule_says_in_both_languages_what_it_is_and_what_ends_it() -> None:
    for rule in PACK.rules.values():
        for words in (rule.name, rule.measure, rule.ends):
            assert words is not None, rule.id
            assert words.zh, rule.id
            assert words.en.isascii(), rule.id


def test_no_measure_calls_a_role_holder_listed() -> None:
    for rule in PACK.rules.values():
        assert "老赖" not in rule.measure.zh
        assert "失信人员" not in rule.measure.zh, rule.id


def test_posts_of_directors_block_the_nominee_and_only_look_at_the_company() -> None:
    for key in ("R05", "R06", "R11", "R12", "R13", "R14", "R15", "R16"):
        seats = PACK.rules[key].scenarios["market_entry"]
        assert (seats["nominee"], seats["company"]) == (Effect.BLOCK, Effect.REVIEW), key
        assert "holder" not in seats, key  # who merely has him in a post is told, no more
    for key in ("R08", "R09"):
        assert {e for seats in PACK.rules[key].scenarios.values() for e in seats.values()} == {Effect.REVIEW}
    for key in ("R28", "R29"):
        assert PACK.rules[key].scenarios["securities"] == {"target": Effect.BLOCK}


def test_liability_and_discretion_never_ask_for_more_than_review() -> None:
    for rule in PACK.rules.values():
        if set(rule.classes) <= {"LIABILITY", "DISCRETIONARY"}:
            asked = {effect for seats in rule.scenarios.values() for effect in seats.values()}
            assert Effect.BLOCK not in asked, rule.id


def test_guards_have_no_effect_anywhere() -> None:
    guards = {key: rule.classes for key, rule in PACK.rules.items() if rule.guard}
    assert guards == {"R01x": ("EXCEPTION",), "R02": ("FORBIDDEN",)}
    assert not any(PACK.rules[key].scenarios for key in guards)


def test_versions_of_a_law_follow_each_other() -> None:
    old, new = (next(b for b in PACK.rules["R16"].basis if way in b.ways) for way in ("law_2014", "law_2024"))
    assert (old.valid_to, new.valid_from) == ("2024-04-30", "2024-05-01")
    assert (old.grade, new.grade) == ("text", "unverified")
    r16 = {way.key: PACK.rules["R16"].grounds(way) for way in PACK.rules["R16"].ways}
    assert r16 == {"law_2014": {"YZWF": {"no_report"}}, "law_2024": {}}
    assert PACK.rules["R23"].valid_from == "2025-07-01"


def test_the_two_sides_of_the_tender_laws() -> None:
    deep = {key: [way.post.deep for way in PACK.rules[key].ways if way.key == "holding" and way.post] for key in
            ("R35", "R36")}  # fmt: skip
    assert deep == {"R35": [True], "R36": [False]}
    r31 = {(entry.grade, *entry.scenarios) for entry in PACK.rules["R31"].basis}
    assert r31 == {("text", "tender_mandatory"), ("unverified", "procurement")}


def test_a_way_may_last_longer_than_its_rule() -> None:
    r30 = PACK.rules["R30"]
    told = {way.key: (r30.mode(way), r30.lasts(way).years) for way in r30.ways}
    assert told == {
        "revoked_bank": ("event", None),
        "revoked_fund": ("event", 5),
        "closed_bank": ("event", None),
        "closed_fund": ("event", 5),
        "debt_bank": ("listed", None),
        "debt_fund": ("listed", None),
    }


def test_a_duty_of_the_person_alone_is_told_to_none_of_his_firms() -> None:
    pack = shipped()
    assert not pack.tells("GFYW", "DIRECTOR", "forward")
    assert pack.tells("SXBZXR", "DIRECTOR", "forward")

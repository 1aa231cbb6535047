"""Scenario profiles: what is there, what is refused, and what no profile can say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from graph.vocabulary import list_types
from queries.finding import Effect
from queries.law.read import named_is_listed, scenario_codes, shipped
from queries.profile import ListedEffect
from queries.scenarios import Scenario, all_scenarios, parse, scenario, scenarios, site

# `--scenario` of the contract.
CONTRACT = (
    "general procurement tender_mandatory tender_other fiscal credit market_entry qualification civil_service "
    "housing consumption_exit honours securities land trade office"
)
# Lists on which an applicant is barred, as far as the article was read (domain facts §3.1); everything else is less.
BLOCKED = {
    "procurement": "SXBZXR ZDSS ZFCG QXNMG XSCF DXYZ",
    "tender_mandatory": "SXBZXR ZTB QXNMG",
    "tender_other": "ZTB QXNMG",
    "fiscal": "SXBZXR QXNMG ZW",
    "qualification": "AQSC SP YP HPBZ",
    "civil_service": "GFYW",
    "consumption_exit": "XZXF SXBZXR GFYW",
    "honours": "QXNMG YZWF ZW",
    "securities": "ZQJR",
}


def test_names_of_the_contract_are_the_profiles() -> None:
    assert set(scenarios()) == set(CONTRACT.split()) == scenario_codes()


def test_general_informs_and_depends_on_no_list_and_no_law() -> None:
    general = scenario("general")
    assert {told.effect for told in general.listed.values()} == {Effect.INFORM}
    assert (general.hard, general.alerts, general.law) == ((), True, False)
    assert all(profile.law for code, profile in scenarios().items() if code != "general")


def test_general_looks_at_every_adverse_list_and_at_no_red_one_or_permit() -> None:
    adverse = {code for code, kind in list_types().items() if kind.family not in ("red", "permit")}
    assert set(scenario("general").lists) == adverse


@pytest.mark.parametrize("code", [code for code in CONTRACT.split() if code != "general"])
def test_domestic_scenarios_look_at_no_foreign_list(code: str) -> None:
    assert not {c for c in scenario(code).lists if list_types()[c].family in ("foreign", "red", "permit")}


@pytest.mark.parametrize("code", CONTRACT.split())
def test_who_is_blocked_by_being_listed(code: str) -> None:
    told = {c for c, effect in scenario(code).listed.items() if effect.effect is Effect.BLOCK}
    assert told == set(BLOCKED.get(code, "").split())


@pytest.mark.parametrize("code", CONTRACT.split())
def test_what_does_more_than_inform_says_on_what_ground(code: str) -> None:
    for told in scenario(code).listed.values():
        assert told.effect is Effect.INFORM or told.basis
        if told.effect is Effect.BLOCK:
            assert any(entry.grade in ("text", "partial") for entry in told.basis), code


def test_hard_lists_of_the_profiles() -> None:
    hard = {code: " ".join(profile.hard) for code, profile in scenarios().items()}
    assert hard["procurement"] == "ZFCG SXBZXR ZDSS QXNMG"
    assert hard["tender_mandatory"] == "SXBZXR ZTB QXNMG AQSC"
    assert hard["consumption_exit"] == "XZXF SXBZXR BZXR QS"
    assert all(wanted for code, wanted in hard.items() if code != "general")


def test_an_abnormal_operation_entry_never_bars_anybody() -> None:
    assert {profile.effect("JYYC") for profile in scenarios().values()} <= {Effect.INFORM, Effect.REVIEW}
    assert scenario("fiscal").effect("JYYC") is Effect.INFORM


def test_civil_service_follows_no_relation() -> None:
    profile = scenario("civil_service")
    assert (profile.relations, profile.alerts, profile.household) == (False, False, False)
    assert [code for code, other in scenarios().items() if not other.relations] == ["civil_service", "housing"]
    assert scenario("housing").household


def test_an_unknown_scenario_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="procurement"):
        scenario("bribery")


FINE = scenario("procurement").listed["XZCF"]


@pytest.mark.parametrize(
    ("listed_on", "amount", "effect"),
    [
        ("2025-01-01", 2_000_000.0, Effect.REVIEW),  # 以上 includes the figure
        ("2025-01-01", 1_999_999.99, Effect.INFORM),
        ("2025-01-01", None, Effect.REVIEW),
        ("2023-06-01", 5_000_000.0, Effect.REVIEW),  # the last day of the three years
        ("2023-05-31", 5_000_000.0, Effect.INFORM),
        ("2023-05-31", None, Effect.INFORM),
        (None, 5_000_000.0, Effect.REVIEW),
        (None, 5.0, Effect.INFORM),
    ],
)
def test_fines_count_from_an_amount_up_and_for_three_years(
    listed_on: str | None, amount: float | None, effect: Effect
) -> None:
    assert FINE.on({"list": "XZCF", "listed_on": listed_on, "amount": amount}, "2026-06-01").effect is effect


def test_what_is_not_known_is_said() -> None:
    profile = scenario("procurement")
    assert "金额" in profile.on_list({"list": "XZCF", "listed_on": "2025-01-01"}, "2026-06-01").note
    crime = profile.on_list({"list": "XSCF", "listed_on": None}, "2026-06-01")
    assert (crime.effect, "日期" in crime.note) == (Effect.REVIEW, True)
    old = profile.on_list({"list": "XSCF", "listed_on": "2023-05-31"}, "2026-06-01")
    assert old == (Effect.INFORM, "")
    assert profile.on_list({"list": "OFAC_SDN", "listed_on": "2026-01-01"}, "2026-06-01").effect is Effect.INFORM


def test_only_a_penalty_for_housing_fraud_matters_for_housing() -> None:
    on = scenario("housing").on_list
    assert on({"list": "XZCF", "listed_on": "2025-01-01", "reason": "骗取公租房"}, "2026-06-01").effect is Effect.REVIEW
    assert on({"list": "XZCF", "listed_on": "2025-01-01", "reason": "占道经营"}, "2026-06-01").effect is Effect.INFORM
    assert on({"list": "XZCF", "listed_on": "2025-01-01"}, "2026-06-01").effect is Effect.INFORM


def test_articles_are_those_in_force() -> None:
    honours = scenario("honours")
    assert [b.grade for b in honours.basis("YZWF", "2024-04-30")] == ["text"]
    assert [b.grade for b in honours.basis("YZWF", "2026-06-01")] == ["unverified"]
    assert honours.basis("OFAC_SDN", "2026-06-01") == ()


def test_whoever_a_debtors_entry_names_is_not_on_the_list() -> None:
    assert not named_is_listed("SXBZXR")
    assert not named_is_listed("BZXR")
    assert named_is_listed("QXNMG")


BASIS = [{"law": "某条例", "article": "第1条", "source": "L", "grade": "text"}]


def profile(**changes: Any) -> dict[str, Any]:
    base = {"name": {"zh": "试", "en": "x"}, "families": ["negative"], "listed": {"default": "inform"}}
    return {"scenarios": {"x": {**base, **changes}}}


def test_no_profile_makes_a_foreign_list_more_than_information() -> None:
    strict = {"effect": "block", "basis": BASIS}
    made = parse(profile(families=["foreign"], listed={"default": strict, "OFAC_SDN": strict}))["x"]
    assert set(made.listed.values()) == {ListedEffect(Effect.INFORM)}


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"families": ["red"]}, "red"),
        ({"families": ["permit"]}, "permit"),
        ({"families": ["nothing"]}, "nothing"),
        ({"families": []}, "families"),
        ({"hard": ["A_TAX"]}, "A_TAX"),
        ({"hard": ["XXX"]}, "XXX"),
        ({"hard": ["QXNMG", "QXNMG"]}, "重复"),
        ({"name": "试"}, "name"),
        ({"name": {"zh": "试"}}, "en"),
        ({"listed": {"JYYC": "inform"}}, "JYYC"),
        ({"listed": {"SXBZXR": "forbid"}}, "forbid"),
        ({"listed": {"SXBZXR": "block"}}, "listed.SXBZXR.basis"),
        ({"listed": {"SXBZXR": {"effect": "block", "basis": [{**BASIS[0], "grade": "sure"}]}}}, "sure"),
        ({"listed": {"SXBZXR": {"effect": "block", "basis": BASIS, "within_years": 0}}}, "within_years"),
        ({"rules": {"R99": "block"}}, "R99"),
        ({"rules": {"R05": {"friend": "block"}}}, "friend"),
        ({"alerts": "yes"}, "alerts"),
        ({"based_on": "fiscal"}, "based_on"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_profile_that_does_not_hold_names_itself(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError, match="场景 x") as caught:
        parse(profile(**changes), "own.yaml")
    assert named in str(caught.value)
    assert "own.yaml" in str(caught.value)


OWN = """
scenarios:
  seedling:
    name: {zh: 青苗补贴, en: seedling subsidy}
    based_on: fiscal
    listed:
      JYYC: {effect: block, basis: [{law: 青苗补贴办法, article: 第5条, source: 本单位, grade: text}]}
    hard: [SXBZXR, JYYC]
    rules: {R09: {holder: inform}}
"""


def own(folder: Path, content: str) -> dict[str, Scenario]:
    path = folder / "own.yaml"
    path.write_text(content, encoding="utf-8")
    return site(path)


def test_a_site_builds_on_a_shipped_profile(tmp_path: Path) -> None:
    made = own(tmp_path, OWN)["seedling"]
    base = scenario("fiscal")
    assert made.effect("JYYC") is Effect.BLOCK
    assert made.listed["QXNMG"] == base.listed["QXNMG"]
    assert (made.hard, made.lists, made.rests_on) == (("SXBZXR", "JYYC"), base.lists, "fiscal")
    assert made.rules["R09"] == {"holder": Effect.INFORM}
    assert [*all_scenarios(tmp_path / "own.yaml")] == [*scenarios(), "seedling"]
    assert scenario("seedling", tmp_path / "own.yaml") == made


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("seedling:", "fiscal:", "场景 fiscal"),
        ("based_on: fiscal", "based_on: fiskal", "fiskal"),
        ("R09", "R90", "R90"),
        ("scenarios:", "scenario:", "scenario"),
        ("[SXBZXR, JYYC]", "[SXBZXR, JYYC", "YAML"),
        ("    hard", "    based_on: credit\n    hard", "duplicate key"),
    ],
)
def test_a_broken_site_file_names_file_and_profile(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(InputError, match=r"own\.yaml") as caught:
        own(tmp_path, OWN.replace(old, new, 1))
    assert named in str(caught.value)


def test_a_site_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.yaml"):
        site(tmp_path / "none.yaml")


def test_profiles_and_rules_name_each_other_only_where_both_exist() -> None:
    for rule in shipped().rules.values():
        assert set(rule.scenarios) <= set(scenarios()) - {"general"}, rule.id


def test_the_profile_in_the_manual_is_one(tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "law.md").read_text(encoding="utf-8")
    made = own(tmp_path, manual.split("```yaml\n")[1].split("```")[0])["seedling"]
    assert (made.effect("JYYC"), made.rests_on) == (Effect.BLOCK, "fiscal")

"""Scenario profiles: what is there, what is refused, and what no profile can say."""

from __future__ import annotations

import pytest

from graph.errors import InputError
from graph.vocabulary import list_types
from queries.finding import Effect
from queries.scenarios import awaited, named_is_listed, parse, scenario, scenarios

# `--scenario` of the contract.
CONTRACT = (
    "general procurement tender_mandatory tender_other fiscal credit market_entry qualification civil_service "
    "housing consumption_exit honours securities land trade office"
)


def test_names_of_the_contract_are_all_known_and_only_general_is_defined() -> None:
    assert {*scenarios(), *awaited()} == set(CONTRACT.split())
    assert set(scenarios()) == {"general"}


def test_general_informs_and_depends_on_no_list() -> None:
    general = scenario("general")
    assert set(general.listed.values()) == {Effect.INFORM}
    assert (general.hard, general.alerts) == ((), True)


def test_general_looks_at_every_adverse_list_and_at_no_red_one_or_permit() -> None:
    adverse = {code for code, kind in list_types().items() if kind.family not in ("red", "permit")}
    assert set(scenario("general").lists) == adverse


@pytest.mark.parametrize("code", sorted(awaited()))
def test_a_scenario_of_the_law_pack_is_refused_not_stood_in_for(code: str) -> None:
    with pytest.raises(InputError, match="法律规则包") as caught:
        scenario(code)
    assert caught.value.exit_code == 2


def test_an_unknown_scenario_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="procurement"):
        scenario("bribery")


def profile(**changes: object) -> dict[str, object]:
    base = {"name": "x", "families": ["negative"], "listed": {"default": "block"}, "hard": [], "alerts": True}
    return {"scenarios": {"x": {**base, **changes}}}


def test_no_profile_makes_a_foreign_list_more_than_information() -> None:
    made = parse(profile(families=["foreign"], listed={"default": "block", "OFAC_SDN": "block"}))["x"]
    assert set(made.listed.values()) == {Effect.INFORM}


@pytest.mark.parametrize(
    "changes",
    [
        {"families": ["red"]},
        {"families": ["permit"]},
        {"families": ["nothing"]},
        {"hard": ["A_TAX"]},
        {"hard": ["XXX"]},
    ],
)
def test_a_profile_that_does_not_hold_names_itself(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="scenario x"):
        parse(profile(**changes))


def test_whoever_a_debtors_entry_names_is_not_on_the_list() -> None:
    assert not named_is_listed("SXBZXR")
    assert named_is_listed("QXNMG")

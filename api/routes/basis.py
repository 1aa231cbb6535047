"""The rules, scenarios and regimes that answers rest on: no store is asked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api.out_basis import FAILURES
from api.out_law import Regimes, Rules, Scenarios
from api.routes.asking import caller, day_of
from queries.law.printed import pack_json, rule_json, rule_of
from queries.law.read import shipped
from queries.regimes.printed import regime_json, regimes_json
from queries.regimes.read import regime_of
from queries.scenario_rows import scenario_json, scenarios_json
from queries.scenarios import all_scenarios, scenario

router = APIRouter(prefix="/api", tags=["basis"], responses=FAILURES, dependencies=[Depends(caller), Depends(day_of)])


@router.get("/rules")
def rules() -> Rules:
    """Every rule of the law pack, in full."""
    return Rules.model_validate(pack_json(shipped()))


@router.get("/rules/{rule}")
def one_rule(rule: Annotated[str, Path(max_length=20, examples=["R01"])]) -> Rules:
    """One rule, as a list of one."""
    pack = shipped()
    return Rules.model_validate({"version": pack.version, "rules": [rule_json(rule_of(pack, rule))]})


@router.get("/scenarios")
def every_scenario() -> Scenarios:
    """For what subjects are screened: what each list and each rule does there."""
    return Scenarios.model_validate(scenarios_json(all_scenarios(), shipped()))


@router.get("/scenarios/{code}")
def one_scenario(code: Annotated[str, Path(max_length=60, examples=["procurement"])]) -> Scenarios:
    """One scenario, as a list of one."""
    pack = shipped()
    return Scenarios.model_validate({"rules": pack.version, "scenarios": [scenario_json(scenario(code), pack)]})


@router.get("/regimes")
def regimes() -> Regimes:
    """Every regime of related parties, in full."""
    return Regimes.model_validate(regimes_json())


@router.get("/regimes/{regime}")
def one_regime(regime: Annotated[str, Path(max_length=40, examples=["P05"])]) -> Regimes:
    """One regime, as a list of one."""
    return Regimes.model_validate({"regimes": [regime_json(regime_of(regime))]})

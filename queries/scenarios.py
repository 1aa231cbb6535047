"""For what a subject is screened: which lists matter there, and how (`scenarios.yaml`).

Only `general` is defined here; the other names of the contract come with the law pack and are refused until
then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from graph.errors import InputError
from graph.vocabulary import list_types
from queries.finding import Effect
from queries.law.pack import Seat

# A commendation or a permit takes nothing away, whatever a profile says.
NEUTRAL_FAMILIES = frozenset({"red", "permit"})


@dataclass(frozen=True, slots=True)
class Scenario:
    """One profile. `lists`: codes looked at; `listed`: effect of being on one; `hard`: lists it needs."""

    code: str
    name: str
    lists: tuple[str, ...]
    listed: Mapping[str, Effect]
    hard: tuple[str, ...]
    alerts: bool
    relations: bool = True
    law: bool = False
    rules: Mapping[str, Mapping[Seat, Effect]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Profiles:
    scenarios: Mapping[str, Scenario]
    with_law_pack: Mapping[str, str]
    named_is_not_listed: frozenset[str]


def scenario(code: str) -> Scenario:
    """The profile of that name. Raises InputError for one of the law pack's, and for a name nobody knows."""
    profiles = _profiles()
    if code in profiles.scenarios:
        return profiles.scenarios[code]
    if code in profiles.with_law_pack:
        raise InputError(
            f"场景“{profiles.with_law_pack[code]}”依赖法律规则包，本版本尚未提供",
            value=code,
            remedy="目前可用：" + "、".join(profiles.scenarios),
        )
    known = "、".join([*profiles.scenarios, *profiles.with_law_pack])
    raise InputError("没有这个场景", value=code, remedy=f"可用的名称：{known}")


def scenarios() -> dict[str, Scenario]:
    """All profiles that can be asked for, by code."""
    return dict(_profiles().scenarios)


def awaited() -> dict[str, str]:
    """Scenarios that come with the law pack: code → name."""
    return dict(_profiles().with_law_pack)


def named_is_listed(list_code: str) -> bool:
    """Whether a person an entry of this list names beside its subject is on the list himself."""
    return list_code not in _profiles().named_is_not_listed


def parse(raw: Mapping[str, Any]) -> dict[str, Scenario]:
    """Profiles from the text of `scenarios.yaml`. Raises ValueError naming the profile that does not hold."""
    return {code: _scenario(code, profile) for code, profile in raw["scenarios"].items()}


@cache
def _profiles() -> _Profiles:
    raw = yaml.safe_load(files("queries").joinpath("scenarios.yaml").read_text(encoding="utf-8"))
    return _Profiles(parse(raw), raw["with_law_pack"], frozenset(raw["named_is_not_listed"]))


def _scenario(code: str, profile: Mapping[str, Any]) -> Scenario:
    families = set(profile["families"])
    adverse = {kind.family for kind in list_types().values()} - NEUTRAL_FAMILIES
    if not families <= adverse:
        raise ValueError(f"scenario {code}: no adverse family: {sorted(families - adverse)}")
    lists = tuple(c for c, kind in list_types().items() if kind.family in families)
    named = {*profile["hard"], *profile["listed"]} - {"default"}
    if not named <= set(lists):
        raise ValueError(f"scenario {code}: lists not looked at: {sorted(named - set(lists))}")
    effects = {c: _effect(profile["listed"], c) for c in lists}
    return Scenario(code, profile["name"], lists, effects, tuple(profile["hard"]), bool(profile["alerts"]))


def _effect(listed: Mapping[str, str], code: str) -> Effect:
    """What the profile says of a list; a foreign one informs, whatever it says (反外国制裁法 §12)."""
    foreign = list_types()[code].family == "foreign"
    return Effect.INFORM if foreign else Effect(listed.get(code, listed["default"]))

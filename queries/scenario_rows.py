"""Scenarios as answers print them: what each list and each rule does there, and on what ground."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.vocabulary import list_types
from queries.law.pack import Basis, Pack, Rule, Words
from queries.model import Json
from queries.scenarios import Scenario


def scenarios_json(profiles: Mapping[str, Scenario], pack: Pack) -> Json:
    """`scenarios --json`."""
    return {"rules": pack.version, "scenarios": [scenario_json(profile, pack) for profile in profiles.values()]}


def scenario_json(profile: Scenario, pack: Pack) -> Json:
    """One scenario: its lists with effect and ground, the rules that do more than inform there, by seat."""
    return {
        "code": profile.code,
        "name": _words(profile.name),
        "note": _words(profile.note),
        "based_on": profile.based_on or None,
        "law": profile.law,
        "relations": profile.relations,
        "alerts": profile.alerts,
        "household": profile.household,
        "hard": list(profile.hard),
        "lists": [_list(profile, code) for code in profile.lists],
        "rules": [row for rule in pack.rules.values() if (row := _rule(profile, rule))] if profile.law else [],
    }


def _list(profile: Scenario, code: str) -> Json:
    told, kind = profile.listed[code], list_types()[code]
    return {
        "list": code,
        "name": {"zh": kind.name, "en": kind.name_en},
        "effect": told.effect.value,
        "hard": code in profile.hard,
        "within_years": told.within_years,
        "min_amount": told.min_amount,
        "basis": [_basis(entry) for entry in told.basis],
    }


def _rule(profile: Scenario, rule: Rule) -> Json | None:
    """What a rule does here; `own`: by the profile's own word. None where neither says anything."""
    own = profile.rules.get(rule.id)
    effects = rule.scenarios.get(profile.rests_on, {}) if own is None else own
    if not effects:
        return None
    return {
        "rule": rule.id,
        "name": _words(rule.name),
        "review_status": rule.review_status,
        "effects": {seat: effect.value for seat, effect in effects.items()},
        "own": own is not None,
    }


def _basis(entry: Basis) -> dict[str, Any]:
    kept = ("law", "article", "source", "grade", "valid_from", "valid_to")
    return {name: getattr(entry, name) for name in kept}


def _words(words: Words | None) -> dict[str, str] | None:
    return {"zh": words.zh, "en": words.en} if words else None

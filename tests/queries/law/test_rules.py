"""Every rule with every deviation: when it fires, and above all when it must not.

The graph of all variants is written once on each engine; what is then asked needs no store.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import cast

import pytest

from graph.store import Store
from queries.finding import Class, Finding
from queries.law.read import shipped
from queries.scenarios import scenario, scenarios
from tests.conftest import EMPTY
from tests.queries.graphs import Graph
from tests.queries.law.asking import CALLED_NAMES, Known, known
from tests.queries.law.cases import AS_OF, base_cases, corner_cases
from tests.queries.law.variants import DEVIATIONS, Variant, variants

# Rules that look at several rows of a sheet, and those that only say what must not be said: tried elsewhere.
ELSEWHERE = {
    "R01x": "an exception, see test_golden.py",
    "R02": "a guard: nobody is called listed, held by every case here",
    "R31": "consortium of a sheet, see test_joint.py",
    "R35": "lot of a sheet, see test_joint.py",
    "R36": "lot of a sheet, see test_joint.py",
}

# Deviations in which a fired rule may say that a day is missing.
UNDATED = ("repaired", "stale", "listed_on_unknown")


@cache
def of_case() -> dict[str, tuple[Variant, ...]]:
    return {base.key: tuple(variants(base)) for base in base_cases().values()}


@cache
def corners() -> dict[str, Variant]:
    return {key: Variant("corner", case, expect) for key, (case, expect) in corner_cases().items()}


def all_variants() -> Iterator[Variant]:
    yield from (variant for made in of_case().values() for variant in made)
    yield from corners().values()


@pytest.fixture(scope="module", params=["arcadedb", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def graph(request: pytest.FixtureRequest) -> Known:
    """All variants in one graph, asked for once."""
    store = cast(Store, request.getfixturevalue(request.param))
    store.write(EMPTY)
    whole = Graph()
    for variant in all_variants():
        made = variant.case.graph()
        for name in ("subjects", "relations", "listings", "named"):
            getattr(whole, name).extend(getattr(made, name))
    alone = [v.case.asked for v in all_variants() if v.expect == "alert"]
    return known(store, whole, AS_OF, alone)


def test_every_rule_has_a_case_and_every_deviation_a_case_or_a_reason() -> None:
    told = {case.rule for case in base_cases().values()}
    assert told | set(ELSEWHERE) == set(shipped().rules)
    for case in base_cases().values():
        made = {v.name for v in variants(case)}
        assert made | set(case.without) == set(DEVIATIONS), case.key
        assert all(len(why) > 10 for why in case.without.values()), case.key


@pytest.mark.parametrize("key", of_case())
def test_rule(graph: Known, key: str) -> None:
    """All deviations of one case; what is wrong with any of them is told with rule and deviation."""
    wrong = []
    for variant in of_case()[key]:
        try:
            holds(graph, variant)
        except AssertionError as error:
            wrong.append(f"{variant.case.rule}, {variant.case.key}: {error}")
    assert not wrong, "\n\n".join(wrong)


@pytest.mark.parametrize("key", corners())
def test_corner(graph: Known, key: str) -> None:
    """Shares, forms, trades, versions and terms at their very edge."""
    holds(graph, corners()[key])


def holds(graph: Known, variant: Variant) -> None:
    """What is said on one variant is what is expected of it."""
    case = variant.case
    found = [
        f
        for f in graph.told(case.asked, case.as_of, replay=variant.replay, certain=variant.certain)
        if f.listing["id"] == f"{case.key}/entry"
    ]
    told = f"{[(str(f.cls), f.rule, f.conditions) for f in found]}"
    ruled = [f for f in found if f.rule == case.rule]
    if variant.expect in ("gone", "alert"):
        assert not ruled, told
    else:
        assert {(str(f.cls), f.target["id"]) for f in ruled} == {(_class(variant), case.node(case.target))}, told
        assert variant.expect == "conditional" or variant.name in UNDATED or not _missing(ruled), told
    if variant.expect == "alert":
        assert any(f.cls is Class.ALERT for f in found), told
    assert all(variant.says in f.text + "".join(f.conditions) for f in ruled or found), told
    if variant.name not in ("wrong_direction", "reversed", "corner"):  # another graph, where other rules may well hold
        above = {f.rule for f in found if f.cls is not Class.ALERT}
        assert above <= {case.rule, *case.beside}, told
    _nobody_is_called_listed(found, told)
    if ruled:
        _effects(graph, variant)


def _class(variant: Variant) -> str:
    conditional = variant.expect == "conditional" and variant.case.cls == "STATUTORY"
    return "STATUTORY_CONDITIONAL" if conditional else variant.case.cls


def _missing(ruled: Sequence[Finding]) -> list[str]:
    """Dates and grounds that are said to be missing though nothing is."""
    return [c for f in ruled for c in f.conditions if "日期待核实" in c or "未载明" in c]


def _nobody_is_called_listed(found: Sequence[Finding], told: str) -> None:
    """R02: whoever is not listed himself is never called so, whatever binds him."""
    for f in found:
        if f.cls is not Class.LISTED_SELF and len(f.path["nodes"]) > 1:
            listed = f.path["nodes"][-1]["name"]
            others = [n["name"] for n in f.path["nodes"] if n["name"] != listed]
            for name in (n for n in others if n):
                assert f"{name} 列于" not in f.text, told
                assert not any(f"{name}{word}" in f.text or f"{name}是{word}" in f.text for word in CALLED_NAMES), told


def _effects(graph: Known, variant: Variant) -> None:
    """In every scenario the plain case does exactly what it is said to do, and nothing doubtful blocks."""
    case, made = variant.case, {}
    # Doubts only ever hold down what the plain case does.
    for code in scenarios() if variant.name == "fires" else case.effects:
        asked = graph.told(case.asked, case.as_of, scenario(code), replay=variant.replay, certain=variant.certain)
        found = [f for f in asked if f.listing["id"] == f"{case.key}/entry" and f.rule == case.rule]
        effects = {f.effect.value for f in found} - {"inform"}
        assert len(effects) <= 1, f"{code}: {effects}"
        if effects:
            made[code] = effects.pop()
    if variant.name == "fires":
        assert made == dict(case.effects)
    if variant.expect != "fires" or shipped().rules[case.rule].review_status == "unverified":
        assert "block" not in made.values(), made

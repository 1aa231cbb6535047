"""The shipped policy, and that a broken one names its row."""

from __future__ import annotations

import copy
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from graph.vocabulary import list_types
from queries.policy import load, read, shipped


def test_shipped_policy_has_the_shape_of_the_contract() -> None:
    told = shipped().to_json()
    assert {
        "version", "floor", "max_hops", "fanout_cap", "name_cap", "former_days", "max_age_days", "bands",
        "severity", "tier", "keeps",
    } <= told.keys()  # fmt: skip
    assert told["bands"]["high"] == 0.6
    assert told["keeps"][0] == {"relation": "LEGAL_REP", "direction": "forward", "min_ratio": None, "weight": 0.8}
    assert read(told) == shipped()


def test_no_relative_no_ordinary_staff_no_contact_carries_anything() -> None:
    assert not {"KIN", "EMPLOYEE", "CONTACT"} & {row["relation"] for row in shipped().to_json()["keeps"]}


def test_every_adverse_list_has_a_severity_and_no_other() -> None:
    adverse = {code for code, kind in list_types().items() if kind.family not in ("red", "permit")}
    assert shipped().severity.keys() == adverse


def test_severity_and_bands() -> None:
    policy = shipped()
    assert policy.severity_of("XZCF", "minor") == Decimal("0.2")
    assert policy.severity_of("XZCF", None) == Decimal("0.5")
    assert policy.severity_of("A_TAX", None) == 0
    assert [policy.band(Decimal(score)) for score in ("0.6", "0.599", "0.3", "0.05", "0.04")] == [
        "high", "medium", "medium", "low", "",
    ]  # fmt: skip


Raw = dict[str, Any]


def _row(**changed: object) -> Callable[[Raw], object]:
    row = {"relation": "SHAREHOLDER", "direction": "forward", "min_ratio": 0.9, "weight": 0.5, **changed}
    return lambda raw: raw["keeps"].append(row)


@pytest.mark.parametrize(
    ("spoil", "named"),
    [
        (_row(relation="FRIEND"), "FRIEND"),
        (_row(relation="CONTACT", min_ratio=None), "CONTACT"),
        (_row(direction="up"), "up"),
        (_row(weight=1.1), "1.1"),
        (_row(weight=0.1234567), "0.1234567"),
        (_row(weight="0.5"), "keeps 第"),
        (_row(min_ratio=2), "min_ratio"),
        (_row(relation="DIRECTOR"), "DIRECTOR"),
        (_row(relation="CONCERT", direction="backward", min_ratio=None), "CONCERT"),
        (_row(min_ratio=0.5), "重复"),
        (lambda raw: raw["severity"].update(NOLIST=1), "NOLIST"),
        (lambda raw: raw["severity"].update(A_TAX=1), "A_TAX"),
        (lambda raw: raw["severity"].update(SXBZXR=2), "severity.SXBZXR"),
        (lambda raw: raw["tier"].update(huge=1), "huge"),
        (lambda raw: raw.update(floor=0), "floor"),
        (lambda raw: raw.update(max_hops=7), "max_hops"),
        (lambda raw: raw.update(fanout_cap=0), "fanout_cap"),
        (lambda raw: raw.pop("bands"), "bands"),
        (lambda raw: raw.update(keeps=[]), "keeps"),
    ],
)
def test_a_broken_policy_names_what_is_wrong(spoil: Callable[[Raw], object], named: str) -> None:
    raw = copy.deepcopy(shipped().to_json())
    spoil(raw)
    with pytest.raises(InputError, match=named):
        read(raw)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    broken = tmp_path / "policy.yaml"
    broken.write_text("floor: [", encoding="utf-8")
    for path in (tmp_path / "missing.yaml", broken):
        with pytest.raises(InputError):
            load(path)

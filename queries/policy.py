"""The association policy (`policy.yaml`): what a listing weighs and what each relation lets through.

House settings for attention, no law. Read once, checked row by row; numbers are exact decimals, so that equal
products are equal whatever the order of multiplication.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from graph.errors import InputError
from graph.vocabulary import RELATIONS
from queries.policy_check import check

SHIPPED = "policy.yaml"
# A relation that only may join one and the same subject: counted when asked for, never otherwise.
POSSIBLE = "MAYBE_SAME"


@dataclass(frozen=True, slots=True)
class Keep:
    """One row: over `relation` in `direction`, from a ratio of `min_ratio` up, this `weight` (0–1) passes.

    `forward`: a listed first subject exposes the second. `min_ratio` None: for relations without a ratio.
    """

    relation: str
    direction: str
    min_ratio: Decimal | None
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole policy. `bands`: lower bounds of the score bands, highest first. `foreign`: whether foreign
    lists belong into `not_checked`.
    """

    version: str
    floor: Decimal
    max_hops: int
    fanout_cap: int
    name_cap: int
    former_days: int
    max_age_days: int
    foreign: bool
    bands: Mapping[str, Decimal]
    severity: Mapping[str, Decimal]
    tier: Mapping[str, Decimal]
    keeps: tuple[Keep, ...]

    def severity_of(self, code: str, tier: str | None) -> Decimal:
        """What a listing weighs by its list and tier; 0 where the list emits nothing."""
        return self.severity.get(code, Decimal(0)) * (self.tier.get(tier, Decimal(1)) if tier else Decimal(1))

    def band(self, score: Decimal) -> str:
        """The band of a score: the highest whose lower bound it reaches; "" below all."""
        return next((name for name, bound in self.bands.items() if score >= bound), "")

    def carrying(self, *, include_possible: bool) -> tuple[str, ...]:
        """Relation types that pass anything in some direction, in the order of the vocabulary."""
        named = {k.relation for k in self.keeps if k.weight > 0}
        return tuple(t for t in RELATIONS if t in named and (include_possible or t != POSSIBLE))

    def to_json(self) -> dict[str, Any]:
        """The contract's `policy --json`, numbers as numbers."""
        plain = ("version", "max_hops", "fanout_cap", "name_cap", "former_days", "max_age_days", "foreign")
        return {
            **{name: getattr(self, name) for name in plain},
            "floor": float(self.floor),
            **{name: _floats(getattr(self, name)) for name in ("bands", "severity", "tier")},
            "keeps": [
                {
                    "relation": k.relation,
                    "direction": k.direction,
                    "min_ratio": None if k.min_ratio is None else float(k.min_ratio),
                    "weight": float(k.weight),
                }
                for k in self.keeps
            ],
        }


def read(raw: Mapping[str, Any], file: str = SHIPPED) -> Policy:
    """A policy from the plain values of a YAML or JSON document.

    Raises InputError that names the row when one is broken: unknown relation, list or direction, a number
    outside its range, a row said twice.
    """
    check(raw, file)
    return Policy(
        version=str(raw["version"]),
        floor=_exact(raw["floor"]),
        **{name: int(raw[name]) for name in ("max_hops", "fanout_cap", "name_cap", "former_days", "max_age_days")},
        foreign=bool(raw.get("foreign", False)),
        bands=dict(sorted(_decimals(raw["bands"]).items(), key=lambda band: -band[1])),
        severity=_decimals(raw["severity"]),
        tier=_decimals(raw["tier"]),
        keeps=tuple(_keep(row) for row in raw["keeps"]),
    )


def load(path: Path | None = None) -> Policy:
    """The policy in a file, or the shipped one."""
    if path is None:
        return shipped()
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError("无法读取策略文件", file=str(path), value=str(error), remedy="检查路径和 YAML 语法") from error
    return read(raw, str(path))


@cache
def shipped() -> Policy:
    """The policy that comes with the product."""
    return read(yaml.safe_load(files("queries").joinpath(SHIPPED).read_text(encoding="utf-8")))


def _keep(row: Mapping[str, Any]) -> Keep:
    bound = row.get("min_ratio")
    return Keep(row["relation"], row["direction"], None if bound is None else _exact(bound), _exact(row["weight"]))


def _exact(number: Any) -> Decimal:
    return Decimal(str(number))


def _decimals(numbers: Mapping[str, Any]) -> dict[str, Decimal]:
    return {name: _exact(number) for name, number in numbers.items()}


def _floats(numbers: Mapping[str, Decimal]) -> dict[str, float]:
    return {name: float(number) for name, number in numbers.items()}

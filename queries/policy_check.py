"""Whether a policy document is sound; a broken row names itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graph.errors import InputError
from graph.vocabulary import RELATIONS, SUBJECT_RELATION_TYPES, TIERS, list_types

_COUNTS = ("max_hops", "fanout_cap", "name_cap", "former_days", "max_age_days")
_SILENT = ("red", "permit")  # families that emit nothing
# A product of a few such numbers stays exact in the 60 digits the search computes with.
_MAX_DECIMALS = 6
# Beyond this a graph of firms and people is one neighbourhood, and no query is bounded any more.
MOST_HOPS = 6


def check(raw: Any, file: str) -> None:
    """Raise InputError for the first thing that is wrong with a policy's plain values."""
    if not isinstance(raw, Mapping):
        raise InputError("策略文件不是键值表", file=file, remedy="参照随附的 policy.yaml")
    needed = ("version", "floor", *_COUNTS, "bands", "severity", "tier", "keeps")
    missing = [name for name in needed if name not in raw]
    if missing:
        raise InputError("策略缺少字段", file=file, value="、".join(missing), remedy="参照随附的 policy.yaml 补全")
    _check_numbers(raw, file)
    _check_lists(raw["severity"], file)
    unknown = sorted(set(raw["tier"]) - set(TIERS))
    if unknown:
        raise InputError("未知的等级", file=file, value=unknown[0], remedy=f"用 {'、'.join(TIERS)}")
    _check_keeps(raw["keeps"], file)


def _check_numbers(raw: Mapping[str, Any], file: str) -> None:
    _share(raw["floor"], "floor", file)
    for name in _COUNTS:
        if not isinstance(raw[name], int) or isinstance(raw[name], bool) or raw[name] < 1:
            raise InputError(f"{name} 须为正整数", file=file, value=str(raw[name]))
    if raw["max_hops"] > MOST_HOPS:
        raise InputError("max_hops 过大", file=file, value=str(raw["max_hops"]), remedy=f"不超过 {MOST_HOPS}")
    if raw["floor"] < 0.001:
        raise InputError("floor 过小，查询将没有边界", file=file, value=str(raw["floor"]), remedy="不小于 0.001")
    for table in ("bands", "severity", "tier"):
        for name, number in raw[table].items():
            _share(number, f"{table}.{name}", file)


def _check_lists(severity: Mapping[str, Any], file: str) -> None:
    known = list_types()
    for code in severity:
        if code not in known:
            raise InputError("severity 中有未知的名单", file=file, value=str(code), remedy="用 contract 中的名单代码")
        if known[code].family in _SILENT:
            raise InputError("守信名单和行政许可不传导", file=file, value=str(code), remedy="删去该行")


def _check_keeps(rows: Any, file: str) -> None:
    seen: set[tuple[object, ...]] = set()
    for number, row in enumerate(rows, 1):
        reason = _fault(row)
        key = tuple(row.get(name) for name in ("relation", "direction", "min_ratio"))
        if not reason and key in seen:
            reason = "与前面的行重复"
        if reason:
            raise InputError(
                f"keeps 第 {number} 行：{reason}", file=file, value=" ".join(str(value) for value in row.values())
            )
        seen.add(key)
    if not any(row["weight"] > 0 for row in rows):
        raise InputError("keeps 中没有任何权重大于 0 的行", file=file, remedy="参照随附的 policy.yaml")


def _fault(row: Mapping[str, Any]) -> str:
    relation, bound = row.get("relation"), row.get("min_ratio")
    if relation not in SUBJECT_RELATION_TYPES:
        return f"未知的关系 {relation}"
    known = RELATIONS[str(relation)]
    if row.get("direction") not in ("forward", "backward"):
        return "direction 须为 forward 或 backward"
    if known.symmetric and row["direction"] == "backward":
        return f"{relation} 没有方向，只写 forward"
    if bound is not None and not known.rated:
        return f"{relation} 没有比例，min_ratio 须为空"
    if bound is not None and not _is_share(bound):
        return "min_ratio 须在 0 与 1 之间，至多六位小数"
    return "" if _is_share(row.get("weight")) else "weight 须在 0 与 1 之间，至多六位小数"


def _share(number: Any, name: str, file: str) -> None:
    if not _is_share(number):
        raise InputError(f"{name} 须在 0 与 1 之间，至多六位小数", file=file, value=str(number))


def _is_share(number: Any) -> bool:
    if isinstance(number, bool) or not isinstance(number, int | float) or not 0 <= number <= 1:
        return False
    return round(number, _MAX_DECIMALS) == number

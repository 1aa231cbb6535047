"""Whether a rule's parts fit each other; what does not is told with its place."""

from __future__ import annotations

from queries.law.pack import Binds, Rule, Shape, Way
from queries.law.strict import Row

# Of each shape: whether it has a role and a post, and whom it can bind.
_PARTS: dict[Shape, tuple[bool, bool, frozenset[Binds]]] = {
    "self": (False, False, frozenset({"listed"})),
    "role": (True, False, frozenset({"holder"})),
    "post": (False, True, frozenset({"listed", "other"})),
    "role_post": (True, True, frozenset({"holder", "other"})),
    "sibling": (True, True, frozenset({"other"})),
    "consortium": (False, False, frozenset({"other"})),
    "lot": (False, False, frozenset({"other"})),
    "guard": (True, False, frozenset({"holder"})),
}
_OF_SHEET = frozenset({"lot"})  # needs no listing: two rows of a sheet are enough


def check(rule: Rule, row: Row) -> None:
    """Raise InputError for the first part of a rule that does not fit the others."""
    if not rule.ways:
        raise row.fault("ways", "不能为空")
    if not rule.basis:
        raise row.fault("basis", "没有依据的规则不予采用")
    for way in rule.ways:
        _way(rule, way, row.row("ways").row(way.key))
    _trigger(rule, row.row("trigger"))
    _basis(rule, row)
    if rule.guard and rule.scenarios:
        raise row.fault("scenarios", "守卫规则不产生结论，不能有场景效果", "、".join(rule.scenarios))


def _way(rule: Rule, way: Way, row: Row) -> None:
    has_role, has_post, binds = _PARTS[way.shape]
    if way.shape in _OF_SHEET and (way.role is None) == (way.post is None):
        raise row.fault("", f"形状 {way.shape} 须写 role（同一负责人）或 post（一家对另一家）之一")
    for field, wanted, given in (("role", has_role, way.role), ("post", has_post, way.post)):
        if way.shape in _OF_SHEET:
            continue
        if wanted and given is None:
            raise row.fault(field, f"形状 {way.shape} 需要它")
        if not wanted and given is not None:
            raise row.fault(field, f"形状 {way.shape} 没有它", "、".join(given.types))
    if way.binds not in binds:
        raise row.fault("binds", f"形状 {way.shape} 只能约束 {'、'.join(sorted(binds))}", way.binds)
    if (way.shape == "guard") != rule.guard:
        raise row.fault("class", "FORBIDDEN、EXCEPTION 与形状 guard 须同时使用", row.text("class"))
    if way.post_required and not has_post:
        raise row.fault("post_required", f"形状 {way.shape} 没有任职", True)
    if way.shape == "post" and not way.post_required:
        raise row.fault("post_required", "形状 post 须写 true：没有任职就没有路径", False)
    strange = sorted((way.lists | set(way.grounds or ())) - set(rule.trigger.lists))
    if strange:
        raise row.fault("lists", "不在 trigger.lists 之中", strange[0])


def _trigger(rule: Rule, row: Row) -> None:
    trigger = rule.trigger
    if not trigger.lists and any(way.shape not in _OF_SHEET for way in rule.ways):
        raise row.fault("lists", "不能为空")
    strange = sorted(set(trigger.grounds) - set(trigger.lists))
    if strange:
        raise row.fault("grounds", "不在 lists 之中", strange[0])
    if trigger.open_grounds and not any(rule.grounds(way) for way in rule.ways):
        raise row.fault("open_grounds", "没有 grounds 就没有未定的事由", "、".join(sorted(trigger.open_grounds)))
    if trigger.first_of and len(trigger.lists) < 2:
        raise row.fault("first_of", "只有一个名单", True)
    reached = {code for way in rule.ways for code in (way.lists or trigger.lists)}
    unused = [code for code in trigger.lists if code not in reached]
    if unused:
        raise row.fault("lists", "没有 way 用到它", unused[0])


def _basis(rule: Rule, row: Row) -> None:
    keys = {way.key for way in rule.ways}
    for entry, inner in zip(rule.basis, row.rows("basis"), strict=True):
        strange = sorted(entry.ways - keys)
        if strange:
            raise inner.fault("ways", f"没有这个 way，可用：{'、'.join(sorted(keys))}", strange[0])
        if entry.grade != "unverified" and not entry.source:
            raise inner.fault("source", "读过的依据须写出处", entry.law)

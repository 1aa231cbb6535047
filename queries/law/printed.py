"""Rules as answers print them: every field of the row, and each way in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from graph.errors import InputError
from graph.vocabulary import FORMS, KIND_LABELS, RELATIONS, list_types
from queries.law.conditions import one_of
from queries.law.pack import Binds, Body, Pack, RoleTime, Rule, Step, Way, Words
from queries.model import Json

TIMES: Mapping[RoleTime, Words] = {
    "now": Words("评价之日在任", "held on the day asked for"),
    "at_listing": Words("列入（决定）之日在任", "held on the day of listing"),
    "left_later": Words("列入之日在任、其后卸任", "held on the day of listing, given up later"),
    "after_listing": Words("列入之日以后开始", "begun after the day of listing"),
}
BOUND: Mapping[Binds, Words] = {
    "listed": Words("在列者", "the listed subject"),
    "holder": Words("任职者", "the holder"),
    "other": Words("另一单位", "the other organisation"),
}
_OF_SHEET = {
    "consortium": Words("筛查名单中同一联合体的成员之一列入{lists}", "a member of the same consortium is on {lists}"),
    "lot": Words("筛查名单中同一标段（合同项）的不同单位", "different organisations in one lot of a sheet"),
}
_KINDS = {str(kind): label for kind, label in KIND_LABELS.items()}


def rule_of(pack: Pack, asked: str) -> Rule:
    """The rule of that id, however it is spelt. Raises InputError that names the known ones."""
    ids = {key.lower(): key for key in pack.rules}
    key = ids.get(asked.strip().lower())
    if key is None:
        raise InputError("没有这条规则", value=asked, remedy="可用：" + "、".join(pack.rules))
    return pack.rules[key]


def pack_json(pack: Pack) -> Json:
    """`rules --json`."""
    return {"version": pack.version, "rules": [rule_json(rule) for rule in pack.rules.values()]}


def rule_json(rule: Rule) -> Json:
    """One rule with every field of its row, what it says of itself, and its ways in words."""
    row = _fields(rule)
    row["classes"], row["review_status"] = list(rule.classes), rule.review_status
    for way, told in zip(row["ways"], rule.ways, strict=True):
        way["class"] = rule.classes[0] if rule.guard else way.pop("cls")
        way.pop("cls", None)
        way["words"] = _plain(way_words(rule, told))
    return row


def way_words(rule: Rule, way: Way) -> Words:
    """A way read aloud: who is listed, who is joined to it how and when, who is bound."""
    return Words(_way(rule, way, 0), _way(rule, way, 1))


def _fields(value: Any) -> Json:
    return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}


def _plain(value: Any) -> Any:
    """A value as JSON knows it; texts in two languages and rows by the names of their fields, sets in order."""
    if isinstance(value, Words):
        return value._asdict()
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, frozenset | tuple | list):
        plain = [_plain(inner) for inner in value]
        return sorted(plain) if isinstance(value, frozenset) else plain
    return value.value if isinstance(value, Enum) else value


def _way(rule: Rule, way: Way, lang: int) -> str:
    lists = _lists((way.lists and sorted(way.lists)) or rule.trigger.lists, lang)
    if way.shape in _OF_SHEET:
        return _OF_SHEET[way.shape][lang].format(lists=lists)
    listed, other = _body(way.listed, lang), _body(way.other, lang)
    role = _step(way.role, lang) if way.role else ""
    post = _step(way.post, lang) if way.post else ""
    parts = [Words(f"列入{lists}{listed}", f"listed under {lists}{listed}")[lang]]
    if way.shape == "self":
        parts = [Words(f"本人列入或被列明于{lists}{listed}", f"itself on, or named by, {lists}{listed}")[lang]]
    if role:
        parts.append(Words(f"任职者在其中：{role}", f"the holder there: {role}")[lang])
    if post:
        also = Words("", "") if way.post_required else Words("（如有）", " (if any)")
        parts.append(
            Words(f"在另一单位{other}{also.zh}：{post}", f"in another organisation{other}{also.en}: {post}")[lang]
        )
    if not rule.guard:
        parts.append(Words(f"约束{BOUND[way.binds].zh}", f"binds {BOUND[way.binds].en}")[lang])
    return Words("；", "; ")[lang].join(parts)


def _lists(codes: Any, lang: int) -> str:
    known = list_types()
    return Words("、", ", ")[lang].join((known[code].name, known[code].name_en)[lang] for code in codes)


def _step(step: Step, lang: int) -> str:
    labels = {name: kind.label for name, kind in RELATIONS.items()}
    types = one_of(step.types, labels) if lang == 0 else " / ".join(step.types)
    facts = [TIMES[step.time][lang]]
    if step.over is not None or step.min_ratio is not None:
        over = step.over is not None
        share = f"{step.over if over else step.min_ratio:.0%}"
        facts.append(Words(f"比例{'超过' if over else '不低于'} {share}", f"{'>' if over else '>='} {share}")[lang])
    if step.titles:
        facts.append(Words(f"职务含{one_of(step.titles)}", f"title with {'/'.join(step.titles)}")[lang])
    if step.named:
        facts.append(Words("或被条目列明", "or named by the entry")[lang])
    return Words("{}（{}）", "{} ({})")[lang].format(types, Words("，", ", ")[lang].join(facts))


def _body(body: Body, lang: int) -> str:
    """What an end of the way has to be, in brackets; nothing where nothing is asked."""
    facts = []
    if body.kinds:
        facts.append(one_of(body.kinds, _KINDS) if lang == 0 else " / ".join(sorted(body.kinds)))
    if body.forms:
        facts.append(one_of(body.forms, FORMS) if lang == 0 else " / ".join(sorted(body.forms)))
    if body.sectors:
        facts.append(Words("行业含", "sector: ")[lang] + "/".join(body.sectors))
    if body.state_owned is not None:
        facts.append(Words("国有" if body.state_owned else "非国有", f"state owned: {body.state_owned}")[lang])
    return Words("（{}）", " ({})")[lang].format(Words("，", ", ")[lang].join(facts)) if facts else ""

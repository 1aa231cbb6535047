"""The words of a comparison of two whole-graph results, and what a reader must know beside its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from viz.texts import Texts

Json = Mapping[str, Any]
KINDS = ("became", "ceased", "changed")
_WORDS: dict[str, dict[str, str]] = {
    "zh-CN": {
        "became": "新增关联", "ceased": "不再关联", "changed": "有变化", "band": "等级", "score": "分值",
        "listing": "最近的列入记录", "listing_began": "列入记录生效：{text}", "listing_ended": "列入记录失效：{text}",
        "listing_gone": "图中已没有这条列入记录：{text}", "relation_began": "关系开始：{text}",
        "relation_ended": "关系终止：{text}", "relation_gone": "图中已没有两者之间的关系：{text}",
        "instead": "{text}此前或此后另有：{other}",
        "none": "路径上的列入记录和关系在两日均有效：起因不是列入或关系的起止（途中主体的关系数越过上限、"
        "数据补录或策略变化都可能）",
        "options": "路径上的列入记录和关系没有起止：两次计算的条件不同",
        "option": "{name}不同：前一次 {before}，后一次 {after}", "policy": "关联策略版本", "hops": "步数上限",
        "include_possible": "“可能为同一主体”", "True": "计入", "False": "不计入", "before": "前一次",
        "after": "后一次", "no_list": "无",
        "side": "{side}（{as_of}，策略 {policy}，最多 {hops} 步）：{n} 个主体有关联",
        "not_replayed": "{side}（{as_of}）没有重放：到 {over} 已结束的列入记录不计，"
        "因此看不出随其结束而不再关联的主体；请用 propagate --replay 重做，或用 diff --from --to",
        "not_checked": "未核查的名单不同：{before} 只在前一次，{after} 只在后一次",
        "unsaid": "有结果文件没有写明以哪一天、按哪版策略计算，原因可能无法说明",
        "unchecked": "后一次未核查的名单：{lists}", "cut": "每类只列出最重的若干个，计数是全部；--most 可多列",
        "side_unsaid": "{side}：{n} 个主体有关联，计算条件未写明", "about": "说明",
        "too_many": "一张工作表只放得下前 {n} 行，其余见 .csv 或 .json",
    },
    "en": {
        "became": "newly exposed", "ceased": "no longer exposed", "changed": "changed", "band": "band",
        "score": "score", "listing": "nearest listing", "listing_began": "listing in force: {text}",
        "listing_ended": "listing over: {text}", "listing_gone": "listing no longer in the graph: {text}",
        "relation_began": "relation began: {text}", "relation_ended": "relation ended: {text}",
        "relation_gone": "no relation of these two in the graph any more: {text}",
        "instead": "{text} On the other day: {other}",
        "none": "listing and relations on the path hold on both days: no listing or relation began or ended (a stop on"
        " the way that opened, data added later or another policy may be why)",
        "options": "no listing or relation on the path began or ended: the two results were asked differently",
        "option": "{name} differs: {before} before, {after} after", "policy": "the policy's version",
        "hops": "the limit of relations", "include_possible": "possible identity", "True": "counted",
        "False": "not counted", "before": "the earlier result", "after": "the later result", "no_list": "none",
        "side": "{side} ({as_of}, policy {policy}, at most {hops} relations): {n} subjects exposed",
        "not_replayed": "{side} ({as_of}) was not replayed: listings over by {over} do not count in it, so that nobody"
        " is seen to cease with them; make it again with propagate --replay, or use diff --from --to",
        "not_checked": "the lists not checked differ: only in the earlier result {before};"
        " only in the later {after}",
        "unsaid": "a result does not say of which day and by which policy it was made; causes may be missing",
        "unchecked": "lists not checked in the later result: {lists}",
        "cut": "of each kind only the gravest are told, the counts are of all; --most tells more",
        "side_unsaid": "{side}: {n} subjects exposed; it does not say how it was made", "about": "Notes",
        "too_many": "a sheet holds only the first {n} rows; the .csv or .json has all",
    },
}  # fmt: skip


def word(key: str, t: Texts, **values: object) -> str:
    """One of the words of a comparison in the language of `t`."""
    return _WORDS[t.locale][key].format(**values)


def note(told: Json, t: Texts) -> str:
    """One of the answer's notes as a sentence."""
    kind = told["kind"]
    if kind == "option":
        values = {side: told[side] for side in ("before", "after")}
        if isinstance(told["before"], bool):
            values = {side: word(str(value), t) for side, value in values.items()}
        return word(kind, t, name=word(told["name"], t), **values)
    if kind == "not_replayed":
        return word(kind, t, **{**told, "side": word(told["side"], t)})
    if kind == "not_checked":
        return word(kind, t, **{side: _lists(told[side], t) for side in ("before", "after")})
    return word(kind, t)


def _lists(codes: Iterable[str], t: Texts) -> str:
    return t("comma").join(map(t.listing, codes)) or word("no_list", t)


def about(answer: Json, t: Texts, *, most: int) -> Iterator[str]:
    """What a reader must know beside the rows, of which `most` are shown: what was compared, how many differ, and what
    was not looked at.
    """
    for side, result in (("before", answer["from"]), ("after", answer["to"])):
        kind = "side" if result["made"] else "side_unsaid"
        yield word(kind, t, **{**result, "side": word(side, t), "n": result["exposed"]})
    yield t("sep").join(f"{word(kind, t)} {answer['counts'][kind]}" for kind in KINDS)
    if not answer["complete"]:
        yield word("cut", t)
    if sum(len(answer[kind]) for kind in KINDS) > most:
        yield word("too_many", t, n=most)
    yield from (note(told, t) for told in answer["notes"])
    if answer["not_checked"]:
        yield word("unchecked", t, lists=_lists((missing["list"] for missing in answer["not_checked"]), t))
    yield t("alert")

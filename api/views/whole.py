"""Answers about the whole graph: its snapshot, everybody's exposure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.tables import Screen
from api.views.risk import RiskView
from api.words import Words, locale
from viz import changes, changes_words
from viz.labels import score
from viz.model import Subject
from viz.texts import Texts

Json = Mapping[str, Any]

_STATES = {
    "current": Words("当前快照", "current snapshot"),
    "stale": Words("快照已过期：图在它之后有变化", "stale: the graph has changed since"),
    "damaged": Words("快照文件已损坏，请运行 xinmai snapshot", "damaged, run xinmai snapshot"),
    "none": Words("没有快照，请运行 xinmai snapshot", "no snapshot, run xinmai snapshot"),
}
_COLON = Words("：", ": ")
_HELD = Words(
    "{subjects} 个主体、{relations} 条关系、{listings} 条列入记录；{size:.1f} MB；生成于 {built_at}",
    "{subjects} subjects, {relations} relations, {listings} listings; {size:.1f} MB; made {built_at}",
)
_TOOK = Words("用时 {seconds:.1f} 秒", "took {seconds:.1f} s")
_FACTS = Words(
    "截至 {as_of} · 关联策略 {policy} · {hops} 步以内", "as of {as_of} · policy {policy} · within {hops} relations"
)
_EXPOSED = Words(
    "关联提示：{subjects} 个主体中 {exposed} 个，不构成失信惩戒依据",
    "association, no ground for a sanction: {exposed} of {subjects} subjects",
)
_BAND = Words("等级 {band}：{n}", "band {band}: {n}")
_BELOW = Words("低于各等级", "below all bands")
WRITTEN = Words("已写出 {path}", "written: {path}")
_NOWHERE = Words(
    "未写出各行；要逐个主体的结果，加 -o 文件.parquet", "no rows written; for those of each subject add -o FILE.parquet"
)
_BACK = Words(
    "已写回 {written} 个主体，清除 {cleared} 个；exposure_ 开头的属性是 {as_of} 的推算值，不是事实",
    "written onto {written} subjects, cleared on {cleared}; properties exposure_… are derived values of {as_of}",
)
_BETWEEN = Words(
    "{a} 与 {b} 之间：关联提示的变化，不构成失信惩戒依据",
    "{a} to {b}: changes of association, no ground for a sanction",
)
_KIND = Words("{kind}（{n}）", "{kind} ({n})")
_MOVED = Words(
    "（等级变 {band}，分值变 {score}，列入记录变 {listing}）", " (band {band}, score {score}, listing {listing})"
)
_MORE = Words("其余 {n} 个见 --json 或 -o", "{n} more: see --json or -o")
_UNTOLD = Words("只列出每类前若干个，见 --most", "only the first of each kind are told, see --most")
_UNKNOWN_DAY = Words("日期不详", "day unknown")
SHOWN = 20


def snapshot(answer: Json, lang: str) -> None:
    """`xinmai snapshot`: what there is of one."""
    screen = Screen()
    screen.line(f"{_STATES[answer['state']].say(lang)}{_COLON.say(lang)}{answer['path']}")
    if answer["built_at"]:
        screen.line(_HELD.say(lang, **{**answer, "size": answer["bytes"] / 1e6}))
    if answer["seconds"]:
        screen.line(_TOOK.say(lang, **answer))


def propagate(answer: Json, lang: str) -> None:
    """`xinmai propagate`: how many in which band, and what was not looked at."""
    screen, texts = Screen(), Texts(locale(lang))
    screen.line(_FACTS.say(lang, **answer))
    screen.heading(_EXPOSED.say(lang, **answer))
    for band, count in answer["bands"].items():
        name = texts.band(band) if band else _BELOW.say(lang)
        screen.line(_BAND.say(lang, band=name, n=count), indent=2)
    RiskView(lang).limits({**answer, "not_crossed": ()})
    if answer["file"]:
        screen.line(WRITTEN.say(lang, path=answer["file"]))
    if not (answer["file"] or answer["back"]):
        screen.line(_NOWHERE.say(lang))
    if answer["back"]:
        screen.line(_BACK.say(lang, **answer["back"], as_of=answer["as_of"]))


def diff(answer: Json, lang: str) -> None:
    """`xinmai diff`: how many of each kind, and the gravest of them with their causes."""
    screen, texts = Screen(), Texts(locale(lang))
    a, b = (answer[side]["as_of"] or _UNKNOWN_DAY.say(lang) for side in ("from", "to"))
    screen.heading(_BETWEEN.say(lang, a=a, b=b))
    for note in answer["notes"]:
        screen.line(changes_words.note(note, texts))
    for kind in changes_words.KINDS:
        counts = answer["counts"]
        moved = _MOVED.say(lang, **counts) if kind == "changed" else ""
        screen.heading(_KIND.say(lang, kind=changes_words.word(kind, texts), n=counts[kind]) + moved)
        for number, change in enumerate(answer[kind][:SHOWN], start=1):
            who = Subject.of(change["subject"])
            screen.line(f"{number}. {who.name} · {who.id} · {_moved(change, texts)}", indent=2)
            for cause in changes.causes(change, answer["to"]["as_of"], texts):
                screen.line(cause, indent=5)
        if counts[kind] > SHOWN:
            screen.line(_MORE.say(lang, n=counts[kind] - SHOWN), indent=2)
    RiskView(lang).limits({"not_crossed": (), "not_checked": answer["not_checked"], "complete": True})
    if not answer["complete"]:
        screen.line(_UNTOLD.say(lang))


def _moved(change: Json, t: Texts) -> str:
    """Score and band before and after."""
    told = [
        f"{score(side['score'])} {t.band(side['band']) if side['band'] else ''}".strip() if side else "—"
        for side in (change["before"], change["after"])
    ]
    return " → ".join(told)

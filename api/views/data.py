"""Answers about what the graph holds: loads and sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.messages import english
from api.tables import Screen
from api.words import Words

Json = Mapping[str, Any]

REJECTED_SHOWN = 20
ROW_SHOWN = 60  # characters of a rejected row; the file has all of it
_LOAD = (
    Words("来源", "source"),
    Words("方式", "mode"),
    Words("快照", "snapshot"),
    Words("主体 新增/变更/不变", "subjects new/changed/same"),
    Words("关系 新增/变更/不变/结束", "relations new/changed/same/ended"),
    Words("列入 新增/变更/不变/结束", "listings new/changed/same/ended"),
    Words("拒绝", "rejected"),
    Words("秒", "seconds"),
)
_REJECTED = (Words("文件", "file"), Words("行", "line"), Words("原因", "reason"), Words("内容", "row"))
_REJECTED_IN = Words("被拒绝的行（{n}）写在 {path}", "rejected rows ({n}) are in {path}")
_WARNED = Words("{source}：{text}", "{source}: {text}")
_SOURCES = (
    Words("来源", "source"),
    Words("快照", "snapshot"),
    Words("装入时间", "loaded at"),
    Words("主体", "subjects"),
    Words("关系", "relations"),
    Words("列入记录", "listings"),
    Words("名单", "lists"),
)
_DECIDED = {
    "yes": Words("已记录：{a} 与 {b} 是同一主体（{reason}）", "recorded: {a} and {b} are the same ({reason})"),
    "no": Words("已记录：{a} 与 {b} 不是同一主体（{reason}）", "recorded: {a} and {b} are not the same ({reason})"),
}
_UNDONE = Words("已撤销关于 {a} 与 {b} 的决定", "the decision on {a} and {b} is taken back")
_EMPTY = Words("还没有装入数据。", "Nothing is loaded yet.")


def load(answer: Json, lang: str) -> None:
    """`xinmai load`: the counts of every source, its warnings, and the first rejected rows."""
    screen, say = Screen(), english if lang == "en" else str
    loads = answer["loads"]
    screen.table(
        [w.say(lang) for w in _LOAD],
        [
            (
                tally["source"],
                tally["mode"],
                tally["snapshot"],
                _counts(tally["subjects"]),
                _counts(tally["relations"]),
                _counts(tally["listings"]),
                tally["rejected_total"],
                f"{tally['seconds']:.1f}",
            )
            for tally in loads
        ],
    )
    for tally in loads:
        for warning in tally["warnings"]:
            screen.line(_WARNED.say(lang, source=tally["source"], text=say(warning)))
    rejected = [row for tally in loads for row in tally["rejected"]][:REJECTED_SHOWN]
    if rejected:
        total = sum(tally["rejected_total"] for tally in loads)
        screen.line(_REJECTED_IN.say(lang, n=total, path=answer["rejects_file"]))
        rows = [(r["file"], r["line"], say(r["reason"]), _cut(r["row"])) for r in rejected]
        screen.table([w.say(lang) for w in _REJECTED], rows)


def _cut(row: str) -> str:
    return row if len(row) <= ROW_SHOWN else row[:ROW_SHOWN] + "…"


def _counts(counts: Json) -> str:
    return "/".join(str(counts[key]) for key in ("added", "changed", "unchanged", "ended") if key in counts)


def sources(answer: Json, lang: str) -> None:
    """`xinmai sources`: one line a source."""
    screen = Screen()
    rows = [
        (
            entry["source"],
            entry["snapshot"],
            entry["loaded_at"],
            entry["subjects"],
            entry["relations"],
            entry["listings"],
            " ".join(entry["lists"]),
        )
        for entry in answer["sources"]
    ]
    if rows:
        screen.table([w.say(lang) for w in _SOURCES], rows)
    else:
        screen.line(_EMPTY.say(lang))


def same(answer: Json, lang: str) -> None:
    """`xinmai same`: the decision now in force, or taken back."""
    words = _UNDONE if answer["undone"] else _DECIDED[answer["verdict"]]
    Screen().line(words.say(lang, a=answer["a"], b=answer["b"], reason=answer["reason"]))

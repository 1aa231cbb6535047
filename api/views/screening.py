"""A screening in a terminal: what was not checked, how many of each decision, and the rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.messages import english
from api.tables import Screen
from api.words import Words
from viz.screening_words import DECISIONS, context, remarks, rows, summary

ROWS_SHOWN = 100
_COLUMNS = (
    Words("行", "row"),
    Words("结论", "decision"),
    Words("申请人", "applicant"),
    Words("匹配", "match"),
    Words("主要发现", "findings"),
    Words("提示数", "alerts"),
    Words("备注", "notes"),
)
_REJECTED = Words("第 {row} 行未核查：{reason}", "row {row} not screened: {reason}")
_MORE = Words("其余 {n} 行见 -o 写出的文件或 --json", "{n} more rows: see -o or --json")


def screen(answer: Mapping[str, Any], lang: str) -> None:
    """`xinmai screen`: remarks first (the lists not checked before all), then the rows."""
    page = Screen()
    for remark in remarks(answer):
        page.line(remark)
    page.line(context(answer))
    page.line(counts(answer))
    found = list(rows(answer))
    page.table(
        [w.say(lang) for w in _COLUMNS],
        [
            (
                row.number,
                f"{DECISIONS[row.decision][1]} {DECISIONS[row.decision][0]}",
                row.asked,
                row.level,
                row.top,
                row.alerts,
                "；".join(part for part in (row.flags, row.notes, row.change) if part),
            )
            for row in found[:ROWS_SHOWN]
        ],
    )
    if len(found) > ROWS_SHOWN:
        page.line(_MORE.say(lang, n=len(found) - ROWS_SHOWN))
    for entry in answer["rejected"]:
        reason = english(entry["reason"]) if lang == "en" else entry["reason"]
        page.line(_REJECTED.say(lang, row=entry["row"], reason=reason))


def counts(answer: Mapping[str, Any]) -> str:
    """How many rows came to what, in one line."""
    return "  ".join(f"{DECISIONS[code][0]} {n}" for code, n in summary(answer).items())

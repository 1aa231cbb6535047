"""A comparison of bidders in a terminal: the headline, each lot's pairs with all they have in common, and what was not
done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.tables import Screen
from api.words import Words
from viz.bidders_words import CLOSING, Lot, consortia, context, groups, headline, lots, undone

SHOWN = 60  # pairs with reasons written out
_LOT = Words("{unit}“{lot}”：{counts}", "{unit} {lot}: {counts}")
_NOTHING = Words("没有发现关联的组合", "no pair with anything in common")
_GROUPS = Words("关联的投标人", "bidders joined with each other")
_CONSORTIA = Words("联合体", "consortia")
_MORE = Words("其余 {n} 对见 -o 写出的文件或 --json", "{n} more pairs: see -o or --json")


def bidders(answer: Mapping[str, Any], lang: str) -> None:
    """`xinmai bidders`"""
    page = Screen()
    page.heading(headline(answer))
    page.line(context(answer))
    for kind, what in undone(answer):
        page.line(f"{kind}：{what}")
    left, known = SHOWN, lots(answer)
    for lot in known if len(known) <= SHOWN else [lot for lot in known if lot.found()]:
        page.line()
        page.heading(_LOT.say(lang, unit=answer["unit"], lot=lot.name, counts=lot.counts()))
        left = _pairs(page, lot, left, lang)
    _table(page, _GROUPS.say(lang), [" ".join(group) for group in groups(answer)])
    told = [(lot, name, members, law) for lot, name, members, law in consortia(answer)]
    _table(page, _CONSORTIA.say(lang), [f"{lot} {name}（{members}）：{law}" for lot, name, members, law in told])
    page.line()
    page.line(CLOSING)


def _pairs(page: Screen, lot: Lot, left: int, lang: str) -> int:
    """The pairs of a lot; how many more may be shown."""
    found = lot.found()
    if not found:
        page.line(_NOTHING.say(lang))
    for pair in found[:left]:
        page.line(f"{pair.key}  {pair.word}  {pair.a.name} 与 {pair.b.name}")
        for line in pair.lines:
            rule = f"，{line.rule}" if line.rule else ""
            page.line(f"{line.kind}（{line.sure}{rule}）：{line.text}", indent=4)
    if len(found) > left:
        page.line(_MORE.say(lang, n=len(found) - left))
    return max(0, left - len(found))


def _table(page: Screen, title: str, rows: list[str]) -> None:
    if rows:
        page.line()
        page.heading(title)
    for row in rows:
        page.line(row)

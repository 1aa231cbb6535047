"""Changes between two whole-graph results in words: a line a subject, causes as sentences; as CSV and as a workbook.

Every row carries both days and the sentence that association is no ground for anything: rows are copied out of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from graph.errors import InputError
from viz import sentences
from viz.case import Case
from viz.export import csv_text
from viz.labels import score
from viz.model import Edge, Listing, Subject
from viz.screening_book import MAX_LINES, harmless
from viz.texts import Texts

Json = Mapping[str, Any]
FORMATS = (".json", ".csv", ".xlsx")
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
        "options": "路径上的列入记录和关系没有起止：两次计算的条件不同（见上）",
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
        "options": "no listing or relation on the path began or ended: the two results were asked differently (see"
        " above)",
    },
}  # fmt: skip
_HEADS = {
    "zh-CN": (
        "变化", "名称", "编号", "类别", "统一社会信用代码", "证件号码（已打码）", "变化项", "分值（前）", "分值（后）",
        "等级（前）", "等级（后）", "步数（前）", "步数（后）", "列入记录（前）", "列入记录（后）", "被列入者（前）",
        "被列入者（后）", "原因", "前一日", "后一日", "提示",
    ),
    "en": (
        "Change", "Name", "Id", "Kind", "Credit code", "ID number (masked)", "What", "Score before", "Score after",
        "Band before", "Band after", "Relations before", "Relations after", "Listing before", "Listing after",
        "Listed before", "Listed after", "Cause", "From", "To", "Caution",
    ),
}  # fmt: skip


def word(key: str, t: Texts, **values: object) -> str:
    """One of the words of a comparison in the language of `t`."""
    return _WORDS[t.locale][key].format(**values)


def causes(change: Json, as_of: str, t: Texts) -> list[str]:
    """Why, a sentence each."""
    known = {
        node["id"]: Subject.of(node)
        for state in (change["before"], change["after"])
        if state is not None
        for node in state["path"]["nodes"]
    }
    first = next(iter(known.values()))
    case = Case(first, (), (), (), (), (), (), as_of, {}, known)
    return [_cause(cause, case, t) for cause in change["causes"]]


def _cause(cause: Json, case: Case, t: Texts) -> str:
    kind = cause["kind"]
    if kind in ("none", "options"):
        return word(kind, t)
    if "relation" in cause:
        text = sentences.relation(Edge.of(cause["relation"]), case, t)
        if "instead" in cause:
            other = sentences.relation(Edge.of(cause["instead"]), case, t)
            text = word("instead", t, text=text, other=other)
    elif "between" in cause:
        text = " — ".join(Subject.of(end).name for end in cause["between"])
    else:
        text = _entry(cause["listing"], t)
        if "list" in cause["listing"]:  # and on whom: never the one it comes near
            text = sentences.standing(Subject.of(cause["listed_subject"]), Listing.of(cause["listing"]), t)
    return word(kind, t, text=text)


def _entry(listing: Json, t: Texts) -> str:
    """A listing as a sentence, or its id where it is no longer in the graph."""
    return sentences.listing(Listing.of(listing), t) if "list" in listing else str(listing["id"])


def rows(answer: Json, t: Texts) -> Iterator[list[object]]:
    """A row for each change."""
    days = (answer["from"]["as_of"], answer["to"]["as_of"])
    for kind in KINDS:
        for change in answer[kind]:
            who, sides = Subject.of(change["subject"]), (change["before"], change["after"])
            yield [
                word(kind, t), who.name, who.id, t.kind(who.kind), who.uscc, who.id_masked,
                t("comma").join(word(name, t) for name in change["what"]),
                *(score(side["score"]) if side else "" for side in sides),
                *(t.band(side["band"]) if side and side["band"] else "" for side in sides),
                *(side["hops"] if side else "" for side in sides),
                *(_entry(side["listing"], t) if side else "" for side in sides),
                *(Subject.of(side["listed_subject"]).name if side else "" for side in sides),
                t("sep").join(causes(change, days[1], t)), *days, t("alert"),
            ]  # fmt: skip


def check(path: Path) -> None:
    """InputError for a format nobody writes."""
    if path.suffix.lower() not in FORMATS:
        known = " ".join(FORMATS)
        raise InputError("输出格式不支持", file=str(path), value=path.suffix or "没有扩展名", remedy=f"用 {known}")


def table(answer: Json, ending: str, t: Texts) -> bytes:
    """The changes as a CSV file (with the mark Excel and WPS look for) or a workbook; no cell is run as a formula."""
    if ending == ".csv":
        return csv_text(list(_HEADS[t.locale]), rows(answer, t)).encode("utf-8-sig")
    return _workbook(_HEADS[t.locale], rows(answer, t))


def _workbook(heads: Iterable[str], lines: Iterable[list[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(heads))
    for number, line in enumerate(lines):
        if number == MAX_LINES:
            break
        sheet.append([harmless(cell) for cell in line])
    written = BytesIO()
    book.save(written)
    return written.getvalue()

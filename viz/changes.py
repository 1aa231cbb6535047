"""Changes between two whole-graph results in words: a line a subject, causes as sentences; as CSV and as a workbook.

Every row carries both days and the sentence that association is no ground for anything: rows are copied out of files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import Workbook

from viz import sentences
from viz.case import Case
from viz.changes_words import KINDS, about, word
from viz.export import csv_text
from viz.labels import score
from viz.model import Edge, Listing, Subject
from viz.screening_book import MAX_LINES, harmless
from viz.texts import Texts
from viz.writing import Writers, as_json

Json = Mapping[str, Any]
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


def writers(t: Texts) -> Writers:
    """What makes the file of each ending; no cell is run as a formula. CSV carries the mark Excel and WPS look for."""
    return {
        ".json": as_json,
        ".csv": lambda answer: csv_text(list(_HEADS[t.locale]), rows(answer, t)).encode("utf-8-sig"),
        ".xlsx": lambda answer: _workbook(answer, t),
    }


def _workbook(answer: Json, t: Texts) -> bytes:
    """The changes, and a sheet about them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(list(_HEADS[t.locale]))
    for line in islice(rows(answer, t), MAX_LINES):
        sheet.append([harmless(cell) for cell in line])
    notes = book.create_sheet(word("about", t))
    notes.column_dimensions["A"].width = 110
    for text in about(answer, t, most=MAX_LINES):
        notes.append([harmless(text)])
    written = BytesIO()
    book.save(written)
    return written.getvalue()

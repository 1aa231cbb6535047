"""Two tables to take away of a picture, subjects and relations, in words, with a note on what they are: one ZIP file.

Every row carries the day and the sentence that association is no ground for anything: rows are copied out of files.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.vocabulary import FORMS
from viz.export import csv_text
from viz.labels import score, share
from viz.marks import Mark
from viz.model import Edge, Listing, Subject
from viz.texts import Texts

Row = Sequence[object]
_STAMP = (1980, 1, 1, 0, 0, 0)  # the same input gives the same file

_FILES = {
    "zh-CN": ("主体.csv", "关系.csv", "说明.txt"),
    "en": ("subjects.csv", "relations.csv", "about.txt"),
}
_SUBJECT_HEADS = {
    "zh-CN": ("名称", "编号", "类别", "形式", "统一社会信用代码", "证件号码（已打码）", "状态", "本身列入", "接近程度"),
    "en": ("Name", "Id", "Kind", "Form", "Credit code", "ID number (masked)", "Status", "On lists itself", "Nearness"),
}
_RELATION_HEADS = {
    "zh-CN": (
        "从", "从（编号）", "关系", "到", "到（编号）", "比例", "职务/注明", "经由", "起", "止",
        "当日效力", "信息截至", "出处",
    ),
    "en": (
        "From", "From (id)", "Relation", "To", "To (id)", "Share", "Title", "By", "Since", "Until", "That day",
        "Seen on", "Record",
    ),
}  # fmt: skip
_STAMPED = {"zh-CN": ("基准日", "提示"), "en": ("As of", "Caution")}


@dataclass(frozen=True, slots=True)
class Tables:
    """What is told: subjects each with its mark, relations, the day, the title; `notes` says what is left out."""

    subjects: tuple[tuple[Subject, Mark], ...]
    edges: tuple[Edge, ...]
    as_of: str
    title: str
    notes: tuple[str, ...] = ()


def tables_zip(tables: Tables, t: Texts) -> bytes:
    """The file: both tables (UTF-8 with the mark Excel and WPS look for) and the note."""
    subjects, relations, about = _FILES[t.locale]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (
            (subjects, _table(_SUBJECT_HEADS[t.locale], _subject_rows(tables, t), tables, t)),
            (relations, _table(_RELATION_HEADS[t.locale], _relation_rows(tables, t), tables, t)),
            (about, _about(tables, t)),
        ):
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text.encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _about(tables: Tables, t: Texts) -> str:
    lines = (tables.title, f"{t('as_of')} {tables.as_of}", t("alert"), *tables.notes)
    return "".join(f"{line}\r\n" for line in lines)


def _table(heads: Sequence[str], rows: Iterable[Row], tables: Tables, t: Texts) -> str:
    stamped = ((*row, tables.as_of, t("alert")) for row in rows)
    return csv_text([*heads, *_STAMPED[t.locale]], stamped)


def _subject_rows(tables: Tables, t: Texts) -> Iterable[Row]:
    for one, mark in tables.subjects:
        form = one.form.replace("_", " ") if t.english else FORMS.get(one.form, one.form)
        near = f"{t.band(mark.band)} {score(mark.score)}" if mark.band else ""
        listed = t("sep").join(_entry(entry, t) for entry in mark.listings)
        yield one.name, one.id, t.kind(one.kind), form, one.uscc, one.id_masked, one.status, listed, near


def _entry(entry: Listing, t: Texts) -> str:
    parts = (entry.doc_no, entry.listed_on, t.state(entry.state) if entry.state != "listed" else "")
    told = t("comma").join(part for part in parts if part)
    bracketed = f" ({told})" if t.english else f"（{told}）"
    return t.listing(entry.list) + (bracketed if told else "")


def _relation_rows(tables: Tables, t: Texts) -> Iterable[Row]:
    names: Mapping[str, str] = {one.id: one.name for one, _ in tables.subjects}
    for edge in tables.edges:
        by = f"{t.contact(edge.via_kind)} {edge.via}" if edge.via else ""
        ends = (names.get(edge.source, edge.source), edge.source), (names.get(edge.target, edge.target), edge.target)
        holds = t(f"holds_{edge.state(tables.as_of)}")
        yield (
            *ends[0], t.relation(edge.type), *ends[1], _share(edge), edge.title, by, edge.since, edge.until, holds,
            edge.seen_on, edge.record,
        )  # fmt: skip


def _share(edge: Edge) -> str:
    if edge.ratio is not None or (edge.ratio_min is None and edge.ratio_max is None):
        return share(edge.ratio)
    if edge.ratio_max is None:
        return f"≥ {share(edge.ratio_min)}"
    return (
        f"≤ {share(edge.ratio_max)}" if edge.ratio_min is None else f"{share(edge.ratio_min)}–{share(edge.ratio_max)}"
    )

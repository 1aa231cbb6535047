"""The report as DOCX: a well-formed package that says on every page which report it is; texts are only texts."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from docx import Document

from tests.viz import cases
from tests.viz.cases import ASKED, data, listing
from tests.viz.owned import answer
from tests.viz.pages import full_number, hostile
from tests.viz.test_report_pdf import MARKUP
from viz import report
from viz.report_identity import identity

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PARTS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def opened(file: bytes) -> Any:
    return Document(BytesIO(file))


def said(document: Any) -> str:
    """Every text of the body, tables included."""
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in document.element.body.iter(f"{W}p"))


def test_it_has_headings_findings_pictures_and_tables() -> None:
    document = opened(report.docx(data(ownership=answer())))
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads[:4] == ["一、结论与证据", "（一）关联提示", "二、未核查与未穿越", "三、关系图"]
    told = said(document)
    for words in (
        "1.1 张明远 是 青川宏远建设工程有限公司 的法定代表人",
        "关联提示，不构成失信惩戒依据",
        "officers.csv:12",
    ):
        assert words in told
    alts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert any("关系图" in alt for alt in alts)
    assert any("股权结构图" in alt for alt in alts)
    assert all(alts)


def test_every_section_repeats_head_and_foot_with_fields() -> None:
    given = data(ownership=answer(), stamp="0123456789abcdef", rules_version="2026-11-22")
    known, document = identity(given), opened(report.docx(given))
    assert len(document.sections) >= 3  # what is wide lies crosswise
    for section in document.sections:
        head = "".join(p.text for p in section.header.paragraphs)
        assert "青川宏远建设工程有限公司" in head
        foot = "".join(p.text for p in section.footer.paragraphs)
        for part in (known.number, known.sha256, "0123456789abcdef", "2026-11-22", "2026.1", "2025-07-01"):
            assert part in foot, part
        fields = [x.text for x in section.footer._element.iter(f"{W}instrText")]
        assert fields == ["PAGE", "NUMPAGES"]


def test_the_heads_of_tables_are_repeated_and_chinese_fonts_are_named() -> None:
    document = opened(report.docx(data(relations=cases.crowd(30))))
    grids = [t for t in document.tables if t.style.name == "Table Grid" and len(t.rows) > 1]
    assert grids
    assert all(t.rows[0]._tr.trPr.findall(f"{W}tblHeader") for t in grids)
    fonts = [x.get(f"{W}eastAsia") for x in document.element.body.iter(f"{W}rFonts")]
    assert {*fonts} == {"宋体", "黑体"}


def well_formed(file: bytes) -> None:
    """Every part parses, and every relation leads to a part that is there; none leads outside."""
    with ZipFile(BytesIO(file)) as archive:
        names = archive.namelist()
        assert len(names) == len({*names})
        for name in names:
            if name.endswith((".xml", ".rels")):
                tree = ElementTree.fromstring(archive.read(name))
                for found in tree.iter(f"{PARTS}Relationship"):
                    assert found.get("TargetMode") != "External"
                    folder = name.replace("_rels/", "").rpartition("/")[0]
                    target = found.get("Target", "")
                    steps = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
                    parts: list[str] = []
                    for step in steps.split("/"):
                        parts = parts[:-1] if step == ".." else [*parts, step]
                    assert "/".join(parts) in names, (name, target)
        assert not [name for name in names if "vba" in name.lower() or "embeddings" in name]


@pytest.mark.parametrize(
    "payload", ["".join(cases.HOSTILE), MARKUP, "甲\x00\x07\x1b\ud800乙\ufffe", "=cmd|'/c calc'!A1"]
)
def test_hostile_texts_stay_texts(payload: str) -> None:
    file = report.docx(hostile(payload))
    well_formed(file)
    document = opened(file)
    assert {x.text for x in document.element.body.iter(f"{W}instrText")} == set()
    assert not list(document.element.body.iter(f"{W}hyperlink"))


def test_the_package_is_whole() -> None:
    well_formed(report.docx(data(ownership=answer(), relations=cases.crowd(40))))


def test_no_personal_number_is_in_it() -> None:
    number, phone = full_number(), "13912345678"
    entry = listing("L1", "SXBZXR", reason=f"身份证 {number}，电话 {phone}")
    with ZipFile(BytesIO(report.docx(data(listed=[entry], subject={**ASKED, "name": f"张三{number}"})))) as archive:
        for name in archive.namelist():
            body = archive.read(name)
            assert number.encode() not in body, name
            assert phone.encode() not in body, name


def test_in_english() -> None:
    document = opened(report.docx(data(locale="en")))
    assert "1 Findings and evidence" in [p.text for p in document.paragraphs]

"""The printed picture: well-formed XML, labels as text, fonts by name, nothing that runs or loads."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from tests.viz import cases
from tests.viz.pages import hostile
from viz.outlines import SHAPES, outline
from viz.report import svg_picture

SVG = "{http://www.w3.org/2000/svg}"


def test_it_is_xml_with_labels_as_text() -> None:
    root = ElementTree.fromstring(svg_picture(cases.data()))
    texts = [text.text for text in root.iter(f"{SVG}text")]
    for label in (
        "青川宏远建设工程",
        "张明远",
        "青川鑫达商贸",
        "▲ 高 0.81",
        "✖ 失信被执行人",
        "法定代表人",
        "股东 60%",
        "◎ 查询主体",
    ):
        assert label in texts


def test_fonts_are_named() -> None:
    text = svg_picture(cases.data())
    for font in ("Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei"):
        assert font in text


def test_styles_of_lines_and_arrows_are_drawn() -> None:
    gone = cases.subject("P7", "王立新", "person")
    same = cases.subject("P8", "张明远", "person")
    root = ElementTree.fromstring(
        svg_picture(
            cases.data(
                relations=[
                    cases.relation("DIRECTOR", gone, cases.ASKED, gone, until="2020-01-01"),
                    cases.relation("MAYBE_SAME", same, cases.ASKED, same),
                ]
            )
        )
    )
    dashes = {p.get("stroke-dasharray") for p in root.iter(f"{SVG}path") if "e" in (p.get("class") or "").split()}
    assert dashes == {None, "7 4", "1.5 4"}
    arrows = [p for p in root.iter(f"{SVG}path") if p.get("class") in ("p", "q")]
    assert len(arrows) == 3  # not on the mutual one


@pytest.mark.parametrize("payload", cases.HOSTILE)
def test_hostile_texts_stay_texts(payload: str) -> None:
    root = ElementTree.fromstring(svg_picture(hostile(payload)))
    assert {el.tag.removeprefix(SVG) for el in root.iter()} <= {
        "svg",
        "title",
        "style",
        "path",
        "rect",
        "text",
        "g",
        "circle",
    }
    for element in root.iter():
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)


def test_every_kind_has_an_outline_of_its_own() -> None:
    assert len({outline(shape) for shape in SHAPES}) == len(SHAPES)
    for shape in SHAPES:
        for inset in (0, 4, -6):
            assert re.fullmatch(r"M[-\d. HVLA]+Z", outline(shape, inset)), shape

"""Runs, fields, borders and tabs of a DOCX: what python-docx leaves to its XML."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt, RGBColor

BODY, HEAD, LATIN = "宋体", "黑体", "Times New Roman"
GREY = RGBColor(0x4A, 0x4A, 0x4A)
LINE = "9A9A9A"


def fonts(style: Any, font: str, size: float) -> None:
    """Give a style its fonts, and the language by which other systems choose theirs."""
    style.font.name, style.font.size = LATIN, Pt(size)
    properties = style.element.get_or_add_rPr()
    east_asian(properties, font)
    properties.append(element("w:lang", val="en-US", eastAsia="zh-CN"))


def east_asian(properties: Any, font: str) -> None:
    """Name the fonts of a run or style, also that of its Chinese characters."""
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for place, name in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font)):
        fonts.set(qn(f"w:{place}"), name)


@dataclass(frozen=True, slots=True)
class Type:
    """How a run looks: size in points, font of its Chinese characters."""

    size: float = 10.5
    font: str = BODY
    bold: bool = False
    colour: RGBColor | None = None


PLAIN, LABEL, SMALL = Type(), Type(8.8, HEAD, colour=GREY), Type(9, colour=GREY)
FURNITURE, FOOT, NUMBER = Type(8.5, HEAD, colour=GREY), Type(7, HEAD, colour=GREY), Type(8.5, HEAD)


def run(line: Any, text: str, look: Type = PLAIN) -> None:
    """Add a text to a paragraph; it is never read as anything but text."""
    run = line.add_run(text)
    run.font.size, run.font.bold = Pt(look.size), look.bold
    if look.colour is not None:
        run.font.color.rgb = look.colour
    east_asian(run._r.get_or_add_rPr(), look.font)


def quick_run(line: Any, text: str, *, bold: bool) -> None:
    """A run of a table's cell, by XML."""
    run = line.add_r()
    run.text = text
    properties = run.get_or_add_rPr()
    east_asian(properties, HEAD if bold else BODY)
    for name, value in (("w:b", "1" if bold else ""), ("w:sz", "16")):
        if value:
            properties.append(element(name, val=value))


def fill(cell: Any, text: str, look: Type) -> None:
    """Write a text into the first paragraph of a cell."""
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(1)
    run(line, text, look)


def repeated(row: Any) -> None:
    """A table's head, repeated on every page."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def field(line: Any, name: str) -> None:
    """A field that the reader's program fills in: PAGE, NUMPAGES."""
    for kind in ("begin", "", "separate", "text", "end"):
        run = line.add_run()
        run.font.size = Pt(8.5)
        if kind == "text":
            run.text = "1"
        elif kind:
            run._r.append(element("w:fldChar", fldCharType=kind))
        else:
            told = OxmlElement("w:instrText")
            told.text = name
            run._r.append(told)


def tab(line: Any, at: int) -> None:
    """One tab stop, at the right end."""
    stops = line.paragraph_format.tab_stops
    stops.clear_all()
    line.style = None  # that of heads has a stop in the middle
    stops.add_tab_stop(Emu(at), WD_TAB_ALIGNMENT.RIGHT)


def border(line: Any, side: str, colour: str, eighths: int = 6) -> None:
    """A line at one side of a paragraph, `eighths` of a point thick."""
    edges = OxmlElement("w:pBdr")
    edges.append(element(f"w:{side}", val="single", sz=str(eighths), space="4", color=colour))
    line._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def copy(header: Any, into: Any) -> None:
    """The head of one section's pages in another's."""
    for old in list(into._element):
        into._element.remove(old)
    for part in header._element:
        into._element.append(deepcopy(part))


def element(tag: str, **attributes: str) -> Any:
    """An element with attributes of its own namespace."""
    found = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(qn(f"w:{name}"), value)
    return found

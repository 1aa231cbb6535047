"""A `Paper` as DOCX, for files that go on being worked on: styles, repeated table heads, page fields, alt texts.

Chinese fonts are named, not embedded: 宋体 and 黑体, which offices have; other systems put theirs in their place.
Pictures are bitmaps made from the SVG, as Word reads no SVG alone. Texts are runs, never fields or markup.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor

from viz import typeset
from viz.paper import Block, Drawing, Entry, Facts, Figures, Grid, Heading, Paper, Samples, Sheet, Words
from viz.report_identity import NAMESPACE

BODY, HEAD, LATIN = "宋体", "黑体", "Times New Roman"
_SIZES = {0: 20, 1: 14, 2: 12, 3: 10.5}
_GREY = RGBColor(0x4A, 0x4A, 0x4A)
_LINE = "9A9A9A"
_DPI = 200
_PIXEL = 0.64  # points a pixel of a picture, as in the PDF
_EARLIEST = datetime(1980, 1, 1)


def docx(given: Paper) -> bytes:
    """The document as DOCX."""
    return _Writer(given).written()


class _Writer:
    """Writes one document, block by block, into the section it is in."""

    def __init__(self, given: Paper) -> None:
        self._paper = given
        self._doc: Any = Document()
        self._section: Any = self._doc.sections[0]
        self._styles()
        self._page(self._section, crosswise=False)
        self._furniture()

    def written(self) -> bytes:
        """The file. Equal input gives an equal file, but for the dates the library puts into the archive."""
        for text, size, bold in ((self._paper.title, 20, True), (self._paper.subtitle, 14, False)):
            line = self._doc.add_paragraph()
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            _run(line, text, Type(size, HEAD, bold))
        for block in self._paper.blocks:
            self._write(block)
        self._properties()
        for name, file in self._paper.attached.items():
            self._attach(name, file)
        out = BytesIO()
        self._doc.save(out)
        return out.getvalue()

    def _write(self, block: Block) -> None:
        match block:
            case Heading():
                self._doc.add_heading(
                    f"{block.number}{'' if block.number[-1:] in '、）' else ' '}{block.text}", block.level
                )
            case Words():
                self._words(block)
            case Facts():
                self._facts(block.pairs)
            case Figures():
                self._figures(block)
            case Grid():
                self._grid(block)
            case Entry():
                self._entry(block)
            case Drawing():
                self._drawing(block)
            case Samples():
                self._samples(block)
            case Sheet():
                self._sheet(block)

    def _styles(self) -> None:
        styles = self._doc.styles
        _fonts(styles["Normal"], BODY, 10.5)
        styles["Normal"].paragraph_format.space_after = Pt(4)
        for level in (1, 2, 3):
            style = styles[f"Heading {level}"]
            _fonts(style, HEAD, _SIZES[level])
            style.font.bold = True
            style.font.italic = False
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.paragraph_format.space_before = Pt(14 - 2 * level)
            style.paragraph_format.space_after = Pt(5)
            style.paragraph_format.keep_with_next = True

    def _page(self, section: Any, *, crosswise: bool) -> None:
        wide, high = (Mm(297), Mm(210)) if crosswise else (Mm(210), Mm(297))
        section.orientation = WD_ORIENT.LANDSCAPE if crosswise else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = wide, high
        section.left_margin, section.right_margin = Mm(24), Mm(20)
        section.top_margin, section.bottom_margin = Mm(26), Mm(25)
        section.header_distance, section.footer_distance = Mm(14), Mm(11)

    @property
    def _room(self) -> int:
        return int(self._section.page_width - self._section.left_margin - self._section.right_margin)

    def _furniture(self) -> None:
        """What stands on every page; new sections go on with it, with a tab stop for their own width."""
        header, footer = self._section.header, self._section.footer
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        line = header.paragraphs[0]
        _tab(line, self._room)
        _run(line, f"{self._paper.head[0]}\t", FURNITURE)
        _run(line, self._paper.head[1], FURNITURE)
        _border(line, "bottom", "000000")
        for i, text in enumerate(self._paper.foot):
            line = footer.paragraphs[0] if i == 0 else footer.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            _run(line, text, FOOT)
            if i == 0:
                _border(line, "top", _LINE)
        line = footer.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        before, _, rest = self._paper.page.partition("{n}")
        between, _, after = rest.partition("{all}")
        for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            _run(line, text, NUMBER)
            if field:
                _field(line, field)

    def _sheet(self, block: Sheet) -> None:
        before = self._crosswise(True)
        for one in block.blocks:
            self._write(one)
        self._crosswise(before)

    def _crosswise(self, crosswise: bool) -> bool:
        """Begin a section of that way; what it was before. One that holds nothing yet is turned instead."""
        was = bool(self._section.orientation == WD_ORIENT.LANDSCAPE)
        self._section = self._doc.add_section(WD_SECTION.NEW_PAGE)
        self._page(self._section, crosswise=crosswise)
        header, before = self._section.header, self._doc.sections[len(self._doc.sections) - 2].header
        header.is_linked_to_previous = False
        _copy(before, header)
        _tab(header.paragraphs[0], self._room)
        return was

    def _words(self, block: Words) -> None:
        line = self._doc.add_paragraph()
        text = f"※ {block.text}" if block.tone == "alert" else block.text
        quiet = block.tone in ("quiet", "alert")
        _run(line, text, SMALL if quiet else PLAIN)
        if block.tone in ("cut", "good"):
            _border(line, "left", "000000" if block.tone == "cut" else _LINE, 24)

    def _facts(self, pairs: tuple[tuple[str, str], ...]) -> None:
        rows = [pairs[i : i + 2] for i in range(0, len(pairs), 2)]
        table = self._table(len(rows), (0.17, 0.33, 0.17, 0.33))
        for row, told in zip(table.rows, rows, strict=True):
            for i, (name, value) in enumerate(told):
                _cell(row.cells[2 * i], name, LABEL)
                _cell(row.cells[2 * i + 1], value, Type(9.5))
        self._gap()

    def _figures(self, block: Figures) -> None:
        table = self._table(1, (1 / len(block.cells),) * len(block.cells), lines=True)
        for cell, (caption, value, note) in zip(table.rows[0].cells, block.cells, strict=True):
            _cell(cell, caption, FURNITURE)
            _run(cell.add_paragraph(), value, Type(14, HEAD, bold=True))
            _run(cell.add_paragraph(), note, SMALL)
        self._gap()

    def _grid(self, block: Grid) -> None:
        if block.caption:
            self._doc.add_heading(block.caption, 3)
        table = self._table(1 + len(block.rows), _widths(block, self._room), lines=True)
        _repeated(table.rows[0])
        # Rows are written by their cells' XML: `row.cells` of a long table takes a time that grows with its square.
        for number, row in enumerate(table._tbl.tr_lst):
            told = block.heads if number == 0 else block.rows[number - 1]
            bold = number == 0 or number - 1 in block.bold
            for cell, text in zip(row.tc_lst, told, strict=True):
                line = cell.p_lst[0]
                _raw_run(line, text, bold=bold)
        if block.note:
            _run(self._doc.add_paragraph(), block.note, SMALL)
        self._gap()

    def _entry(self, block: Entry) -> None:
        line = self._doc.add_paragraph()
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Pt(8)
        _run(line, f"{block.number}. 【{block.badge}】", Type(10.5, HEAD, bold=True))
        _run(line, block.mark, LABEL)
        self._indented(block.lead, PLAIN)
        if block.path:
            self._captioned(self._paper.path, block.path)
        for i, sentence in enumerate(block.sentences, 1):
            self._captioned(self._paper.evidence if i == 1 else "", f"{block.number}.{i} {sentence}")
        for name, value in block.notes:
            self._captioned(name, value)
        if block.alert:
            self._indented(f"※ {block.alert}", SMALL)

    def _captioned(self, name: str, value: str) -> None:
        line = self._indented("", PLAIN, 58)
        _run(line, f"{name}\t", LABEL)
        _run(line, value, Type(9.2))

    def _indented(self, text: str, look: Type, hang: float = 0) -> Any:
        line = self._doc.add_paragraph()
        room = line.paragraph_format
        room.left_indent, room.first_line_indent, room.space_after = Pt(20 + hang), Pt(-hang), Pt(2)
        if hang:
            room.tab_stops.add_tab_stop(Pt(20 + hang))
        if text:
            _run(line, text, look)
        return line

    def _drawing(self, block: Drawing) -> None:
        line = self._doc.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        high = int(self._section.page_height - self._section.top_margin - self._section.bottom_margin - Mm(30))
        wide, tall = (Pt(side * _PIXEL) for side in block.size)
        scale = min(1.0, self._room / wide, high / tall)
        # A bitmap of as many pixels as the room takes at 200 to the inch, however large the picture is.
        dpi = _DPI * _PIXEL * scale
        bitmap = BytesIO(typeset.png(block.svg, dpi))
        shape = line.add_run().add_picture(bitmap, width=Emu(int(wide * scale)), height=Emu(int(tall * scale)))
        shape._inline.docPr.set("descr", block.alt)

    def _samples(self, block: Samples) -> None:
        rows = [block.pairs[i : i + 2] for i in range(0, len(block.pairs), 2)]
        table = self._table(len(rows), (0.08, 0.42, 0.08, 0.42))
        for row, told in zip(table.rows, rows, strict=True):
            for i, (sample, meaning) in enumerate(told):
                run = row.cells[2 * i].paragraphs[0].add_run()
                shape = run.add_picture(BytesIO(typeset.png(sample, _DPI)), height=Pt(11))
                shape._inline.docPr.set("descr", meaning)
                _cell(row.cells[2 * i + 1], meaning, SMALL)

    def _table(self, rows: int, parts: tuple[float, ...], *, lines: bool = False) -> Any:
        table = self._doc.add_table(rows, len(parts))
        if lines:
            table.style = "Table Grid"
        table.autofit = False
        for column, part in zip(table.columns, parts, strict=True):
            width = Emu(int(self._room * part))
            column.width = width
            for cell in column._gridCol.xpath(f"../../w:tr/w:tc[{column._index + 1}]"):
                cell.width = width
        return table

    def _gap(self) -> None:
        self._doc.add_paragraph().paragraph_format.space_after = Pt(0)

    def _properties(self) -> None:
        known = self._doc.core_properties
        known.title, known.author = f"{self._paper.title} · {self._paper.subtitle}"[:255], "信脉 Xinmai"
        known.keywords = self._paper.identifier[:255]
        known.language, known.comments = self._paper.locale, ""
        known.created = known.modified = _moment(self._paper.made)

    def _attach(self, name: str, file: bytes) -> None:
        """A JSON file as a part of custom XML, which editors keep."""
        told = f'<facts xmlns="{NAMESPACE}" name="{escape(name)}">{escape(file.decode())}</facts>'
        part = Part(PackURI("/customXml/item1.xml"), "application/xml", told.encode(), self._doc.part.package)
        self._doc.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _moment(made: str) -> datetime:
    try:
        found = datetime.fromisoformat(made)
    except ValueError:
        return _EARLIEST
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _widths(block: Grid, room: int) -> tuple[float, ...]:
    """Each column's part of the room: narrow ones what they need, the rest shared."""
    em = Pt(8.5) / room
    told = [column * em if column else 0.0 for column in block.columns()]
    wide = told.count(0.0)
    left = max(0.2, 1 - sum(told))
    whole = [part or left / wide for part in told]
    return tuple(part / sum(whole) for part in whole)


def _fonts(style: Any, font: str, size: float) -> None:
    style.font.name, style.font.size = LATIN, Pt(size)
    _east_asian(style.element.get_or_add_rPr(), font)


def _east_asian(properties: Any, font: str) -> None:
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


PLAIN, LABEL, SMALL = Type(), Type(8.8, HEAD, colour=_GREY), Type(9, colour=_GREY)
FURNITURE, FOOT, NUMBER = Type(8.5, HEAD, colour=_GREY), Type(7, HEAD, colour=_GREY), Type(8.5, HEAD)


def _run(line: Any, text: str, look: Type = PLAIN) -> None:
    run = line.add_run(text)
    run.font.size, run.font.bold = Pt(look.size), look.bold
    if look.colour is not None:
        run.font.color.rgb = look.colour
    _east_asian(run._r.get_or_add_rPr(), look.font)


def _raw_run(line: Any, text: str, *, bold: bool) -> None:
    """A run of a table's cell, by XML."""
    run = line.add_r()
    run.text = text
    properties = run.get_or_add_rPr()
    _east_asian(properties, HEAD if bold else BODY)
    for name, value in (("w:b", "1" if bold else ""), ("w:sz", "16")):
        if value:
            properties.append(_element(name, val=value))


def _cell(cell: Any, text: str, look: Type) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(1)
    _run(line, text, look)


def _repeated(row: Any) -> None:
    """A table's head, repeated on every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader", val="true"))


def _field(line: Any, name: str) -> None:
    """A field that the reader's program fills in: PAGE, NUMPAGES."""
    for kind in ("begin", "", "separate", "text", "end"):
        run = line.add_run()
        run.font.size = Pt(8.5)
        if kind == "text":
            run.text = "1"
        elif kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))
        else:
            told = OxmlElement("w:instrText")
            told.text = name
            run._r.append(told)


def _tab(line: Any, at: int) -> None:
    """One tab stop, at the right end."""
    stops = line.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(Emu(at), WD_TAB_ALIGNMENT.RIGHT)


def _border(line: Any, side: str, colour: str, eighths: int = 6) -> None:
    edges = OxmlElement("w:pBdr")
    edges.append(_element(f"w:{side}", val="single", sz=str(eighths), space="4", color=colour))
    line._p.get_or_add_pPr().insert_element_before(
        edges, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _copy(header: Any, into: Any) -> None:
    """The head of one section's pages in another's."""
    for old in list(into._element):
        into._element.remove(old)
    for part in header._element:
        into._element.append(deepcopy(part))


def _element(tag: str, **attributes: str) -> Any:
    found = OxmlElement(tag)
    for name, value in attributes.items():
        found.set(qn(f"w:{name}"), value)
    return found

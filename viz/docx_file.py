"""A `Paper` as DOCX, for files that go on being worked on: styles, repeated table heads, page fields, alt texts.

Chinese fonts are named, not embedded: 宋体 and 黑体, which offices have; other systems put theirs in their place.
Pictures are bitmaps made from the SVG, as Word reads no SVG alone. Texts are runs, never fields or markup.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.shared import Emu, Mm, Pt, RGBColor

from viz import docx_parts as parts
from viz import typeset
from viz.docx_parts import FOOT, FURNITURE, HEAD, LABEL, LINE, NUMBER, PLAIN, SMALL, Type
from viz.paper import Block, Drawing, Entry, Facts, Figures, Grid, Heading, Paper, Samples, Sheet, Words
from viz.report_identity import NAMESPACE

_SIZES = {0: 20, 1: 14, 2: 12, 3: 10.5}
_DPI = 200
_CELL_EM = 0.9  # of room that a cell takes here besides what it takes in a PDF
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
            parts.run(line, text, Type(size, HEAD, bold))
        for block in self._paper.blocks:
            self._write(block)
        self._properties()
        for name, file in self._paper.attached.items():
            self._attach(name, file)
        out = BytesIO()
        self._doc.save(out)
        return out.getvalue()

    def _write(self, block: Block) -> None:
        if isinstance(block, Sheet):
            return self._sheet(block)
        if self._crosswise:
            self._turn(crosswise=False)
        return self._block(block)

    @property
    def _crosswise(self) -> bool:
        return bool(self._section.orientation == WD_ORIENT.LANDSCAPE)

    def _block(self, block: Block) -> None:
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

    def _styles(self) -> None:
        styles = self._doc.styles
        parts.fonts(styles["Normal"], parts.BODY, 10.5)
        styles["Normal"].paragraph_format.space_after = Pt(4)
        for level in (1, 2, 3):
            style = styles[f"Heading {level}"]
            parts.fonts(style, HEAD, _SIZES[level])
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
        parts.tab(line, self._room)
        parts.run(line, f"{self._paper.head[0]}\t", FURNITURE)
        parts.run(line, self._paper.head[1], FURNITURE)
        parts.border(line, "bottom", "000000")
        for i, text in enumerate(self._paper.foot):
            line = footer.paragraphs[0] if i == 0 else footer.add_paragraph()
            line.paragraph_format.space_after = Pt(0)
            parts.run(line, text, FOOT)
            if i == 0:
                parts.border(line, "top", LINE)
        line = footer.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        before, _, rest = self._paper.page.partition("{n}")
        between, _, after = rest.partition("{all}")
        for text, name in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
            parts.run(line, text, NUMBER)
            if name:
                parts.field(line, name)

    def _sheet(self, block: Sheet) -> None:
        self._turn(crosswise=True)
        for one in block.blocks:
            self._block(one)

    def _turn(self, *, crosswise: bool) -> None:
        """Begin a section of that way, with the same furniture."""
        self._section = self._doc.add_section(WD_SECTION.NEW_PAGE)
        before = self._doc.sections[len(self._doc.sections) - 2]
        self._page(self._section, crosswise=crosswise)
        self._section.header.is_linked_to_previous = False
        parts.copy(before.header, self._section.header)
        parts.tab(self._section.header.paragraphs[0], self._room)

    def _words(self, block: Words) -> None:
        line = self._doc.add_paragraph()
        text = f"※ {block.text}" if block.tone == "alert" else block.text
        quiet = block.tone in ("quiet", "alert")
        parts.run(line, text, SMALL if quiet else PLAIN)
        if block.tone in ("cut", "good"):
            parts.border(line, "left", "000000" if block.tone == "cut" else LINE, 24)

    def _facts(self, pairs: tuple[tuple[str, str], ...]) -> None:
        rows = [pairs[i : i + 2] for i in range(0, len(pairs), 2)]
        table = self._table(len(rows), (0.17, 0.33, 0.17, 0.33))
        for row, told in zip(table.rows, rows, strict=True):
            for i, (name, value) in enumerate(told):
                parts.fill(row.cells[2 * i], name, LABEL)
                parts.fill(row.cells[2 * i + 1], value, Type(9.5))
        self._gap()

    def _figures(self, block: Figures) -> None:
        table = self._table(1, (1 / len(block.cells),) * len(block.cells), lines=True)
        for cell, (caption, value, note) in zip(table.rows[0].cells, block.cells, strict=True):
            parts.fill(cell, caption, FURNITURE)
            parts.run(cell.add_paragraph(), value, Type(14, HEAD, bold=True))
            parts.run(cell.add_paragraph(), note, SMALL)
        self._gap()

    def _grid(self, block: Grid) -> None:
        if block.caption:
            self._doc.add_heading(block.caption, 3)
        table = self._table(1 + len(block.rows), _widths(block, self._room), lines=True)
        parts.repeated(table.rows[0])
        # Rows are written by their cells' XML: `row.cells` of a long table takes a time that grows with its square.
        for number, row in enumerate(table._tbl.tr_lst):
            told = block.heads if number == 0 else block.rows[number - 1]
            bold = number == 0 or number - 1 in block.bold
            for cell, text in zip(row.tc_lst, told, strict=True):
                line = cell.p_lst[0]
                parts.quick_run(line, text, bold=bold)
        if block.note:
            parts.run(self._doc.add_paragraph(), block.note, SMALL)
        self._gap()

    def _entry(self, block: Entry) -> None:
        line = self._doc.add_paragraph()
        line.paragraph_format.keep_with_next = True
        line.paragraph_format.space_before = Pt(8)
        parts.run(line, f"{block.number}. 【{block.badge}】", Type(10.5, HEAD, bold=True))
        parts.run(line, block.mark, LABEL)
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
        parts.run(line, f"{name}\t", LABEL)
        parts.run(line, value, Type(9.2))

    def _indented(self, text: str, look: Type, hang: float = 0) -> Any:
        line = self._doc.add_paragraph()
        room = line.paragraph_format
        room.left_indent, room.first_line_indent, room.space_after = Pt(20 + hang), Pt(-hang), Pt(2)
        if hang:
            room.tab_stops.add_tab_stop(Pt(20 + hang))
        if text:
            parts.run(line, text, look)
        return line

    def _drawing(self, block: Drawing) -> None:
        line = self._doc.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        high = int(self._section.page_height - self._section.top_margin - self._section.bottom_margin - Mm(58))
        wide, tall = (Pt(side * _PIXEL) for side in block.size)
        scale = min(1.0, self._room * 0.98 / wide, high / tall)
        # A bitmap of as many pixels as the room takes at 200 to the inch, however large the picture is.
        dpi = _DPI * _PIXEL * scale
        bitmap = BytesIO(typeset.png(block.svg, dpi))
        shape = line.add_run().add_picture(bitmap, width=Emu(int(wide * scale)), height=Emu(int(tall * scale)))
        shape._inline.docPr.set("descr", block.alt)

    def _samples(self, block: Samples) -> None:
        across = 3 if self._crosswise else 2
        rows = [block.pairs[i : i + across] for i in range(0, len(block.pairs), across)]
        table = self._table(len(rows), (0.08, 1 / across - 0.08) * across)
        for row, told in zip(table.rows, rows, strict=True):
            for i, (sample, meaning) in enumerate(told):
                run = row.cells[2 * i].paragraphs[0].add_run()
                shape = run.add_picture(BytesIO(typeset.png(sample, _DPI)), height=Pt(11))
                shape._inline.docPr.set("descr", meaning)
                parts.fill(row.cells[2 * i + 1], meaning, SMALL)

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
        package = self._doc.part.package
        part = Part(package.next_partname("/customXml/item%d.xml"), "application/xml", told.encode(), package)
        self._doc.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)


def _moment(made: str) -> datetime:
    try:
        found = datetime.fromisoformat(made)
    except ValueError:
        return _EARLIEST
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def _widths(block: Grid, room: int) -> tuple[float, ...]:
    """Each column's part of the room: narrow ones what they need, the rest shared."""
    em, columns = Pt(8.5) / room, block.columns()
    shares = sum(column.share for column in columns) or 1.0
    needed = [(column.em + _CELL_EM) * em if column.em else 0.0 for column in columns]
    left = max(0.2, 1 - sum(needed))
    whole = [width or left * column.share / shares for width, column in zip(needed, columns, strict=True)]
    return tuple(part / sum(whole) for part in whole)

"""A document for paper as plain values: what it is called, what stands on every page, and its blocks in order.

`typeset.pdf(paper)` and `docx_file.docx(paper)` write the same `Paper`; neither decides what is said. Texts are texts:
no writer reads markup in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from viz.labels import width

Tone = Literal["plain", "quiet", "cut", "good", "alert"]

WIDE_EM = 34.0  # what a longer text counts as when columns share a page's width
NARROW_EM = 7.2  # columns whose every text is at most this wide keep it in one line
_CELL_EM = 1.3  # room left and right of a cell's text
_CHINESE = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, `level` 1 to 3. It is a bookmark of the PDF. `number` is set by `numbered`."""

    text: str
    level: int = 1
    number: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph. `tone`: plain, quiet (small, grey), cut (a warning), good, alert (the sentence of an alert)."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, two pairs a line."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a summary, side by side: (caption, value, what it means)."""

    cells: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column's width: `em` of the table's type, or, where that is 0, its `share` of what the others leave."""

    em: float = 0.0
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that may go over pages; its heads are repeated on each. `note` stands below it."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    note: str = ""
    bold: frozenset[int] = frozenset()  # numbers of the rows printed bold

    def columns(self) -> tuple[Column, ...]:
        """How wide each column is."""
        found = [max(map(width, column)) for column in zip(self.heads, *self.rows, strict=True)]
        if all(w <= NARROW_EM for w in found):
            return tuple(Column(share=max(w, 1.0)) for w in found)
        return tuple(Column(em=w + _CELL_EM) if w <= NARROW_EM else Column(share=min(w, WIDE_EM)) for w in found)


@dataclass(frozen=True, slots=True)
class Entry:
    """One numbered finding: badge, sentence, its path in short, the numbered sentences of it, notes, alert's words."""

    number: str
    badge: str
    lead: str
    mark: str = ""
    path: str = ""
    sentences: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    alert: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture, as an SVG of its own with `size` in pixels (96 to the inch at most), told in words by `alt`."""

    svg: str
    size: tuple[float, float]
    alt: str


@dataclass(frozen=True, slots=True)
class Samples:
    """A legend: small SVGs and what they mean."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Blocks on pages of their own, crosswise: for what is wide."""

    blocks: tuple[Block, ...]


Block: TypeAlias = "Heading | Words | Facts | Figures | Grid | Entry | Drawing | Samples | Sheet"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document. `head`: left and right of every page's head; `foot`: lines of every page's foot; `page`: the words
    of the page number, with {n} and {all}; `evidence`, `path`: captions of an entry's parts; `made`: ISO time, ""
    unknown; `identifier`: what the file's properties say it is known by; `attached`: JSON files it carries, by name.
    """

    title: str
    subtitle: str
    head: tuple[str, str]
    foot: tuple[str, ...]
    blocks: tuple[Block, ...]
    page: str = "第 {n} 页 共 {all} 页"
    evidence: str = "证据"
    path: str = "路径"
    locale: str = "zh-CN"
    made: str = ""
    identifier: str = ""
    attached: dict[str, bytes] = field(default_factory=dict)


def numbered(blocks: Iterable[Block], *, english: bool = False) -> tuple[Block, ...]:
    """The blocks with their headings numbered: 一、（一）in Chinese, 1, 1.1 in English; third ones are not."""
    count = [0, 0]

    def number(block: Block) -> Block:
        if isinstance(block, Sheet):
            return Sheet(tuple(map(number, block.blocks)))
        if not isinstance(block, Heading) or block.level > 2:
            return block
        count[:] = (count[0] + 1, 0) if block.level == 1 else (count[0], count[1] + 1)
        if english:
            return replace(block, number=".".join(map(str, count[: block.level])))
        word = chinese(count[block.level - 1])
        return replace(block, number=f"{word}、" if block.level == 1 else f"（{word}）")

    return tuple(map(number, blocks))


def chinese(number: int) -> str:
    """A number of 1–99 in Chinese: 十二."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return head + (_CHINESE[ones] if ones or not tens else "")

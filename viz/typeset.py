"""A `Paper` as PDF: typeset offline by the bundled typst, real text in an installed Chinese font, vector pictures.

    pdf(paper) -> bytes              png(svg, 200) -> bytes           fonts().names -> which fonts are used

Texts go in as JSON and are only ever strings there, so `#`, `$`, `\\`, `@` and `[` in a name are characters. Nothing is
read from the disk but fonts, nothing from the network.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import typst

from graph.errors import InputError
from viz import assets, paper
from viz.paper import Block, Grid, Paper

FONTS = "XINMAI_FONTS"  # a directory of fonts besides those of the system

# Families with the simplified characters, best first: for reading, and for headings, tables of contents and pictures.
SONG = (
    "Source Han Serif SC", "Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif CN", "FandolSong", "FZShuSong-Z01",
    "SimSun", "NSimSun", "Songti SC", "STSong", "AR PL UMing CN",
)  # fmt: skip
HEI = (
    "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans CN", "Microsoft YaHei", "SimHei",
    "PingFang SC", "Heiti SC", "STHeiti", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "FandolHei",
    "Droid Sans Fallback",
)  # fmt: skip
_INSTALL = (
    "安装一种中文字体：Debian/Ubuntu `apt-get install fonts-noto-cjk`，"
    "Fedora/openEuler `dnf install google-noto-cjk-fonts`；"
    f"或把字体文件放进一个目录，用环境变量 {FONTS} 指定该目录"
)


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of a document: `body` for reading, `head` for headings and pictures; `found` is typst's own handle."""

    body: str
    head: str
    found: typst.Fonts

    @property
    def names(self) -> str:
        """The families used, once each."""
        return "、".join(dict.fromkeys((self.body, self.head)))


def fonts() -> Fonts:
    """The Chinese fonts of this machine. Raises InputError, naming a package to install, where there is none."""
    return _fonts(os.environ.get(FONTS, ""))


@cache
def _fonts(folder: str) -> Fonts:
    found = typst.Fonts(include_system_fonts=not folder, font_paths=[folder] if folder else [])
    body, head = chosen(found.families())
    return Fonts(body, head, found)


def chosen(families: Sequence[str]) -> tuple[str, str]:
    """The family for reading and that for headings. Raises InputError where none has Chinese characters."""
    song, hei = (next((name for name in wanted if name in {*families}), "") for wanted in (SONG, HEI))
    if not song and not hei:
        raise InputError("没有找到中文字体，无法排版 PDF", remedy=_INSTALL)
    return song or hei, hei or song


def pdf(given: Paper) -> bytes:
    """The document as PDF (tagged, with bookmarks). Equal input and fonts give an equal file."""
    used = fonts()
    told = {"paper": _paper_json(given, used)}
    return _one(
        typst.compile(
            assets.template("paper.typ").encode(),
            font_paths=used.found,
            ignore_system_fonts=True,
            sys_inputs=told,
            timestamp=_moment(given.made),
        )
    )


def png(svg: str, dpi: float = 200) -> bytes:
    """An SVG as a bitmap on white, for formats that have no vectors; its pixels are 72 to the inch."""
    used = fonts()
    told = {"svg": in_font(svg, used.head)}
    return _one(
        typst.compile(
            _SHEET.encode(), font_paths=used.found, ignore_system_fonts=True, format="png", ppi=dpi, sys_inputs=told
        )
    )


_SHEET = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg")
"""


def in_font(svg: str, family: str) -> str:
    """The SVG with its style's font replaced by one that is here: other readers would choose another for it."""
    return re.sub(r"font-family:[^;}]+", f'font-family:"{family}"', svg)


def _one(answer: bytes | list[bytes]) -> bytes:
    return answer[0] if isinstance(answer, list) else answer


def _moment(made: str) -> datetime:
    """The time a file says it was made; a fixed one where it is not told, so that equal input gives an equal file."""
    try:
        found = datetime.fromisoformat(made)
    except ValueError:
        return datetime(1980, 1, 1, tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _paper_json(given: Paper, used: Fonts) -> str:
    told = {
        "title": given.title,
        "subtitle": given.subtitle,
        "author": "信脉 Xinmai",
        "head": given.head,
        "foot": given.foot,
        "page": given.page,
        "locale": given.locale,
        "keywords": [given.identifier] if given.identifier else [],
        "words": {"evidence": given.evidence, "path": given.path},
        "fonts": {"body": used.body, "head": used.head},
        "attached": {name: file.decode() for name, file in given.attached.items()},
        "blocks": [_block_json(block, used) for block in given.blocks],
    }
    return json.dumps(told, ensure_ascii=False)


def _block_json(block: Block, used: Fonts) -> dict[str, Any]:
    if isinstance(block, paper.Sheet):
        return {"kind": "sheet", "blocks": [_block_json(inner, used) for inner in block.blocks]}
    told = {"kind": type(block).__name__.lower(), **asdict(block)}
    if isinstance(block, Grid):
        told |= {"columns": [asdict(column) for column in block.columns()], "bold": sorted(block.bold)}
    if isinstance(block, paper.Drawing):
        told["svg"] = in_font(block.svg, used.head)
    if isinstance(block, paper.Samples):
        told["pairs"] = [(in_font(svg, used.head), text) for svg, text in block.pairs]
    return told

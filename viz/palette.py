"""Colours, shapes and marks of the pictures: risk is always colour and border and word, never colour alone.

The ramp is Okabe–Ito (told apart by colour-blind readers). Fills carry black text; outlines are darker in the
light scheme and lighter in the dark one, so that every outline stands at least 3:1 against its ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FONT = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif'

GROUND = {"light": "#ffffff", "dark": "#121212"}

Risk = Literal["negative", "record", "foreign", "high", "medium", "low", "red", "none", "stub"]
RISKS: tuple[Risk, ...] = ("negative", "record", "foreign", "high", "medium", "low", "red", "none", "stub")


@dataclass(frozen=True, slots=True)
class Look:
    """How a node of one risk is drawn: `mark` stands before the band's word, `border` is in pixels."""

    mark: str
    border: float
    double: bool
    dash: str
    chip: str
    chip_text: str


# What is the same in both schemes. `chip` is the fill of the band's tag.
LOOKS: dict[Risk, Look] = {
    "negative": Look("✖", 2.0, True, "", "#ffffff", "#000000"),
    "record": Look("■", 1.5, True, "", "#3f4a59", "#ffffff"),
    "foreign": Look("◇", 1.5, True, "5 3", "#e4e7ec", "#1b2430"),
    "high": Look("▲", 3.0, False, "", "#d55e00", "#000000"),
    "medium": Look("◆", 2.5, False, "", "#e69f00", "#000000"),
    "low": Look("●", 2.0, False, "", "#56b4e9", "#000000"),
    "none": Look("", 1.0, False, "", "#bbbbbb", "#000000"),
    "red": Look("★", 1.5, False, "", "#d7efe4", "#0b3d2c"),
    "stub": Look("", 1.0, False, "3 3", "#e4e7ec", "#1b2430"),
}


@dataclass(frozen=True, slots=True)
class Ink:
    """Outline, fill and text colour of a node in one scheme."""

    line: str
    fill: str
    text: str


LIGHT: dict[Risk, Ink] = {
    "negative": Ink("#000000", "#000000", "#ffffff"),
    "record": Ink("#3f4a59", "#ffffff", "#1b2430"),
    "foreign": Ink("#3f4a59", "#ffffff", "#1b2430"),
    "high": Ink("#c25200", "#fff4ec", "#1b2430"),
    "medium": Ink("#9a6a00", "#fffaf0", "#1b2430"),
    "low": Ink("#1f7fb8", "#f3faff", "#1b2430"),
    "none": Ink("#848e9c", "#ffffff", "#1b2430"),
    "red": Ink("#1c7a58", "#ffffff", "#1b2430"),
    "stub": Ink("#77808d", "#f6f7f9", "#3f4a59"),
}

DARK: dict[Risk, Ink] = {
    "negative": Ink("#f2f2f2", "#000000", "#ffffff"),
    "record": Ink("#b8c0cc", "#1c2026", "#eceff4"),
    "foreign": Ink("#b8c0cc", "#1c2026", "#eceff4"),
    "high": Ink("#ff8a3d", "#2b1a10", "#f3ede8"),
    "medium": Ink("#e69f00", "#29210f", "#f3efe5"),
    "low": Ink("#56b4e9", "#10212c", "#e8f2f8"),
    "none": Ink("#8a94a3", "#1c2026", "#e6e9ee"),
    "red": Ink("#4cc38f", "#14251e", "#e6f3ec"),
    "stub": Ink("#8a94a3", "#191c21", "#c3c9d2"),
}

# The ring and caption of the asked subject.
ASKED = {"light": "#1f4e8c", "dark": "#7fb0f0"}

# Of relations: plain ones, those on a path that carries risk, their labels.
EDGE_LIGHT = {"plain": "#7d8796", "chain": "#1b2430", "label": "#39424f", "halo": "#ffffff"}
EDGE_DARK = {"plain": "#8a94a3", "chain": "#f0f2f5", "label": "#c3c9d2", "halo": "#16181c"}

DASHES: dict[str, str] = {"current": "", "possible": "7 4", "ended": "1.5 4"}


def contrast(one: str, other: str) -> float:
    """Contrast of two `#rrggbb` colours after WCAG, 1–21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

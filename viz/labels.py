"""Texts that must fit a box: short names, wrapping by display width, shares.

Widths are in em of the label's font: a Chinese character (or emoji) is 1, a Latin one about half.
"""

from __future__ import annotations

import re
import unicodedata

LINE_WIDTH = 10.6  # 10–12 Chinese characters a line read best
LINES = 2

# At the end, before a bracket, or before the name of a branch.
_SUFFIX = re.compile(
    r"(?:股份有限公司|有限责任公司|有限公司)(?=$|[（(]|.{1,12}(?:分公司|分行|支行|营业部|办事处|分厂)$)"
)
# A line had better end before one of these than inside it.
_WORDS = (
    "有限",
    "股份",
    "公司",
    "集团",
    "分公司",
    "合伙",
    "中心",
    "基金",
    "工程",
    "建设",
    "建筑",
    "安装",
    "投资",
    "管理",
    "委员会",
    "(",
    "（",
)
_ELLIPSIS = "…"


def char_width(char: str) -> float:
    """Width of one character in em; combining marks and joiners take none."""
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0.0
    if unicodedata.east_asian_width(char) in {"W", "F", "A"} or ord(char) > 0x1F000:
        return 1.0
    if char in "MW@%mw":
        return 0.95
    return 0.72 if char.isupper() or char == "&" else 0.58


def width(text: str) -> float:
    """Estimated width of `text` in em."""
    return sum(map(char_width, text))


def short_name(name: str) -> str:
    """`name` without its legal form (有限公司 …); for labels only, never where identity matters."""
    short = _SUFFIX.sub("", name, count=1)
    return short if width(short) >= 2 else name


def clip(text: str, limit: float) -> str:
    """`text` cut to at most `limit` em, the cut shown by an ellipsis."""
    if width(text) <= limit:
        return text
    kept = ""
    while text and width(kept + text[0]) <= limit - 1:
        kept, text = kept + text[0], text[1:]
    return kept.rstrip() + _ELLIPSIS


def wrap(text: str, limit: float = LINE_WIDTH, lines: int = LINES) -> tuple[str, ...]:
    """`text` in at most `lines` lines of at most `limit` em; what does not fit ends in an ellipsis.

    Lines are made about equal, and Latin words are kept whole where a line can hold them.
    """
    wanted = width(text)
    if wanted <= limit:
        return (text,)
    even = min(limit, max(wanted / lines + 0.75, limit * 0.7)) if wanted <= limit * lines * 0.95 else limit
    first, rest = _split(text, even)
    if lines <= 1 or not first:
        return (clip(text, limit),)
    return (first, *wrap(rest, limit, lines - 1))


def _split(text: str, limit: float) -> tuple[str, str]:
    used, cut = 0.0, 0
    for cut, char in enumerate(text):  # noqa: B007 — `cut` is the answer
        used += char_width(char)
        if used > limit:
            break
    else:
        return text, ""
    space = text.rfind(" ", 0, cut + 1)
    if space > cut / 2:
        return text[:space].rstrip(), text[space + 1 :].lstrip()
    cut = next((i for i in range(cut, max(1, cut - 4), -1) if text.startswith(_WORDS, i)), cut)
    while cut > 0 and (
        unicodedata.combining(text[cut]) or text[cut] in "\u200d\ufe0f）)》」、，。" or text[cut - 1] == "\u200d"
    ):
        cut -= 1
    return text[:cut], text[cut:]


def share(ratio: float | None) -> str:
    """A ratio of 0–1 as a percentage without needless zeros; "" when unknown."""
    if ratio is None:
        return ""
    return f"{ratio * 100:.2f}".rstrip("0").rstrip(".") + "%"


def score(value: float) -> str:
    """A score of 0–1 with two decimals, never rounded up to look like certainty."""
    return f"{min(value, 0.99) if value < 1 else value:.2f}"

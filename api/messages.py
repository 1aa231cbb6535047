"""The English of a Chinese text that tells of a fault, out of `messages.yaml`; read only when English is asked for.

What is told was partly given by a user: numbers of people are masked first, since the English may cut such a number in
two, and only what the file marks as words of ours is said in English. Nothing here takes longer than the text is long.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

import yaml

from graph.mask import scrub

BLANK = re.compile(r"\{(\w+)(?::(\w+))?\}")  # {0}, {0:n}, {name:list}
LONGEST = 1_000  # characters; what is longer is not said in English
_DEEPEST, _MOST_PARTS = 4, 6  # texts of ours inside each other; parts of a fault of a file of rules
_CHINESE = re.compile("[\u3400-\u9fff\uff01-\uff5e]")
_NUMBER = frozenset("0123456789,.-*")
_MARKS = {"、": ", ", "；": "; ", ";": "; ", " 或 ": " or "}
_BETWEEN = re.compile(f"({'|'.join(_MARKS)})")


class Filled(NamedTuple):
    """What fills a blank of a text: its kind, as the file explains it, and the text itself."""

    kind: str
    text: str


@dataclass(frozen=True)
class Template:
    """One text of ours with its blanks, and its English."""

    chinese: str
    english: str

    @cached_property
    def runs(self) -> list[str]:
        """What stands around and between its blanks."""
        return BLANK.sub("\0", self.chinese).split("\0")

    @cached_property
    def _blanks(self) -> list[tuple[str, str]]:
        return BLANK.findall(self.chinese)

    def fit(self, text: str) -> dict[str, Filled] | None:
        """What fills the blanks, by their names, if `text` is this one."""
        if not self._blanks:
            return {} if text == self.chinese else None
        first, last = self.runs[0], self.runs[-1]
        if len(text) < len(first) + len(last) or not (text.startswith(first) and text.endswith(last)):
            return None
        inner = text[len(first) : len(text) - len(last)]
        for parts in (self._from_left(inner), self._from_right(inner)):
            told = [Filled(kind, part) for (_, kind), part in zip(self._blanks, parts, strict=False)]
            if parts and all(map(_takes, told)):
                return {name: one for (name, _), one in zip(self._blanks, told, strict=True)}
        return None

    def _from_left(self, rest: str) -> list[str]:
        """What stands between the runs, each taken where it first comes; none if one does not come."""
        parts: list[str] = []
        for (_, kind), run in zip(self._blanks, self.runs[1:-1], strict=False):
            quote = rest[:1] if kind == "q" else ""
            at = rest.find(quote + run, len(quote))
            if at < 0:
                return []
            at += len(quote)
            parts.append(rest[:at])
            rest = rest[at + len(run) :]
        return [*parts, rest]

    def _from_right(self, rest: str) -> list[str]:
        """The same, each taken where it comes last."""
        parts: list[str] = []
        for run in reversed(self.runs[1:-1]):
            rest, found, part = rest.rpartition(run)
            if not found:
                return []
            parts.append(part)
        return [rest, *reversed(parts)]

    def say(self, values: Mapping[str, str]) -> str:
        """The English with its blanks filled."""
        return BLANK.sub(lambda blank: values[blank[1]], self.english).strip()


def _takes(filled: Filled) -> bool:
    """Whether that may fill a blank of that kind."""
    kind, text = filled
    if kind == "n":
        return text[:1].isdecimal() and _NUMBER.issuperset(text)
    return kind != "q" or (len(text) > 1 and text[0] == text[-1] and text[0] in "'\"")


class Catalogue:
    """Texts and their English; what stands there literally comes first, then what says most of its own."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        made = [Template(chinese, english) for chinese, english in texts.items()]
        self._exact = {template.chinese: template for template in made if len(template.runs) == 1}
        blank = (template for template in made if len(template.runs) > 1)
        self._templates = sorted(blank, key=lambda template: -sum(map(len, template.runs)))

    def found(self, text: str) -> tuple[Template, dict[str, Filled]] | None:
        """The text it is, and what fills its blanks; None where it is none of these."""
        if text in self._exact:
            return self._exact[text], {}
        fitting = ((template, template.fit(text)) for template in self._templates)
        return next(((template, filled) for template, filled in fitting if filled is not None), None)

    def said(self, text: str) -> str | None:
        """The English with its blanks filled as they are."""
        found = self.found(text)
        return found[0].say({name: one.text for name, one in found[1].items()}) if found else None


class English:
    """All texts, in one width: masking a number leaves the whole text in half width."""

    def __init__(self, sections: Mapping[str, Any], width: Callable[[str], str]) -> None:
        def wide(texts: Mapping[str, Any]) -> dict[str, Any]:
            return {width(chinese): said for chinese, said in texts.items()}

        self._texts, self._entries = Catalogue(wide(sections["texts"])), Catalogue(wide(sections["entries"]))
        self._valued = Catalogue(dict.fromkeys(wide(sections["values"]), ""))
        self._values = {message: Catalogue(wide(said)) for message, said in wide(sections["values"]).items()}
        self._width, self._colon, self._semicolon = width, width("："), width("；")

    def message(self, text: str) -> str | None:
        """The English of a message or a remedy."""
        known = self._said(text, _DEEPEST)
        return self._by_parts(text) if known is None else known

    def value(self, text: str, message: str) -> str | None:
        """The English of the value of an error with that message, where such a value is words of ours."""
        found = self._valued.found(self._width(message))
        return self._values[found[0].chinese].said(text) if found else None

    def _said(self, text: str, deep: int) -> str | None:
        found = self._texts.found(text)
        if found is None:
            return None
        template, filled = found
        return template.say({name: self._told(one, template, deep) for name, one in filled.items()})

    def _told(self, filled: Filled, template: Template, deep: int) -> str:
        kind, text = filled
        if kind == "t" and deep:
            return self._said(text, deep - 1) or text
        if kind == "v":
            return self._values[template.chinese].said(text) or text
        if kind == "each" and deep:
            return self._each(text)
        return _BETWEEN.sub(lambda mark: _MARKS[mark[1]], text) if kind == "list" else text

    def _each(self, text: str) -> str:
        """A list in English if every item is words of ours, after a title or not; else as it is."""
        mark = self._semicolon if self._semicolon in text else "、"
        told = [self._item(item) if item else "" for item in text.split(mark)]
        known = [item for item in told if item is not None]
        return _MARKS[mark].join(known) if len(known) == len(told) else text

    def _item(self, text: str) -> str | None:
        title, colon, rest = text.rpartition(self._colon)
        known = self._said(rest, 0)
        return f"{title}: {known}" if colon and known else known

    def _by_parts(self, text: str) -> str | None:
        """Entry, field and fault of a file of rules; the field is a user's."""
        entry, *parts = text.split(self._colon, _MOST_PARTS - 1)
        head = self._entries.said(entry)
        if head is None or not parts:
            return None
        for at in range(len(parts)):
            fault = self._said(self._colon.join(parts[at:]), _DEEPEST)
            if fault is not None:
                return ": ".join([head, *parts[:at], fault])
        return ": ".join([head, *parts])


def english(text: str) -> str:
    """The English of a message or a remedy, personal numbers masked; the masked text itself where there is none."""
    return _first(scrub(text), lambda known, masked: known.message(masked))


def english_value(text: str, message: str) -> str:
    """The English of a value that is words of ours (“3 行”) under that message; whatever a user gave stays, masked."""
    return _first(scrub(text), lambda known, masked: known.value(masked, message))


def _first(masked: str, say: Callable[[English, str], str | None]) -> str:
    if len(masked) > LONGEST or not _CHINESE.search(masked):
        return masked
    for width in (str, _half) if unicodedata.is_normalized("NFKC", masked) else (str,):
        told = say(_english(width), masked)
        if told is not None:
            return scrub(told)
    return masked


def _half(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


@cache
def _english(width: Callable[[str], str]) -> English:
    return English(_sections(), width)


@cache
def _sections() -> Mapping[str, Any]:
    read: Mapping[str, Any] = yaml.safe_load(files("api").joinpath("messages.yaml").read_text(encoding="utf-8"))
    return read

"""The English of a Chinese text that tells of a fault, out of `messages.yaml`; read only when English is asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

BLANK = re.compile(r"\{(\w+)(?::(\w+))?\}")  # {0}, {0:n}, {name:list}
# By kind of blank: what it takes.
_TAKES = {"": ".*?", "list": ".*?", "n": "[0-9][0-9,.-]*", "q": "'.*?'|\".*?\""}
_CHINESE = re.compile("[\u3400-\u9fff\uff01-\uff5e]")
_PARTS = "："
_MARKS = {"、": ", ", "；": "; "}


class Filled(NamedTuple):
    """What fills a blank of a text: its kind ("", "n", "q" or "list") and the text itself."""

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
    def _pattern(self) -> re.Pattern[str]:
        blanks = [f"({_TAKES[kind]})" for _, kind in BLANK.findall(self.chinese)]
        parts = zip(map(re.escape, self.runs), [*blanks, ""], strict=True)
        return re.compile("".join(run + blank for run, blank in parts), re.DOTALL)

    def fit(self, text: str) -> dict[str, Filled] | None:
        """What fills the blanks, by their names, if `text` is this one."""
        likely = max(self.runs, key=len) in text  # spares making most of the patterns
        found = self._pattern.fullmatch(text) if likely else None
        if found is None:
            return None
        blanks = BLANK.findall(self.chinese)
        return {name: Filled(kind, said) for (name, kind), said in zip(blanks, found.groups(), strict=True)}

    def say(self, values: Mapping[str, str]) -> str:
        """The English with its blanks filled."""
        return BLANK.sub(lambda blank: values[blank[1]], self.english).strip()


class Catalogue:
    """Texts and their English; what stands there literally comes first, then what says most of its own."""

    def __init__(self, texts: dict[str, str]) -> None:
        self._exact = {chinese: english for chinese, english in texts.items() if not BLANK.search(chinese)}
        made = (Template(chinese, english) for chinese, english in texts.items() if chinese not in self._exact)
        self._templates = sorted(made, key=lambda template: -sum(map(len, template.runs)))

    def said(self, text: str, *, deep: bool) -> str | None:
        """The English, None where there is none. `deep`: what fills the blanks is translated as well."""
        if text in self._exact:
            return self._exact[text]
        for template in self._templates:
            filled = template.fit(text)
            if filled is not None:
                values = {name: _told(value) if deep else value.text for name, value in filled.items()}
                return template.say(values)
        return None


def english(text: str) -> str:
    """The English of a message or a remedy; the text itself where there is none."""
    if not _CHINESE.search(text):
        return text
    known = _catalogues()["texts"].said(text, deep=True)
    return _by_parts(text) if known is None else known


def english_value(text: str) -> str:
    """The English of a value that is words of ours (“3 行”); whatever a user gave stays as it is."""
    known = _catalogues()["values"].said(text, deep=False) if _CHINESE.search(text) else None
    return text if known is None else known


def _by_parts(text: str) -> str:
    """Entry, field and fault of a file of rules, each by itself."""
    head, mark, rest = text.partition(_PARTS)
    if not mark:
        return text
    told = (_catalogues()["texts"].said(head, deep=True) or head, english(rest))
    return text if told == (head, rest) else ": ".join(told)


def _told(filled: Filled) -> str:
    if filled.kind != "list":
        return english(filled.text)
    return "".join(_MARKS.get(piece) or english(piece) for piece in re.split("([、；])", filled.text))


@cache
def _catalogues() -> dict[str, Catalogue]:
    from importlib.resources import files  # noqa: PLC0415  # the command line does without, in Chinese

    import yaml  # noqa: PLC0415  # the same

    read = yaml.safe_load(files("api").joinpath("messages.yaml").read_text(encoding="utf-8"))
    return {section: Catalogue(texts) for section, texts in read.items()}

"""The command line's own words in two languages: Chinese first, English on request."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

LANGUAGES = ("zh", "en")


class Words(NamedTuple):
    """One text in Chinese and in English."""

    zh: str
    en: str

    def say(self, lang: str, **values: object) -> str:
        """The text in one language, with its blanks filled."""
        return (self.en if lang == "en" else self.zh).format(**values)


def language(argv: Sequence[str]) -> str:
    """The language asked for by `--lang`, else by XINMAI_LANG, else Chinese.

    Read before anything is parsed, because the parser's own help is in that language.
    """
    for index, word in enumerate(argv):
        if word == "--lang" and index + 1 < len(argv):
            return argv[index + 1] if argv[index + 1] in LANGUAGES else "zh"
        if word.startswith("--lang="):
            return "en" if word == "--lang=en" else "zh"
    return "en" if os.environ.get("XINMAI_LANG", "").lower().startswith("en") else "zh"


def locale(lang: str) -> str:
    """The same language as pages and pictures name it."""
    return "en" if lang == "en" else "zh-CN"

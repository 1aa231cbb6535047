"""Where answers and complaints of the command line go: answers to stdout, everything else to stderr.

With --json, stdout is exactly one JSON document, also when the command fails.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from typing import Any

from api.failures import document, sentence
from graph.errors import XinmaiError


def speak_utf8() -> None:
    """Whatever the locale says, our text is UTF-8; what cannot be written at all is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class Output:
    """The two streams of one run. `lang` is zh or en; `as_json` whether stdout is a JSON document;
    `interrupted` whether Ctrl-C was pressed.
    """

    def __init__(self, lang: str, *, as_json: bool) -> None:
        self.lang = lang
        self.as_json = as_json
        self.interrupted = False
        speak_utf8()

    def answer(self, answer: Mapping[str, Any], show: Callable[[], None]) -> None:
        """Give the answer: as JSON, or by calling `show`, which prints it for people."""
        if self.as_json:
            print(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False))
        else:
            show()
        sys.stdout.flush()

    def say(self, text: str) -> None:
        """A line of the answer for people; silent with --json."""
        if not self.as_json:
            print(text, flush=True)

    def complain(self, text: str) -> None:
        """A warning or a note, to stderr."""
        print(text, file=sys.stderr, flush=True)

    def failed(self, error: XinmaiError) -> None:
        """Say why there is no answer: a sentence on stderr, and with --json the same as a document."""
        self.complain(sentence(error, self.lang))
        if self.as_json:
            self.answer(document(error, self.lang), lambda: None)

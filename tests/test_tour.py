"""The five-minute tour of both READMEs: its commands run, and print what the page says they print.

A line of the page that ends in "…" stands for one that begins so; a line "…" for any number of lines. Times differ.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store
from tests.api.running import xinmai
from tests.conftest import EMPTY

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
SECONDS = re.compile(r"\b\d+\.\d\b$")


def steps(page: str) -> Iterator[tuple[list[list[str]], str]]:
    """Commands of each block of the tour, and the output printed below it ("" where none is)."""
    tour = page[page.index("examples/README.md") : page.index("docs/sources.md")]
    blocks = FENCE.findall(tour[: tour.index("my-package")])
    for number, (language, text) in enumerate(blocks):
        if language == "sh":
            lines = [shlex.split(line)[1:] for line in text.splitlines() if line.startswith("xinmai ")]
            following = blocks[number + 1] if number + 1 < len(blocks) else ("sh", "")
            yield lines, "" if following[0] else following[1]


def missing(expected: str, printed: str) -> list[str]:
    """Lines of the page that do not come, in their order, in what was printed."""
    lines = iter(printed.splitlines())
    wanted = [line for line in expected.splitlines() if line.strip() not in ("", "…")]
    return [line for line in wanted if not any(_same(line, told) for told in lines)]


def _same(line: str, told: str) -> bool:
    if line.endswith("…"):
        return told.startswith(line[:-1].rstrip())
    return SECONDS.sub("", line).rstrip() == SECONDS.sub("", told).rstrip()


@pytest.mark.parametrize(("readme", "language"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_the_tour_prints_what_the_page_says(arcadedb: Store, tmp_path: Path, readme: str, language: str) -> None:
    arcadedb.write(EMPTY)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    asked = list(steps((ROOT / readme).read_text(encoding="utf-8")))
    assert sum(len(commands) for commands, _ in asked) >= 6
    for commands, expected in asked:
        printed = ""
        for words in commands:
            if words[0] != "serve":
                ended = xinmai(*words, "--db", arcadedb.location, cwd=tmp_path, XINMAI_LANG=language)
                assert ended.code == 0, ended.err
                printed += ended.out
        assert missing(expected, printed) == []


def test_a_line_the_commands_do_not_print_is_noticed() -> None:
    assert missing("a\n…\nc…\n", "a\nb\ncd\n") == []
    assert missing("a\nx\n", "a\nb\n") == ["x"]
    assert missing("b\na\n", "a\nb\n") == ["a"]

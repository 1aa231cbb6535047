"""The pages as files: nothing inline, nothing from elsewhere, nothing kept that could be personal."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

STATIC = Path(str(files("api").joinpath("static")))
PAGES = sorted(STATIC.glob("*.html"))
SCRIPTS = sorted(STATIC.rglob("*.js"))
SVG_NAME = "http://www.w3.org/2000/svg"  # a name, not an address
KEEPERS = {"page.js", "language.js", "scenarios.js"}  # theme, language, the scenario asked last
MOST_LINES = 300


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_holds_no_script_or_style_of_its_own_and_fetches_nothing_elsewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert '<html lang="zh-CN">' in text
    for wrong in ("<script>", "<style", " style=", " onclick=", "://"):
        assert wrong not in text


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_is_short_fetches_nothing_elsewhere_and_keeps_no_data(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert "://" not in text.replace(SVG_NAME, "")
    assert len(text.splitlines()) <= MOST_LINES
    # Personal data do not outlive the tab.
    assert "localStorage.setItem" not in text or script.name in KEEPERS

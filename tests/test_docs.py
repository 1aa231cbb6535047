"""Docs that can rot: generated from the code, or read by these tests."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.handbook import markdown
from api.manual import COMMANDS

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")


def test_docs_cli_is_what_the_manual_says() -> None:
    written = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert written == markdown(), "run: .venv/bin/python -m api.handbook > docs/cli.md"


@pytest.mark.parametrize("readme", READMES)
def test_every_command_is_in_the_readme(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert {name for name in COMMANDS if f"xinmai {name}" not in text} == set()


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_names_no_command_that_does_not_exist(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"`[^`\n]+`|```.*?```", text, re.DOTALL))
    assert set(re.findall(r"xinmai ([a-z]+)", code)) <= set(COMMANDS)


GUIDES = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "docs" / "guides").glob("*.md"))


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", "CHANGELOG.md", *GUIDES])
def test_links_inside_the_project_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = {t.split("#")[0] for t in re.findall(r"\]\(([^)]+)\)", text) if "://" not in t}
    assert {t for t in targets if t and not ((ROOT / page).parent / t).exists()} == set()


def test_every_guide_is_there_in_both_languages() -> None:
    names = {Path(guide).name.removesuffix(".md").removesuffix(".zh-CN") for guide in GUIDES}
    assert names == {"administrator", "investigator", "officer"}
    assert len(GUIDES) == 2 * len(names)


def test_the_changelog_has_a_place_for_what_is_not_released() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

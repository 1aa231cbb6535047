"""The words: both languages complete, no key missing, none left over."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest
import yaml

from graph.errors import InputError
from graph.vocabulary import RELATIONS, Kind, list_types
from queries.ownership.control import How
from viz.marks import STANDING
from viz.palette import RISKS
from viz.texts import Texts

HERE = Path(str(files("viz")))
WORDS: dict[str, dict[str, str]] = yaml.safe_load((HERE / "texts.yaml").read_text(encoding="utf-8"))


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same_things(key: str) -> None:
    assert set(WORDS[key]) == {"zh", "en"}
    assert blanks(WORDS[key]["zh"]) == blanks(WORDS[key]["en"])


def test_every_key_asked_for_exists() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in [*HERE.glob("*.py"), *HERE.glob("templates/*.html")])
    asked = set(re.findall(r"""\bt\(\s*["']([a-z_A-Z]+)["']""", code))
    assert asked - set(WORDS) == set()
    for made in (
        *(f"standing_{t.family}" for t in list_types().values()),
        *(f"legend_{risk}" for risk in RISKS if risk != "stub"),
        *(f"own_{group}" for group in STANDING.values()),
        *(f"glyph_{kind}" for kind in (*Kind, "foreign", "other")),
        *(f"how_{how}" for how in How),
        *(f"holds_{state}" for state in ("current", "ended", "future", "possible")),
    ):
        assert made in WORDS


def test_names_come_from_the_vocabulary() -> None:
    zh, en = Texts("zh-CN"), Texts("en")
    assert {zh.relation(name) for name in RELATIONS} == {r.label for r in RELATIONS.values()}
    assert en.relation("LEGAL_REP") == "legal rep"
    assert zh.listing("SXBZXR") == "失信被执行人"
    assert (zh.listing("NEW"), zh.relation("NEW"), zh.kind("new")) == ("NEW", "new", "new")
    assert set(STANDING) == {t.family for t in list_types().values()}


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(InputError):
        Texts("de")


def test_no_words_are_left_over() -> None:
    made = ("standing_", "legend_", "own_", "glyph_", "holds_", "band_", "class_", "effect_", "grade_", "why_")
    also = ("reason_", "src_", "tab_", "how_")
    root = HERE.parent
    code = "".join(p.read_text(encoding="utf-8") for d in ("viz", "api") for p in (root / d).rglob("*.py"))
    code += "".join(p.read_text(encoding="utf-8") for p in HERE.glob("templates/*.html"))
    unused = {key for key in WORDS if not re.search(rf"""["']{key}["']""", code) and not key.startswith((*made, *also))}
    assert unused == set()

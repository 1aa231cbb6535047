"""related and regimes on the command line, in both languages, and the page made from the regimes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.regimes_page import markdown
from graph.store import Store
from tests.api.test_law_commands import run
from tests.queries.regimes.asking import Small, draw

ROOT = Path(__file__).parents[2]
DAY = ("--as-of", "2026-06-01")


def test_the_page_is_what_the_regimes_say() -> None:
    written = (ROOT / "docs" / "regimes.md").read_text(encoding="utf-8")
    assert written == markdown(), "run: .venv/bin/python -m api.regimes_page > docs/regimes.md"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_regimes_are_listed_and_explained(lang: str) -> None:
    listed = run("regimes", "--lang", lang)
    assert (listed.code, listed.err) == (0, "")
    assert all(f"P{n:02d}" in listed.out for n in range(1, 20))
    one = run("regimes", "p05", "--lang", lang)
    assert one.code == 0
    assert "joint_control" in one.out
    found = json.loads(run("regimes", "P16", "--json").out)["regimes"]
    assert [(r["id"], r["numbers"]) for r in found] == [("P16", [">=0.25"])]


def test_a_regime_that_does_not_exist_is_bad_input(tmp_path: Path) -> None:
    for words in (("regimes", "P20"), ("related", "A", "--regime", "P99", "--db", str(tmp_path / "none"))):
        ended = run(*words)
        assert ended.code == 2
        assert "P01" in ended.err
    assert not (tmp_path / "none").exists()


def test_related_parties_are_told_by_regime(arcadedb: Store) -> None:
    arcadedb.write("MATCH (n) DETACH DELETE n")
    shared = [
        Small("r", "p 0.8 H", "H 0.6 A", "H 0.7 S", "SASAC 1.0 G", "SASAC 1.0 G2", SASAC={"kind": "government"}),
        Small("s", "X 0.5 A").on("OFAC_SDN", "X"),
    ]
    draw(arcadedb, shared)
    db = ("--db", arcadedb.location)
    for lang, word in (("zh", "未能核查"), ("en", "not computable")):
        ended = run("related", "r.A", *DAY, *db, "--lang", lang)
        assert ended.code == 0, ended.err
        assert all(text in ended.out for text in ("P03", "P05", word, "S："))
    exempt = run("related", "r.G", "--regime", "P05", *DAY, *db)
    assert "因除外规定未列为关联方" in exempt.out
    foreign = run("related", "s.A", "--regime", "OFAC", *DAY, *db)
    assert "仅供合规参考" in foreign.out
    answer = json.loads(run("related", "r.A", "--regime", "p03", "--json", *DAY, *db).out)
    assert answer["regime"] == "P03"
    assert {one["subject"]["id"] for one in answer["parties"]} == {"r.p", "r.H", "r.S"}
    assert all("path" in one and one["law"] and one["grade"] == "text" for one in answer["parties"])
    assert run("related", "r.nobody", *db).code == 3

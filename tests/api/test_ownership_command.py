"""`xinmai ownership` as users run it."""

from __future__ import annotations

from pathlib import Path

from graph.store import Store
from tests.api.running import ask_here, here


def test_ownership_as_a_document(graph: Store, tmp_path: Path) -> None:
    ended = ask_here(graph, tmp_path, "ownership", "B", "--as-of", "2026-01-01")
    assert (ended.code, ended.err) == (0, "")
    answer = ended.document
    contract = {"subject", "as_of", "owners", "holdings", "beneficial_owners", "cycles", "scaled", "complete"}
    assert contract <= set(answer)
    assert [(o["subject"]["id"], o["direct"], o["integrated"], o["controls"]) for o in answer["owners"]] == [
        ("A", 0.6, 0.6, True),
        ("H", 0.4, 0.4, False),
    ]
    assert [node["id"] for node in answer["owners"][0]["path"]["nodes"]] == ["B", "A"]
    assert answer["beneficial_owners"][0]["subject"]["id"] == "P"
    assert answer["beneficial_owners"][0]["presumed"] is True
    assert "999999199003070020" not in ended.out
    assert answer["holdings"] == []
    assert answer["complete"] is True


def test_one_way_only_an_earlier_day_and_another_threshold(graph: Store, tmp_path: Path) -> None:
    assert ask_here(graph, tmp_path, "ownership", "B", "--down").document["owners"] == []
    early = ask_here(graph, tmp_path, "ownership", "B", "--as-of", "2019-12-31").document
    assert early["owners"] == []
    strict = ask_here(graph, tmp_path, "ownership", "B", "--threshold", "0.6").document
    assert [o["controls"] for o in strict["owners"]] == [False, False]


def test_words_for_people_and_refusals(graph: Store, tmp_path: Path) -> None:
    text = here("ownership", "B", "--db", graph.location, "--as-of", "2026-01-01", cwd=tmp_path).out
    assert "上层持有人（2）" in text
    assert "是（推定）" in text
    english = here("--lang", "en", "ownership", "B", "--db", graph.location, cwd=tmp_path).out
    assert "yes (presumed)" in english
    assert ask_here(graph, tmp_path, "ownership", "没有这个公司").code == 3
    for words in (["--threshold", "2"], ["--threshold", "0.4"], ["--threshold", "x"], ["--as-of", "2026-13-01"]):
        assert ask_here(graph, tmp_path, "ownership", "B", *words).code == 2

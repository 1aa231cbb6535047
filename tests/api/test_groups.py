"""Paths and groups as processes of their own: one JSON document, plain text, the exit codes of the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.store import Store
from queries.groups.answer import KINDS
from tests.api.conftest import PERSON_ID
from tests.api.running import ask_here, here

DAY = ("--as-of", "2026-01-01")


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (["groups", "A"], {"subject", "as_of", "complete", *KINDS}),
        (
            ["groups", "B", "--kind", "phoenix", "--kind", "contacts"],
            {"subject", "as_of", "complete", "phoenix", "contacts"},
        ),
        (["groups"], {"subject", "as_of", "complete", "guarantee"}),
        (["groups", "--kind", "guarantee"], {"subject", "as_of", "complete", "guarantee"}),
        (["paths", "A", "B", "--k", "3"], {"a", "b", "mode", "paths", "more", "not_crossed", "complete", "text"}),
        (["paths", "A", "B", "--all", "--from", "2019-01-01"], {"a", "b", "span", "paths", "complete"}),
        (["paths", "A,B,C"], {"subjects", "pairs", "not_crossed", "complete", "text"}),
    ],
)
def test_each_answers_with_one_json_document(graph: Store, tmp_path: Path, words: list[str], keys: set[str]) -> None:
    ended = ask_here(graph, tmp_path, *words, *DAY)
    assert (ended.code, ended.err) == (0, "")
    assert keys <= set(ended.document)
    assert (words[0] != "groups") or set(ended.document) == keys
    assert PERSON_ID not in ended.out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["groups", "nobody"], 3),
        (["groups", "同名有限公司"], 3),
        (["groups", "A", "--kind", "friends"], 2),
        (["groups", "--kind", "contacts"], 2),
        (["paths", "A"], 2),
        (["paths", "A", "B", "--k", "2", "--all"], 2),
        (["paths", "A,B", "--k", "2"], 2),
        (["paths", "A", "B", "--from", "2026-01-02"], 2),
        (["paths", "A", "nobody", "--k", "2"], 3),
    ],
)
def test_what_cannot_be_asked(graph: Store, tmp_path: Path, words: list[str], code: int) -> None:
    ended = ask_here(graph, tmp_path, *words, *DAY)
    assert ended.code == code
    assert set(ended.document) == {"error"}
    assert "Traceback" not in ended.err


def test_paths_longer_than_the_shortest_and_what_runs_beside(graph: Store, tmp_path: Path) -> None:
    found = ask_here(graph, tmp_path, "paths", "A", "B", "--k", "3", *DAY).document
    assert [[node["id"] for node in path["nodes"]] for path in found["paths"]] == [["A", "B"], ["A", "P", "B"]]
    ended = ask_here(graph, tmp_path, "paths", "P", "C", *DAY).document
    assert (ended["paths"], ended["complete"]) == ([], True)
    then = ask_here(graph, tmp_path, "paths", "P", "C", "--from", "2020-06-01", "--to", "2020-06-30", *DAY).document
    assert [edge["until"] for edge in then["paths"][0]["edges"]] == ["2021-01-01"]


def test_people_read_plain_text(graph: Store, tmp_path: Path) -> None:
    shown = {
        lang: here("groups", "A", *DAY, "--db", graph.location, "--lang", lang, cwd=tmp_path) for lang in ("zh", "en")
    }
    assert {ended.code for ended in shown.values()} == {0}
    for word in ("企业集团", "担保圈", "共用联系方式", "关联提示，不构成失信惩戒依据", "社群", "仅供排查参考"):
        assert word in shown["zh"].out
    assert "r:1" in shown["zh"].out  # the record that says so
    for word in ("corporate group", "guarantee rings", "no ground for any sanction", "an aid for looking"):
        assert word in shown["en"].out
    assert "\x1b" not in shown["zh"].out
    pairs = here("paths", "A,B,N1", *DAY, "--db", graph.location, cwd=tmp_path)
    assert "4 步之内没有路径" in pairs.out
    english = here("paths", "A,B,N1", *DAY, "--db", graph.location, "--lang", "en", cwd=tmp_path)
    assert "1 of 3 pairs are joined" in english.out

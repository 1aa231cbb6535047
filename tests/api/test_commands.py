"""The commands as processes of their own: one JSON document, the exit codes of the contract, nothing half done."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from graph.store import Store
from tests.api.conftest import PERSON_ID
from tests.api.running import ask, ask_here, here, xinmai
from tests.loaders.packages import USCC_A

DAY = ("--as-of", "2026-01-01")


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (["sources"], {"sources"}),
        (["show", "A", *DAY], {"subject", "as_of", "listed", "relations", "counts"}),
        (
            ["exposure", "A", *DAY],
            {"subject", "as_of", "policy", "listed", "exposures", "not_crossed", "not_checked", "complete"},
        ),
        (
            ["reach", "B", *DAY],
            {"subject", "as_of", "policy", "exposures", "not_crossed", "not_checked", "complete"},
        ),
        (["reach", "L1", *DAY], {"listing", "exposures"}),
        (["paths", "H", "P", *DAY], {"a", "b", "paths", "not_crossed", "complete"}),
        (["listings", "--list", "SXBZXR", *DAY], {"listings", "more"}),
        (
            ["policy"],
            {"version", "floor", "max_hops", "fanout_cap", "name_cap", "former_days", "max_age_days", "bands"},
        ),
        (["report", "A", "-o", "r.html", *DAY], {"subject", "file"}),
        (["export", "A", "--format", "graphml", *DAY], {"subject", "file", "format"}),
        (["template", "screen", "-o", "t.xlsx"], {"template", "file"}),
        (["screen", "in.csv", "-o", "s.xlsx", "-o", "s.html", "-o", "s.json", *DAY], {"scenario", "results"}),
    ],
)
def test_each_command_answers_with_one_json_document(
    graph: Store, tmp_path: Path, words: list[str], keys: set[str]
) -> None:
    (tmp_path / "in.csv").write_text(f"企业名称,统一社会信用代码\n乌有市甲木有限公司,{USCC_A}\n", encoding="utf-8")
    if words[0] in ("policy", "template"):
        ended = here(*words, "--json", cwd=tmp_path)
    else:
        ended = ask_here(graph, tmp_path, *words)
    assert (ended.code, ended.err) == (0, "")
    assert keys <= set(ended.document)
    assert PERSON_ID not in ended.out
    for name in [word for word in words if Path(word).suffix in (".html", ".xlsx", ".json")]:
        assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["show", "nobody"], 3),
        (["exposure", "同名有限公司"], 3),
        (["reach", "nobody"], 3),
        (["exposure", "A", "--hops", "99"], 2),
        (["paths", "A", "B", "--types", "NONSENSE"], 2),
        (["listings", "--list", "NONSENSE"], 2),
        (["screen", "missing.csv"], 2),
        (["screen", "in.csv", "-o", "x.docx"], 2),
        (["screen", "in.csv", "--scenario", "nonsense"], 2),
        (["report", "A", "-o", "nowhere/r.html"], 2),
        (["load", "missing"], 2),
        (["unload", "nothing"], 2),
        (["same", "A", "B"], 2),
        (["same", "A", "B", "--yes", "--no", "--reason", "x"], 2),
    ],
)
def test_what_cannot_be_done_ends_with_its_code_and_says_so_once(
    graph: Store, tmp_path: Path, words: list[str], code: int
) -> None:
    (tmp_path / "in.csv").write_text("企业名称\n某公司\n", encoding="utf-8")
    ended = ask_here(graph, tmp_path, *words)
    assert ended.code == code
    assert set(ended.document) == {"error"}
    assert ended.document["error"]["message"]
    assert "Traceback" not in ended.err
    assert {path.name for path in tmp_path.iterdir()} == {"in.csv"}


def test_an_ambiguous_name_lists_whom_it_may_mean(graph: Store, tmp_path: Path) -> None:
    candidates = ask(graph, tmp_path, "show", "同名有限公司").document["error"]["candidates"]
    assert {c["id"] for c in candidates} == {"N1", "N2"}


def test_a_personal_number_is_not_repeated(graph: Store, tmp_path: Path) -> None:
    ended = ask(graph, tmp_path, "show", PERSON_ID)
    assert ended.code == 3
    assert PERSON_ID not in ended.out + ended.err


def test_people_read_plain_text_without_terminal_codes(graph: Store, tmp_path: Path) -> None:
    ended = xinmai("exposure", "A", *DAY, "--db", graph.location, cwd=tmp_path)
    assert ended.code == 0
    assert "关联提示" in ended.out
    assert "r:1" in ended.out
    assert "\x1b" not in ended.out
    english = xinmai("exposure", "A", *DAY, "--db", graph.location, "--lang", "en", cwd=tmp_path)
    assert "shareholder" in english.out


def test_screening_again_tells_what_changed(graph: Store, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("企业名称\n乌有市乙火有限公司\n", encoding="utf-8")
    assert ask(graph, tmp_path, "screen", "in.csv", "-o", "before.json", "--as-of", "2024-12-31").code == 0
    now = ask(graph, tmp_path, "screen", "in.csv", "--since-last", "before.json", *DAY).document
    assert [r["since_last"]["status"] for r in now["results"]] == ["changed"]


def test_a_directory_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("words", encoding="utf-8")
    ended = xinmai("sources", "--db", "mine", "--json", cwd=tmp_path)
    assert ended.code == 2
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_an_unreachable_server_is_an_error_in_words(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    ended = xinmai("sources", "--db", f"bolt://user:hidden@127.0.0.1:{port}", "--json", cwd=tmp_path)
    assert ended.code == 1
    assert "hidden" not in ended.out + ended.err
    assert "Traceback" not in ended.err


def test_the_whole_store_goes_into_a_directory_with_a_loud_warning(graph: Store, tmp_path: Path) -> None:
    ended = ask_here(graph, tmp_path, "export", "--format", "neo4j-import", "-o", "files")
    assert ended.code == 0
    assert "未打码" in ended.err
    assert ended.document["command"].startswith("neo4j-admin database import full")
    assert PERSON_ID in (tmp_path / "files" / "Subject-1.csv").read_text(encoding="utf-8")
    assert PERSON_ID not in ended.out + ended.err
    again = ask_here(graph, tmp_path, "export", "--format", "neo4j-import", "-o", "files")
    assert (again.code, "不是空的" in again.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ["--format", "graphml"],
        ["--format", "neo4j-import"],
        ["A", "--format", "neo4j-import", "-o", "files"],
        ["--format", "neo4j-import", "-o", "no/such/files"],
    ],
)
def test_an_export_of_nothing_in_particular_writes_nothing(graph: Store, tmp_path: Path, words: list[str]) -> None:
    assert ask_here(graph, tmp_path, "export", *words).code == 2
    assert list(tmp_path.iterdir()) == []

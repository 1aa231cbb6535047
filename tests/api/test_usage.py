"""Help, bad usage and languages: what the command line says before it opens a store."""

from __future__ import annotations

from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage

import pytest

from api.arguments import Command
from api.manual import COMMANDS
from api.parser import parser_of
from api.words import LANGUAGES
from tests.api.running import xinmai

# Commands of the contract that come with later issues: promised by no help text before they work.
LATER: set[str] = set()


def test_the_overview_names_every_command_in_chinese_and_nothing_that_does_not_work(tmp_path: Path) -> None:
    ended = xinmai("--help", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    words = {line.split()[0] for line in ended.out.splitlines() if line.startswith("  ") and line.split()}
    assert set(COMMANDS) <= words
    assert not LATER & words
    assert ended.out.startswith("用法：xinmai")


@pytest.mark.parametrize(("words", "environment"), [(["--lang", "en"], {}), ([], {"XINMAI_LANG": "en_GB.UTF-8"})])
def test_english_on_request(tmp_path: Path, words: list[str], environment: dict[str, str]) -> None:
    ended = xinmai(*words, "exposure", "--help", cwd=tmp_path, **environment)
    assert ended.code == 0
    assert "nearness in the graph" in ended.out.lower()
    assert "关联提示" not in ended.out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_every_command_has_help_of_its_own(command: Command, lang: str) -> None:
    text = " ".join(parser_of(command, lang).format_help().split())
    assert " ".join(command.summary.say(lang).split()) in text
    assert ("--json" in text) is command.json
    assert ("--as-of" in text) is command.reads


@pytest.mark.parametrize(
    "words",
    [
        ["exposure"],
        ["nonsense"],
        ["show", "A", "--nonsense"],
        ["show", "A", "--as-of", "2026-02-30"],
        ["show", "A", "--as-of", "20260201"],
        ["exposure", "A", "--hops", "0"],
        ["exposure", "A", "--hops", "-1"],
        ["load", "x", "--mode", "half"],
        ["template", "other", "-o", "x.xlsx"],
        ["template", "screen"],
        ["--db"],
    ],
)
def test_bad_usage_exits_2_and_is_one_json_document_on_request(tmp_path: Path, words: list[str]) -> None:
    plain, asked = xinmai(*words, cwd=tmp_path), xinmai("--json", *words, cwd=tmp_path)
    assert (plain.code, plain.out) == (2, "")
    assert plain.err.count("\n") == 1
    assert "Traceback" not in plain.err
    assert asked.code == 2
    assert set(asked.document["error"]) == {"message", "file", "line", "value", "remedy"}
    assert list(tmp_path.iterdir()) == []


def test_abbreviated_options_are_not_guessed(tmp_path: Path) -> None:
    assert xinmai("load", ".", "--str", cwd=tmp_path).code == 2


def test_output_is_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    ended = xinmai("nonsense", cwd=tmp_path, LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "没有这个命令" in ended.err


def test_help_is_there_at_once(tmp_path: Path) -> None:
    xinmai("--help", cwd=tmp_path)  # what must be compiled is
    before = getrusage(RUSAGE_CHILDREN)
    xinmai("--help", cwd=tmp_path)
    after = getrusage(RUSAGE_CHILDREN)
    # Of the processor: on a busy machine the clock tells of the others. The bar is 0.5 s, times three.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.5


def test_the_version_is_said(tmp_path: Path) -> None:
    assert xinmai("--version", cwd=tmp_path).out.startswith("xinmai ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ownership"], "缺少参数：SUBJECT"),
        (["bidders", "a.xlsx", "--law", "招标"], "可用：tender, procurement"),
        (["show", "A", "--as-of"], "后面缺少值"),
        (["show", "A", "--nope"], "不认识的参数：--nope"),
        (["propagate", "-o", "a.parquet", "-o", "b.parquet"], "-o/--output：写了两次"),
        (["exposure", "A", "--hops", "3", "--hops", "2"], "--hops：写了两次"),
        (["snapshot", "--db", "a", "--db", "b", "--status", "--again"], "--status 只查看"),
        (
            ["export", "--format", "neo4j-import", "-o", "files", "--as-of", "2026-06-01", "--replay"],
            "不起作用；值：'--as-of --replay'",
        ),
        (["export", "--format", "neo4j-import", "-o", "files", "--hops", "2"], "不起作用；值：'--hops'"),
    ],
)
def test_bad_usage_is_told_in_the_language_asked_for(tmp_path: Path, words: list[str], told: str) -> None:
    ended = xinmai(*words, cwd=tmp_path)
    assert (ended.code, told in ended.err) == (2, True)
    assert list(tmp_path.iterdir()) == []
    english = xinmai("--lang", "en", *words, cwd=tmp_path).err
    assert told not in english

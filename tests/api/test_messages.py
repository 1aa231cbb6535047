"""What the program says when something is wrong, in English: complete, about the same things, and only on request."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api import arguments
from api.access import Access, Door
from api.failures import document, sentence
from api.faults import _FAULTS, answer_errors
from api.jobs.registry import Job, State
from api.messages import BLANK, english, english_value
from api.views.data import load
from api.words import LANGUAGES
from graph.errors import InputError, NotFoundError, XinmaiError
from loaders.ratios import IF_PERCENT, NOT_A_SHARE
from tests.api.running import here, xinmai

ROOT = Path(arguments.__file__).parent.parent
CODE = sorted(path for name in ("graph", "loaders", "queries", "api", "viz") for path in (ROOT / name).rglob("*.py"))
CHINESE = re.compile("[\u3400-\u9fff\uff01-\uff5e、。]")
QUOTED = re.compile("“[^”]*”")  # a name of theirs, such as that of a column
READ: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "api" / "messages.yaml").read_text(encoding="utf-8"))
VALUES: dict[str, dict[str, str]] = READ["values"]
SECTIONS: dict[str, dict[str, str]] = {
    **{section: texts for section, texts in READ.items() if section != "values"},
    **{f"values: {message}": texts for message, texts in VALUES.items()},
}
# Said nowhere in one piece.
COMPOSED = {
    *(f"参数 {{0}} {message}" for kind, (message, _) in _FAULTS.items() if kind != "json_invalid"),
    "参数 {0} 无效",
    NOT_A_SHARE + IF_PERCENT,
    "已载入的来源：（无）",
}


def plain(text: str) -> str:
    """A text of the file as the code has it: blanks without their kinds."""
    return BLANK.sub(r"{\1}", text)


KNOWN = {plain(text) for texts in SECTIONS.values() for text in texts}


def template(node: ast.expr) -> str | None:
    """A text with numbered blanks for what is not said literally; None for what is no text."""
    pieces = list(pieces_of(node))
    if not any(isinstance(piece, str) for piece in pieces):
        return None
    numbers = iter(range(len(pieces)))
    return "".join(piece if isinstance(piece, str) else f"{{{next(numbers)}}}" for piece in pieces)


def pieces_of(node: ast.expr) -> Iterator[str | None]:
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            for value in node.values:
                yield str(value.value) if isinstance(value, ast.Constant) else None
        case ast.BinOp(op=ast.Add()):
            yield from pieces_of(node.left)
            yield from pieces_of(node.right)
        case _:
            yield None


def texts_of(node: ast.expr) -> Iterator[str]:
    """The Chinese texts an expression may become."""
    match node:
        case ast.IfExp():
            yield from (*texts_of(node.body), *texts_of(node.orelse))
        case ast.BoolOp():
            for value in node.values:
                yield from texts_of(value)
        case _:
            text = template(node)
            if text and CHINESE.search(text):
                yield text


def raised(tree: ast.AST) -> Iterator[str]:
    """Every Chinese text handed to what is called an error."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if str(name).endswith("Error"):
                for given in (*call.args, *(keyword.value for keyword in call.keywords)):
                    yield from texts_of(given)


def every(tree: ast.AST) -> Iterator[str]:
    """Every text there is in a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.expr) and (text := template(node)):
            yield text


TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in CODE}
SAID = sorted({(text, path.relative_to(ROOT).as_posix()) for path, tree in TREES.items() for text in raised(tree)})


def test_every_text_of_an_error_has_its_english() -> None:
    assert len(SAID) > 300
    assert [(where, text) for text, where in SAID if text not in KNOWN] == []


def test_no_text_of_the_file_is_said_nowhere() -> None:
    nominees = yaml.safe_load((ROOT / "loaders" / "nominees.yaml").read_text(encoding="utf-8"))
    reasons = {row["reason"] for row in nominees}  # they come out in a warning
    assert KNOWN - {text for tree in TREES.values() for text in every(tree)} - reasons == COMPOSED
    assert reasons <= KNOWN
    assert set(VALUES) <= set(SECTIONS["texts"])


@pytest.mark.parametrize("section", SECTIONS)
def test_the_english_has_the_same_blanks_and_no_chinese(section: str) -> None:
    for chinese, said in SECTIONS[section].items():
        assert sorted(name for name, _ in BLANK.findall(chinese)) == sorted(name for name, _ in BLANK.findall(said))
        assert not BLANK.search(said) or not any(kind for _, kind in BLANK.findall(said)), said
        assert said, chinese
        assert not CHINESE.search(QUOTED.sub("", said)), said


def test_blanks_are_filled_and_what_fills_them_is_said_in_english_too() -> None:
    assert english("规则 R05：trigger.lists：须为其中之一：a、b") == "rule R05: trigger.lists: must be one of: a, b"
    assert english("keeps 第 3 行：未知的关系 X") == "keeps, row 3: unknown relation X"
    assert english("--hops 超出范围") == "--hops is out of range"
    assert english_value("拒绝 1,200 行", "没有一行可以载入") == "1,200 rows rejected"


def test_a_rejected_row_and_a_warning_have_their_english() -> None:
    assert english("since='去年' 不是有效日期") == "since='去年': not a valid date"
    assert english("a.csv 任职重复，已合并：2 行（如 a.csv:3、a.csv:7）") == (
        "a.csv posts come twice and were merged: 2 rows (such as a.csv:3、a.csv:7)"
    )
    note = "没有名称或号码；号码：公式没有保存计算结果，请在表格软件中打开并保存后再试"
    assert english(note).startswith("no name or number; 号码: the formula was saved without its result")
    assert english("编号 A 已属于另一主体 B（名称不同：甲），请改用不同的编号") == (
        "id A belongs to another subject B (another name: 甲); use a different id"
    )


def test_a_load_tells_them_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    row = {"file": "s.csv", "line": 2, "reason": "缺少编号", "row": "x"}
    counts: dict[str, int] = dict.fromkeys(("added", "changed", "unchanged", "ended"), 0)
    tally = {
        **{name: counts for name in ("subjects", "relations", "listings")},
        **{"source": "s", "mode": "full", "snapshot": "2026-01-01", "seconds": 0.1},
        **{"rejected_total": 1, "rejected": [row], "warnings": ["2 行关系与前文完全相同，已略去"]},
    }
    load({"loads": [tally], "rejects_file": "r.csv"}, "en")
    told = capsys.readouterr().out
    assert "s: 2 rows of relations are the same" in told
    assert "no id" in told
    assert not CHINESE.search(told)
    load({"loads": [tally], "rejects_file": "r.csv"}, "zh")
    told = capsys.readouterr().out
    assert "s：2 行关系与前文完全相同，已略去" in told
    assert "缺少编号" in told


def test_what_is_not_ours_stays_as_it_is() -> None:
    for text in ("乌有市甲木有限公司", "甲：乙：丙", "plain", "", "多行\n文字"):
        assert (english(text), english_value(text, "数据超过 9 行")) == (text, text)
    assert english_value("好 行", "数据超过 9 行") == "好 行"
    assert english_value("3 行", "数据超过 9 行") == "3 rows"
    assert english_value("3 行", "没有这种列") == "3 行"  # what a user called a column


def test_an_error_in_english_says_where_what_and_what_to_do() -> None:
    error = InputError("不是有效日期", "甲.csv", 3, "13800138000", "写成 YYYY-MM-DD")
    told = "甲.csv:3: not a valid date; value: '138******00'; what to do: write YYYY-MM-DD"
    assert sentence(error, "en") == told
    assert sentence(replace(error, value="x")) == "甲.csv:3: 不是有效日期；值：'x'；处理办法：写成 YYYY-MM-DD"
    inside = document(error, "en")["error"]
    assert inside == {
        "message": "not a valid date",
        "file": "甲.csv",
        "line": 3,
        "value": "138******00",
        "remedy": "write YYYY-MM-DD",
    }
    assert document(error)["error"] == {**inside, "message": "不是有效日期", "remedy": "写成 YYYY-MM-DD"}


def test_candidates_are_listed_in_english() -> None:
    two = NotFoundError("甲", ({"id": "A", "name": "甲公司"}, {"id": "B", "name": "甲厂"}))
    told = '"甲" fits 2 subjects; name one by id or unified social credit code: A 甲公司; B 甲厂'
    assert (sentence(two, "en"), document(two, "en")["error"]["candidates"]) == (told, list(two.candidates))
    assert sentence(NotFoundError("无"), "en").startswith("no such subject: 无; use its id")
    number = NotFoundError("11010119900307001X")
    assert not CHINESE.search(document(number, "en")["error"]["message"] + sentence(number, "en"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--since-last", "gone.json"), "gone.json: the last result file was not found; what to do: give the .json"),
        (("--as-of", "2026-13-01"), "bad usage; value: \"argument --as-of: '2026-13-01' is not a date YYYY-MM-DD\""),
        (("--since-last", "a.json", "--since-last", "b.json"), "argument --since-last: given twice"),
    ],
)
def test_the_command_line_says_it_in_english_on_request_only(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    asked = ("screen", "list.csv", "--scenario", "procurement", "-o", "out.json", *words)
    ended = here("--lang", "en", *asked, cwd=tmp_path)
    assert (ended.code, CHINESE.findall(ended.err)) == (2, [])
    assert said in ended.err
    in_chinese = here(*asked, cwd=tmp_path)
    assert in_chinese.code == 2
    assert CHINESE.search(in_chinese.err)


def test_with_json_the_document_is_in_the_same_language(tmp_path: Path) -> None:
    ended = xinmai("load", "gone", "--strict", "--json", "--mode", "no", cwd=tmp_path, XINMAI_LANG="en")
    assert ended.document["error"]["message"] == "bad usage"
    assert not CHINESE.search(ended.out + ended.err)


@pytest.fixture(scope="module")
def client() -> TestClient:
    """A service of one route, which fails; behind the door."""
    app = FastAPI()

    @app.get("/fails")
    def fails(hops: int = 1) -> None:
        raise NotFoundError("甲") if hops == 1 else InputError("--hops 超出范围", value=str(hops), remedy="1 至 6")

    answer_errors(app)
    app.add_middleware(Door, access=Access.of("t"))
    return TestClient(app, base_url="http://127.0.0.1", headers={"authorization": "Bearer t"})


@pytest.mark.parametrize(
    ("query", "accepted", "lang"),
    [
        ("", "", "zh"),
        ("", "zh-CN,en;q=0.5", "zh"),
        ("", "de, en;q=0.5", "zh"),
        ("", "en-GB,en;q=0.9", "en"),
        ("lang=en", "zh-CN", "en"),
        ("lang=zh-CN", "en", "zh"),
    ],
)
def test_over_http_the_language_is_that_of_the_request(
    client: TestClient, query: str, accepted: str, lang: str
) -> None:
    for path in ("/fails?", "/fails?hops=9&", "/fails?hops=x&", "/nowhere?"):
        told = client.get(f"{path}{query}", headers={"accept-language": accepted}).json()["error"]
        assert set(told) - {"candidates"} == {"message", "file", "line", "value", "remedy"}
        assert bool(CHINESE.search(told["remedy"] + told["message"].replace("甲", ""))) is (lang == "zh"), told
    out = client.get(f"/fails?{query}", headers={"accept-language": accepted, "authorization": ""})
    assert out.status_code == 401
    assert bool(CHINESE.search(out.text)) is (lang == "zh")


def test_a_job_tells_its_error_in_the_language_of_whoever_looks(tmp_path: Path) -> None:
    error = XinmaiError("内部错误，详情见服务日志")
    job = Job(
        "j",
        "me",
        "screen",
        {},
        tmp_path,
        "2026-06-01T00:00:00+08:00",
        State.FAILED,
        error={lang: document(error, lang)["error"] for lang in LANGUAGES},
    )
    assert job.to_json()["error"] == document(error)["error"]
    assert job.to_json("en")["error"] == document(error, "en")["error"] != document(error)["error"]

"""Errors in English repeat what users gave: masked, unaltered, never taken for words of ours, and in good time."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from api.failures import document, sentence
from api.faults import fault
from api.jobs import registry
from api.jobs.outcome import Page
from api.jobs.registry import Job, Jobs, State, Work
from api.jobs.screened import Screened
from api.jobs.sheets import GoneError, Kept, to_json
from api.messages import BLANK, Template, english, english_value
from api.parser import Parser
from api.routes.jobs import result
from graph.errors import InputError, NotFoundError, XinmaiError
from graph.mask import scrub
from loaders.ratios import SHARES, faults
from loaders.sheet import look
from tests.api.test_messages import CHINESE, SECTIONS

# Numbers of nobody: region 999999.
NUMBER = "999999199003070012"
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
FORMS = (
    NUMBER,
    f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}",
    f"{NUMBER[:6]}-{NUMBER[6:14]}-{NUMBER[14:]}",
    NUMBER.translate(WIDE),
    f"{NUMBER[:6]}　{NUMBER[6:14]}　{NUMBER[14:]}".translate(WIDE),
    "999999900307001",
    "999999900307001".translate(WIDE),
)


def digits(text: str) -> int:
    return sum(sign.isdigit() for sign in unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("number", FORMS)
@pytest.mark.parametrize("before", [62, 68, 76, 79])
def test_a_number_is_masked_before_what_was_given_is_cut(number: str, before: int) -> None:
    given = "甲" * before + " " + number
    refused = fault({"type": "extra_forbidden", "loc": ("body", given), "input": given})
    for error in (InputError("没有这种列", value=given), refused):
        for lang in ("zh", "en"):
            assert digits(sentence(error, lang)) <= 2 * digits(scrub(number))
    assert digits(str(InputError("没有这种列", value=given))) <= digits(scrub(number))


@pytest.mark.parametrize("number", FORMS)
def test_a_number_is_masked_before_it_is_said_in_english(number: str) -> None:
    assert digits(scrub(number)) == 8
    for text in filter(BLANK.search, SECTIONS["texts"]):
        message = BLANK.sub(lambda blank: "7" if blank[2] == "n" else repr(number) if blank[2] == "q" else number, text)
        own = digits(BLANK.sub("", SECTIONS["texts"][text])) - digits(BLANK.sub("", text))
        for told in (english(message), english_value(message, "没有这种列")):
            assert digits(told) <= digits(scrub(message)) + max(own, 0), told
    assert english(f"参数 {number} 太长") == f"parameter {scrub(number)}: too long"
    assert english(f"主体不存在：{number}") == f"no such subject: {scrub(number)}"
    assert english(f"规则 R05：{number}：须为文字") == f"rule R05: {scrub(number)}: must be text"
    error = InputError(f"没有名为“{number}”的列", f"{number}.csv", 3, number, f"补上“{number}”列")
    for one in (
        error,
        NotFoundError(number),
        NotFoundError(number, ({"id": "A", "name": number},)),
        GoneError(number),
    ):
        assert digits(sentence(one, "en")) <= digits(sentence(one))
        en, zh = document(one, "en")["error"], document(one)["error"]
        assert all(digits(en[part]) <= digits(zh[part]) for part in ("message", "value", "remedy"))


def seconds(told: Any) -> float:
    begun = time.process_time()
    told()
    return time.process_time() - begun


@pytest.mark.parametrize("n", [900, 6_000, 33_000])
def test_no_text_takes_longer_than_it_is_long(n: int) -> None:
    worst = '" 行），不知是比例还是百分数' + "=" * n + " 与百分数并列（见第 " * n
    given = {"type": "extra_forbidden", "loc": ("body", worst), "input": worst}
    error = fault(given)
    assert error.message == f"参数 {worst[:80]} 不认识这个字段"
    assert seconds(lambda: document(fault(given), "en")) < 0.9
    assert seconds(lambda: english(worst)) < 0.9
    assert english(worst) == worst
    for part in ("：", "重复，已合并", "；：组织", "=' ", "keeps 第 1 行：", "规则 X：", "“”、"):
        text = (part * 1_000)[:1_000]
        assert seconds(lambda text=text: english(text)) < 0.9


def test_texts_inside_each_other_end() -> None:
    assert english("甲" + "：" * 600) == "甲" + "：" * 600
    assert english("规则 R" + "：x" * 99 + "：须为文字").startswith("rule R: x: x")
    assert english("重复，已合并" * 150).endswith("come twice and were merged")


def test_between_two_blanks_stands_something() -> None:
    texts = [text for texts in SECTIONS.values() for text in texts]
    assert all(all(Template(text, "").runs[1:-1]) for text in texts)


@pytest.mark.parametrize("broken", [RecursionError, KeyError])
def test_a_job_ends_although_its_error_cannot_be_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: type[Exception]
) -> None:
    def fails(error: XinmaiError, lang: str = "zh") -> dict[str, Any]:
        if lang == "en":
            raise broken
        return document(error, lang)

    def prepare(folder: Path) -> Work:
        def work(job: Job) -> Any:
            raise InputError("表格里没有内容", remedy="检查是否选错文件")

        return work

    monkeypatch.setattr(registry, "document", fails)
    jobs = Jobs(tmp_path)
    job = jobs.submit("me", "screen", {}, prepare)
    jobs._futures[job.id].result(10)
    jobs.close()
    assert job.state is State.FAILED
    assert job.to_json("en")["error"] == job.to_json()["error"]
    assert job.to_json()["error"]["message"] == "表格里没有内容"


@pytest.mark.parametrize("asked", ["文件不存在", "3 行", "组织", "甲：乙", "无；x"])
def test_what_was_asked_for_is_never_said_in_english(asked: str) -> None:
    told = document(NotFoundError(asked, ({"id": "A", "name": "组织"}, {"id": "B", "name": "甲；乙、丙"})), "en")[
        "error"
    ]
    assert told["value"] == asked
    assert told["message"] == (
        f'"{asked}" fits 2 subjects; name one by id or unified social credit code: A 组织; B 甲；乙、丙'
    )
    assert document(NotFoundError(asked), "en")["error"]["message"].startswith(f"no such subject: {asked}; use its id")
    gone = document(GoneError(asked), "en")["error"]
    assert (gone["value"], gone["message"][: 22 + len(asked)]) == (asked, f"no such file or job: {asked};")
    assert document(GoneError("第 3 行"), "en")["error"]["value"] == "row 3"
    assert sentence(GoneError("第 3 行"), "en").startswith("no such file or job: row 3;")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("没有名为“组织”的列", 'no column named "组织"'),
        ("未读取的列：组织、甲、乙", "columns not read: 组织、甲、乙"),
        ("已载入的来源：组织", "sources loaded: 组织"),
        ("已载入的来源：甲；乙、丙", "sources loaded: 甲；乙、丙"),
        ("来源 组织 的本次数据比已载入的少 2 条（共 9 条有效记录）", "source 组织 now has 2 records fewer"),
        ("规则 R05：组织：须为文字", "rule R05: 组织: must be text"),
        ("没有名称或号码；组织：单元格是错误值 #N/A", "no name or number; 组织: the cell holds the error value #N/A"),
        ("a.csv：不属于名单的记录未载入（组织 3 行、甲 4 行）", "a.csv: records of no list were not loaded (组织 3 r"),
        ("a.csv：不属于名单的记录未载入（甲、乙 3 行）", "a.csv: records of no list were not loaded (甲、乙 3 行)"),
        ("列错位：“所在省份”不是省份：5 行（如 a.csv:3）", "shifted columns: “所在省份” is not a province: 5 rows"),
        ("SHAREHOLDER 的起点不能是组织：组织", "SHAREHOLDER: the source cannot be an organisation: 组织"),
        ("参数 body.a b 应为 JSON 对象", "parameter body.a b: must be a JSON object"),
        ("投标人比对：laws：须为键值表", "comparison of bidders: laws: must be a mapping"),
        ("亲属 spouse：同一称谓出现两次", "relatives spouse: the same term comes twice"),
        ("这不是名单", "this file is not a list"),
        ("守信名单和行政许可不传导", "commendation lists and permits pass nothing on"),
    ],
)  # fmt: skip
def test_only_words_of_ours_are_said_in_english(text: str, said: str) -> None:
    assert english(text).startswith(said)


def test_the_reasons_against_shares_are_english_throughout() -> None:
    rows = [("5", "a.csv:2"), ("0.5", "a.csv:3"), ("-1", "a.csv:4"), ("60", "a.csv:5"), ("40%", "a.csv:6")]
    frame = pd.DataFrame([dict.fromkeys(SHARES, "") | {"ratio": r, "record": at, "target": "B"} for r, at in rows])
    bounds = pd.DataFrame(
        [{**dict.fromkeys(SHARES, ""), "ratio": "0.5", "ratio_min": "0.6", "record": "b.csv:2", "target": "C"}]
    )
    reasons = [*faults(frame), *faults(bounds)]
    assert len([reason for reason in reasons if reason]) == 6
    assert [english(reason) for reason in reasons if CHINESE.search(english(reason))] == []
    assert english(reasons[0]) == "ratio='5': must be a number between 0 and 1; divide percentages by 100"


def test_what_an_upload_tells_is_in_the_language_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("企业名称,组织\n甲公司,x\n,y\n", encoding="utf-8")
    kept = Kept("1", "me", "a.csv", path, 0.0, look(path))
    zh, en = to_json(kept), to_json(kept, "en")
    assert (zh["warnings"], en["warnings"]) == (["未读取的列：组织"], ["columns not read: 组织"])
    assert [(row["row"], row["reason"]) for row in zh["rejected"]] == [(3, "没有名称或号码")]
    assert en == {**zh, "warnings": en["warnings"], "rejected": [{"row": 3, "reason": "no name or number"}]}


def test_the_command_line_leaves_what_was_typed() -> None:
    with pytest.raises(InputError) as refused:
        Parser("en").parse_args(["文件不存在"])
    assert refused.value.value == "unrecognized arguments: 文件不存在"


def test_a_result_is_kept_in_chinese_and_told_in_the_language_asked_for(tmp_path: Path) -> None:
    kept: dict[str, Any] = {
        "scenario": "general", "as_of": "2026-01-01", "rules": None, "policy": "1", "data": [], "results": [],
        "rejected": [{"row": 3, "reason": "内容超过 9 字：组织"}],
        "not_crossed": [], "not_checked": [], "complete": True,
    }  # fmt: skip
    done = Screened(kept, tmp_path)
    job = Job("j", "me", "screen", {}, tmp_path, "2026-06-01T00:00:00+08:00", State.DONE, outcome=done)
    zh, en, again = (result(job, done, Page(), lang) for lang in ("zh", "en", "zh"))
    assert zh == again == {**en, "rejected": kept["rejected"]}
    assert en["rejected"] == [{"row": 3, "reason": "more than 9 characters in: 组织"}]

"""The report as PDF: real text in a Chinese font, its number on every page, texts never markup, nothing personal."""

from __future__ import annotations

import re

import pytest

from graph.errors import InputError
from tests.viz import cases
from tests.viz.cases import ASKED, data, listing, subject
from tests.viz.owned import answer
from tests.viz.pages import full_number, hostile
from tests.viz.pdf_text import pages, streams
from viz import report, typeset
from viz.paper import Block, Facts, Grid, Heading, Paper, Words, numbered
from viz.report_identity import identity

MARKUP = '#panic("x") $x^2$ \\ @ref [*x*] _y_ <label> `raw` // /* = 标题 - 项 #set page(fill: red) "'


def text(pdf: bytes) -> str:
    return "".join("".join(pages(pdf)).split())


def test_its_text_can_be_selected_and_its_pictures_are_vectors() -> None:
    pdf = report.pdf(data(ownership=answer()))
    told = text(pdf)
    for words in (
        "信用关联网络报告",
        "青川鑫达商贸有限公司",
        "张明远是青川宏远建设工程有限公司的法定代表人（2019-03-01起；",
        "1.2张明远持有青川鑫达商贸有限公司的股权（比例60%",
        "关联提示，不构成失信惩戒依据",
        "三、关系图",
        "四、股权与控制",
        "最终控制人（国家除外）：青川城投集团有限公司。",
        "合计24%",  # in the tree
    ):
        assert "".join(words.split()) in told, words
    assert b"/Subtype/Image" not in pdf.replace(b" ", b"")
    assert b"/Outlines" in pdf or any(b"/Outlines" in body for body in streams(pdf))


def test_every_page_says_which_report_it_is() -> None:
    given = data(relations=cases.crowd(120), ownership=answer(), stamp="0123456789abcdef", rules_version="2026-11-22")
    known, found = identity(given), pages(report.pdf(given))
    assert len(found) > 5
    for i, page in enumerate(found, 1):
        told = "".join(page.split())
        for part in (known.number, known.sha256, "基准日2025-07-01", "0123456789abcdef", "2026-11-22", "2026.1"):
            assert part in told, (i, part)
        assert f"第{i}页共{len(found)}页" in told


def test_equal_input_gives_an_equal_file() -> None:
    assert report.pdf(data()) == report.pdf(data())


def test_texts_are_never_markup() -> None:
    name = subject("X", MARKUP)
    told = data(
        subject={**ASKED, "name": MARKUP}, relations=[cases.relation("DIRECTOR", name, ASKED, name, title=MARKUP)]
    )
    assert "".join(MARKUP.split()) in text(report.pdf(told))


@pytest.mark.parametrize("payload", [*cases.HOSTILE[:1], "".join(cases.HOSTILE), MARKUP, "甲\x00\x07\ud800乙\ufffe"])
def test_hostile_texts_everywhere_do_no_harm(payload: str) -> None:
    pdf = report.pdf(hostile(payload))
    for forbidden in (b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/OpenAction"):
        assert not any(forbidden in body for body in (re.sub(rb"stream.*?endstream", b"", pdf, flags=re.DOTALL),))


def test_no_personal_number_is_in_it() -> None:
    number, phone = full_number(), "13912345678"
    entry = listing("L1", "SXBZXR", reason=f"身份证 {number}，电话 {phone}")
    pdf = report.pdf(data(listed=[entry], subject={**ASKED, "name": f"张三{number}"}))
    assert number not in text(pdf)
    assert phone not in text(pdf)
    assert not any(number.encode() in body or phone.encode() in body for body in (pdf, *streams(pdf)))


def test_heads_of_a_long_table_are_repeated_and_long_words_wrap() -> None:
    rows = tuple((f"青川市第{i}建筑安装工程有限公司" * 3, "registry_officers" * 12) for i in range(60))
    paper = Paper("题", "副题", ("左", "右"), ("脚",), (Grid(("名称甲", "记录乙"), rows, "表"),))
    found = pages(typeset.pdf(paper))
    assert len(found) > 3
    assert all("名称甲" in page and "记录乙" in page for page in found)
    assert text(typeset.pdf(paper)).count("registry_officers" * 12) == 60


def test_headings_are_numbered() -> None:
    blocks: tuple[Block, ...] = (
        Heading("甲"),
        Heading("乙", 2),
        Words("丙"),
        Heading("丁", 2),
        *(Heading(f"{i}") for i in range(11)),
    )
    found = [one.number for one in numbered(blocks) if isinstance(one, Heading)]
    assert found[:4] == ["一、", "（一）", "（二）", "二、"]
    assert found[-1] == "十二、"
    assert [one.number for one in numbered(blocks, english=True) if isinstance(one, Heading)][:3] == ["1", "1.1", "1.2"]
    assert typeset.pdf(Paper("T", "", ("", ""), (), (Facts((("a", "b"), ("c", "d"), ("e", "f"))),), locale="en"))


@pytest.mark.parametrize(
    ("families", "chosen"),
    [
        (["Arial", "Noto Sans CJK SC", "Noto Serif CJK SC"], ("Noto Serif CJK SC", "Noto Sans CJK SC")),
        (["SimSun", "SimHei", "Microsoft YaHei"], ("SimSun", "Microsoft YaHei")),
        (["WenQuanYi Zen Hei"], ("WenQuanYi Zen Hei", "WenQuanYi Zen Hei")),
    ],
)
def test_a_chinese_font_is_found(families: list[str], chosen: tuple[str, str]) -> None:
    assert typeset.chosen(families) == chosen


def test_without_a_chinese_font_it_says_what_to_install() -> None:
    with pytest.raises(InputError, match="fonts-noto-cjk"):
        typeset.chosen(["DejaVu Sans", "Noto Sans CJK JP"])

"""A screening and a comparison of bidders as PDF: real text, who asked and when on every page, texts never markup."""

from __future__ import annotations

from typing import Any

from tests.viz import test_bidders_words as bids
from tests.viz.pdf_text import pages
from tests.viz.test_report_pdf import MARKUP
from tests.viz.test_screening import ATTACKS, ID, alert, finding, result, screening, subject
from viz import bidders, screening_paper
from viz.bidders_paper import paper as bidders_paper
from viz.paper import Entry, Grid
from viz.screening import as_pdf
from viz.screening_paper import paper


def text(pdf: bytes) -> str:
    return "".join("".join(pages(pdf)).split())


def test_every_page_says_which_job_which_day_and_which_versions() -> None:
    rows = [result(n, "blocked", finding(effect="block")) for n in range(2, 40)]
    told = pages(as_pdf(screening(*rows, rules="R-9"), "job-4711"))
    assert len(told) > 2
    for number, page in enumerate(told, start=1):
        bare = "".join(page.split())
        for words in ("job-4711", "2026-06-01", "R-9", f"第{number}页共{len(told)}页", "不构成失信惩戒依据"):
            assert words in bare


def test_hundreds_of_rows_and_lots_are_typeset_and_what_is_beyond_is_counted() -> None:
    rows = [result(n, "review", finding(effect="review")) for n in range(2, screening_paper.DETAILED + 5)]
    told = text(as_pdf(screening(*rows)))
    assert f"第{screening_paper.DETAILED + 1}行" in told
    assert "另有3行的理由" in told


def test_what_was_not_checked_stands_first_and_reasons_only_for_what_is_held() -> None:
    answer = screening(
        result(2, "blocked", finding(effect="block", text="重大事项")),
        result(3, "notice", finding(text="小事一桩")),
        not_checked=[{"list": "SXBZXR", "why": "not_loaded", "as_of": None}],
    )
    told = text(as_pdf(answer))
    assert told.index("名单未接入") < told.index("应予限制")
    assert "重大事项" in told
    assert "小事一桩" not in told
    assert "救济途径" in told


def test_an_alert_never_goes_without_its_sentence() -> None:
    entries = [b for b in paper(screening(result(2, "review", alert()))).blocks if isinstance(b, Entry)]
    assert [entry.alert for entry in entries] == ["关联提示，不构成失信惩戒依据"]


def test_texts_are_no_markup_and_numbers_stay_masked() -> None:
    for attack in (MARKUP, *ATTACKS):
        named = subject(f"{attack} {ID} 公司")
        row = result(2, "blocked", finding(effect="block", text=f"{attack} {ID}", target=named), query={"name": attack})
        told = text(as_pdf(screening(row), attack))
        assert ID not in told
        assert "一、结果" in told


def test_what_is_left_out_is_counted() -> None:
    many = [finding(effect="block", text=f"第{n}项") for n in range(screening_paper.FINDINGS + 3)]
    told = text(as_pdf(screening(result(2, "blocked", *many))))
    assert "另有3条" in told


def test_bidders_on_paper_say_what_joins_a_pair() -> None:
    answer = bids.answer([bids.pair(1, 2, "prohibited"), bids.pair(1, 3, "none"), bids.pair(2, 3, "none")], [])
    told = text(bidders.as_pdf(answer, "job-1"))
    assert "job-1" in told
    assert "禁止" in told
    assert all(entry.sentences for entry in bidders_paper(answer).blocks if isinstance(entry, Entry))


def test_long_tables_say_what_they_leave_out() -> None:
    more = screening_paper.TABLED + 7
    nobody: dict[str, Any] = {"subject": None, "level": "NONE", "candidates": [], "warnings": []}
    flagged = [result(n, "review", finding(effect="review")) for n in range(more)]
    notes = [b.note for b in paper(screening(*flagged)).blocks if isinstance(b, Grid)]
    assert notes[0] == "名单较长，此处只列应予限制和需复核的行；另有 7 行，其中需复核 7 行，见工作簿。"
    rejected = [{"row": n, "reason": "没有名称或号码"} for n in range(more)]
    open_rows = [result(n, "unmatched", match=nobody) for n in range(more)]
    told = {b.heads[0]: b.note for b in paper(screening(*open_rows, rejected=rejected)).blocks if isinstance(b, Grid)}
    assert told["行号"] == "另有 7 行，见工作簿。"
    assert told["事项"] == "另有 9 行，见工作簿。"
    assert all(not b.note for b in paper(screening(result(2, "review", finding()))).blocks if isinstance(b, Grid))

"""The report in Chromium: opened from a file, without a network, with hostile texts, on paper."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page

from tests.viz import cases
from tests.viz.cases import ASKED, data, relation
from tests.viz.owned import answer
from tests.viz.pages import hostile
from tests.viz.pdf_text import pages
from viz import report
from viz.report_identity import identity

pytestmark = pytest.mark.browser
BAR_SECONDS = 2.0
STICKING_OUT = """() => [...document.querySelectorAll('figure g')].flatMap((card) => {
    const { x, y, width, height } = card.querySelector('.o').getBBox();
    const inside = (box) => box.x >= x && box.x + box.width <= x + width
        && box.y >= y - 1 && box.y + box.height <= y + height + 1;
    return [...card.querySelectorAll('.n, .t, .y, .x')].filter((text) => !inside(text.getBBox()))
        .map((text) => text.textContent);
})"""
CLICK_ALL = """() => document.querySelectorAll('tr[data-key], [data-show], #fit, #in, #out, #chain')
    .forEach((found) => found.click())"""
SLACK = 3  # timing checks allow three times the bar: the machine is shared


def opened(page: Page, folder: Path, given: report.ReportData) -> Page:
    """The report, written and opened from its file, with every network request refused."""
    report.write(given, folder / "report.html")
    page.context.set_offline(True)
    page.goto((folder / "report.html").as_uri())
    page.wait_for_function("document.documentElement.dataset.drawn")
    return page


def state(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate("__report.state()")
    return found


def point(page: Page, key: str) -> tuple[float, float]:
    page.locator("#canvas").scroll_into_view_if_needed()
    at = page.evaluate("key => __report.at(key)", key)
    return at["x"], at["y"]


def test_it_opens_offline_and_shows_the_whole_case(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data())
    assert state(page)["nodes"] == 3
    assert page.locator("figure svg").is_hidden()  # the canvas stands for it
    assert page.locator("h1").inner_text() == "青川宏远建设工程有限公司"
    assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith('"Noto Sans CJK SC"')


def everything(page: Page) -> None:
    """Hover and click every card, every line, every row and every button."""
    for key in page.evaluate("[...Array(__report.state().nodes).keys()].map((i) => 'n' + i)"):
        x, y = point(page, key)
        page.mouse.move(x, y)
        page.wait_for_timeout(260)  # the tooltip comes after 200 ms
        page.mouse.click(x, y)
    for i in range(state(page)["edges"]):
        at = page.evaluate("id => __report.middle(id)", f"e{i}")
        page.mouse.move(at["x"], at["y"])
        page.mouse.click(at["x"], at["y"])
    page.evaluate(CLICK_ALL)
    with page.expect_download():
        page.locator("#save").click()
    page.keyboard.press("Escape")


def crowd_of_hostiles() -> report.ReportData:
    """One neighbour a payload, with it in every text of subject and relation, around a subject with all of them."""
    every = hostile("".join(cases.HOSTILE))
    relations = []
    for i, payload in enumerate(cases.HOSTILE):
        other = {**cases.subject(f"{i}{payload}", payload), "status": payload, "uscc": payload}
        told = dict.fromkeys(("title", "since", "until", "seen_on", "record"), payload)
        relations.append({**cases.edge("DIRECTOR", other, dict(every.subject)), **told, "other": other})
    return replace(every, relations=[*every.relations, *relations])


@pytest.mark.parametrize("given", [hostile(cases.HOSTILE[0]), hostile(cases.HOSTILE[1]), crowd_of_hostiles()])
def test_hostile_texts_do_not_run(chromium_page: Page, tmp_path: Path, given: report.ReportData) -> None:
    page = opened(chromium_page, tmp_path, given)
    everything(page)
    assert page.evaluate("window.__xss") is None
    assert page.evaluate("document.querySelectorAll('img, iframe, a, base, object, embed, form').length") == 0
    assert page.url.startswith("file:")
    assert page.locator("h1").is_visible()


def test_a_script_smuggled_into_the_file_is_stopped_by_the_policy(chromium: Browser, tmp_path: Path) -> None:
    html = report.html(data()).replace(
        "</body>", "<script>window.__xss=1</script><img src=x onerror=window.__xss=2></body>"
    )
    (tmp_path / "x.html").write_text(html, encoding="utf-8")
    page = chromium.new_page()
    page.goto((tmp_path / "x.html").as_uri())
    page.wait_for_timeout(200)
    assert page.evaluate("window.__xss") is None
    page.close()


def test_a_card_tells_its_evidence(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data())
    page.mouse.click(*point(page, "n1"))
    told = state(page)["panel"]
    assert "张明远 是 青川宏远建设工程有限公司 的法定代表人（2019-03-01 起；记录 officers.csv:12）" in told
    assert not re.search("张明远 在列", told)
    page.keyboard.press("Escape")
    assert state(page)["panel"] is None


def test_a_line_tells_its_evidence(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data())
    page.locator("#canvas").scroll_into_view_if_needed()
    at = page.evaluate("__report.middle('e0')")
    page.mouse.click(at["x"], at["y"])
    assert "officers.csv:12" in state(page)["panel"]


def test_a_finding_is_shown_in_the_picture(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data(relations=cases.crowd(20)))
    page.locator("[data-show]").first.click()
    assert {"n0", "n1", "n2"} <= set(state(page)["lit"])
    assert "n5" not in state(page)["lit"]


def test_a_table_row_leads_to_its_card(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data())
    page.locator(".tab-subjects tr[data-key]").nth(2).click()
    assert "青川鑫达商贸有限公司" in state(page)["panel"]


def test_a_moved_card_takes_its_lines_along(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data())
    x, y = point(page, "n1")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 70, steps=4)
    page.mouse.up()
    moved = point(page, "n1")
    assert abs(moved[0] - x - 40) < 3
    assert abs(moved[1] - y - 70) < 3
    at = page.evaluate("__report.middle('e0')")
    page.mouse.click(at["x"], at["y"])
    assert "officers.csv:12" in (state(page)["panel"] or "")


def test_three_hundred_cards_are_drawn_in_time(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data(relations=cases.crowd(297)))
    assert state(page)["nodes"] == 300
    seconds: list[float] = []
    while not seconds or (min(seconds) > BAR_SECONDS * SLACK and len(seconds) < 4):  # a shared machine has slow moments
        page.reload()
        page.wait_for_function("document.documentElement.dataset.drawn")
        seconds.append(float(page.evaluate("document.documentElement.dataset.drawn")) / 1000)
    assert min(seconds) <= BAR_SECONDS * SLACK
    assert (tmp_path / "report.html").stat().st_size <= 1_000_000


def test_texts_fit_their_cards(chromium_page: Page, tmp_path: Path) -> None:
    names = [
        "Orient Star Engineering (Singapore) Pte. Ltd.",
        "WWWWWWWWWWMMMMMMMMMM GmbH",
        "青川城乡产业引导基金合伙企业（有限合伙）",
        "ﾊﾝｶｸ" * 9,
        "很长的名称" * 8,
    ]
    firms = [cases.subject(f"F{i}", name, status="存续（在营、开业、在册）") for i, name in enumerate(names)]
    page = opened(chromium_page, tmp_path, data(relations=[relation("SHAREHOLDER", f, ASKED, f) for f in firms]))
    page.emulate_media(media="print")
    sticking_out = page.evaluate(STICKING_OUT)
    assert sticking_out == []


def test_printed_text_stays_text(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data())
    page.emulate_media(media="print")
    assert page.locator("#canvas").is_hidden()
    assert page.locator("figure svg").is_visible()
    pdf = page.pdf(prefer_css_page_size=True)
    assert b"/Subtype /Image" not in pdf  # no bitmap of the canvas
    mapped = unicode_of(pdf)
    for char in "宏远建设工程失信被执行关系图法定代表":
        assert char in mapped, char


def test_every_printed_page_says_which_report_it_is(chromium_page: Page, tmp_path: Path) -> None:
    """Also where what is said there tries to end the style it stands in."""
    evil = '</style><script>window.__xss=1</script>";}body{display:none'
    given = data(relations=cases.crowd(40), ownership=answer(), policy_version=evil, stamp="0123456789abcdef")
    page = opened(chromium_page, tmp_path, given)
    assert page.evaluate("window.__xss") is None
    known, printed = identity(given), pages(page.pdf(prefer_css_page_size=True))
    assert len(printed) > 3
    for number, text in enumerate(printed, 1):
        told = "".join(unicodedata.normalize("NFKC", text).split())
        for part in (known.number, known.sha256, "2025-07-01", "0123456789abcdef", f"第{number}", f"共{len(printed)}"):
            assert part in told, (number, part)


def test_the_ownership_tree_prints_as_vectors(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data(ownership=answer()))
    tree = page.locator(".ownership figure svg")
    assert tree.is_visible()
    assert tree.locator("text", has_text="张明远").count() == 1
    widths = page.evaluate("""() => ['.e.b', '.e:not(.b)'].map(
        (at) => getComputedStyle(document.querySelector('.ownership ' + at)).strokeWidth)""")
    assert widths == ["3.2px", "1.2px"]
    page.emulate_media(media="print")
    assert tree.is_visible()
    assert b"/Subtype /Image" not in page.pdf(prefer_css_page_size=True)


def unicode_of(pdf: bytes) -> set[str]:
    """The characters a PDF's fonts map their glyphs to: what a reader can select and search."""
    found: set[str] = set()
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            text = zlib.decompress(raw).decode("latin-1")
        except zlib.error:
            continue
        if "begincmap" in text:
            for first, last, code in re.findall(r"<(\w+)>\s+<(\w+)>\s+<(\w{4})>", text):
                found |= {chr(int(code, 16) + i) for i in range(int(last, 16) - int(first, 16) + 1)}
            found |= {chr(int(code, 16)) for code in re.findall(r"<\w+>\s+<(\w{4})>\s*\n", text)}
    # The font draws 人 and the radical ⼈ with one glyph, and Chromium names the radical.
    return {unicodedata.normalize("NFKC", char) for char in found}


def test_without_scripts_the_page_still_shows_everything(chromium: Browser, tmp_path: Path) -> None:
    report.write(data(), tmp_path / "report.html")
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((tmp_path / "report.html").as_uri())
    assert page.locator("figure svg").is_visible()
    assert page.locator("figure svg text", has_text="张明远").count() == 1
    assert page.locator(".stage").is_hidden()
    assert page.locator(".show").first.is_hidden()
    context.close()


def test_the_saved_drawing_is_plain_xml(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data())
    with page.expect_download() as saved:
        page.locator("#save").click()
    saved.value.save_as(tmp_path / "saved.svg")
    root = ElementTree.fromstring((tmp_path / "saved.svg").read_text(encoding="utf-8"))
    assert "张明远" in {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert not [el for el in root.iter() if el.tag.endswith("}script")]


def test_the_dark_scheme_is_dark(chromium_page: Page, tmp_path: Path) -> None:
    chromium_page.emulate_media(color_scheme="dark")
    page = opened(chromium_page, tmp_path, data())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 18, 18)"


def test_nothing_is_cut_off_at_1280(chromium_page: Page, tmp_path: Path) -> None:
    page = opened(chromium_page, tmp_path, data(relations=cases.crowd(40)))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280

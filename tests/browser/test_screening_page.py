"""The screening and bidders pages in a real Chromium: by mouse, by keyboard, with everything hostile in the sheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from tests.api.running import ROOT

pytestmark = pytest.mark.browser

CITY = ROOT / "examples" / "city"
AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
PAYLOADS = (
    "<img src=x onerror=window.__xss=1>",
    "<script>window.__xss=1</script>",
    '"><svg onload=window.__xss=1>',
    "javascript:window.__xss=1",
    "{{7*7}}${7*7}<b>",
    "' onfocus=window.__xss=1 autofocus='",
    '=HYPERLINK("http://evil.example/")',
)
AT_LAST = 40_000  # ms a job may take on a machine that has other things to do
SERIOUS = ("serious", "critical")


def entered(page: Page, address: str, path: str) -> Page:
    page.goto(address)
    page.goto(address.partition("/?")[0] + path)
    expect(page.get_by_test_id("drop")).to_be_visible(timeout=AT_LAST)
    return page


def troubles(page: Page) -> list[Any]:
    """What axe-core finds that is serious, with where."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run()")["violations"]
    return [(v["id"], [n["html"][:90] for n in v["nodes"]][:2]) for v in found if v["impact"] in SERIOUS]


def sheet(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def loaded(page: Page, name: str, content: bytes) -> None:
    page.locator("#file").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    expect(page.get_by_test_id("listed")).to_be_visible()


@pytest.fixture
def screening(city_address: str, chromium_page: Page) -> Page:
    return entered(chromium_page, city_address, "/screening")


@pytest.fixture
def bidders(city_address: str, chromium_page: Page) -> Page:
    return entered(chromium_page, city_address, "/bidders")


def taken_away(page: Page, into: Path) -> None:
    """Every format is a download of its own, under a name that tells what it is."""
    for ending in ("xlsx", "pdf", "html", "json"):
        with page.expect_download() as download:
            page.get_by_test_id(f"download-{ending}").click()
        assert download.value.suggested_filename == f"xinmai-screen-2026-06-01.{ending}"
        download.value.save_as(into / f"x.{ending}")
    assert load_workbook(into / "x.xlsx").sheetnames[0] == "汇总"
    assert (into / "x.pdf").read_bytes().startswith(b"%PDF")


def test_from_the_file_to_the_reasons_by_mouse(screening: Page, tmp_path: Path) -> None:
    page = screening
    assert troubles(page) == []
    page.locator("#file").set_input_files(CITY / "applicants.xlsx")
    expect(page.get_by_test_id("listed")).to_contain_text("30 行")
    page.get_by_test_id("columns").locator("summary").click()
    expect(page.get_by_test_id("column-C")).to_have_value("uscc")
    expect(page.get_by_test_id("columns")).not_to_contain_text("999999197608101118")
    page.get_by_test_id("scenario").select_option("procurement")
    page.get_by_test_id("day").fill("2026-06-01")
    assert troubles(page) == []
    page.get_by_test_id("go").click()
    expect(page.get_by_test_id("unchecked")).to_contain_text("名单未接入", timeout=AT_LAST)
    expect(page.get_by_test_id("tile-all")).to_contain_text("30")
    page.get_by_test_id("tile-blocked").click()
    expect(page.locator("tr.row")).to_have_count(4)
    page.get_by_test_id("open-3").click()
    reasons = page.get_by_test_id("reasons-3")
    expect(reasons).to_contain_text("财库〔2016〕125号")
    expect(reasons).to_contain_text("2026-02-10 至 2028-02-10")
    expect(reasons).to_contain_text("救济途径")
    assert troubles(page) == []
    page.reload()
    expect(page.get_by_test_id("tile-all")).to_contain_text("30")
    page.get_by_test_id("find").fill("鹿鸣")
    expect(page.locator("tr.row")).to_have_count(1)
    page.get_by_test_id("open-4").click()
    alerts = page.get_by_test_id("alerts")
    expect(alerts).to_contain_text("关联提示，不构成失信惩戒依据")
    expect(alerts.locator(".path li").first).to_contain_text("张子虚")
    image = page.get_by_test_id("reasons-4").locator("img")
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth") > 100
    link = page.get_by_test_id("reasons-4").get_by_test_id("explore").first
    assert link.get_attribute("href") == "/?subject=91999999MA0000023Y&as_of=2026-06-01"
    page.get_by_test_id("find").fill("")
    page.get_by_test_id("tile-unmatched").click()
    page.get_by_test_id("open-27").click()
    nobody = page.get_by_test_id("reasons-27")
    expect(nobody.get_by_test_id("nothing")).to_contain_text("未能确定主体，未核查")
    expect(nobody.locator(".good")).to_have_count(0)
    expect(nobody).not_to_contain_text("未发现")
    page.get_by_test_id("tile-clear").click()
    page.get_by_test_id("open-15").click()
    expect(page.get_by_test_id("reasons-15").locator(".good")).to_contain_text("未发现任何事项")
    page.get_by_test_id("tile-clear").click()
    page.get_by_test_id("find").fill("没有这个")
    expect(page.get_by_test_id("none")).to_be_visible()
    taken_away(page, tmp_path)


def test_from_the_file_to_the_reasons_by_keyboard(screening: Page) -> None:
    page = screening
    # Listening from here on: a key pressed right after asking to intercept the chooser can overtake the asking.
    page.on("filechooser", lambda _: None)
    reached(page, "choose")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(CITY / "applicants.xlsx")
    expect(page.get_by_test_id("go")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("about")).to_be_focused(timeout=AT_LAST)
    reached(page, "tile-blocked")
    page.keyboard.press("Space")
    expect(page.get_by_test_id("tile-blocked")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_test_id("tile-blocked")).to_be_focused()
    reached(page, "open-3")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("open-3")).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_test_id("reasons-3")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("reasons-3")).to_be_hidden()


def reached(page: Page, testid: str) -> None:
    """Press Tab until that control has the focus."""
    for _ in range(60):
        if page.evaluate("document.activeElement?.dataset.testid") == testid:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{testid} is not reached by Tab")


def test_columns_nobody_knows_are_mapped(screening: Page) -> None:
    page = screening
    loaded(page, "怪.csv", sheet([["标杆", "杂项"], ["乌有市青梧建材有限公司", "91999999MA00000154"]]))
    expect(page.get_by_test_id("columns")).to_contain_text("认不出表头")
    page.get_by_test_id("column-A").select_option("name")
    page.get_by_test_id("column-B").select_option("uscc")
    page.get_by_test_id("scenario").select_option("procurement")
    page.get_by_test_id("day").fill("2026-06-01")
    page.get_by_test_id("go").click()
    expect(page.get_by_test_id("tile-blocked")).to_contain_text("1", timeout=AT_LAST)
    expect(page.locator("tr.row")).to_contain_text("统一社会信用代码一致")


def hostile() -> Iterator[list[str]]:
    yield ["企业名称", "统一社会信用代码", "法定代表人", "标段", "联合体", "电话", PAYLOADS[0], PAYLOADS[2]]
    for number, payload in enumerate(PAYLOADS):
        yield [f"{payload}有限公司{number}", payload, payload, PAYLOADS[1], PAYLOADS[0], payload, payload, payload]
    yield ["", "", PAYLOADS[0], PAYLOADS[0], "", "", "", ""]
    yield ["乌有市青梧建材有限公司", "91999999MA00000154", PAYLOADS[0], PAYLOADS[1], "", PAYLOADS[2], "", ""]


@pytest.mark.parametrize("kind", ["screening", "bidders"])
def test_hostile_cells_stay_text(city_address: str, chromium_page: Page, kind: str) -> None:
    page = entered(chromium_page, city_address, f"/{kind}")
    loaded(page, "<img src=x onerror=window.__xss=1>.csv", sheet(list(hostile())))
    page.get_by_test_id("columns").locator("summary").click()
    page.get_by_test_id("day").fill("2026-06-01")
    page.get_by_test_id("go").click()
    expect(page.get_by_test_id("about")).to_be_visible(timeout=AT_LAST)
    if kind == "bidders":
        page.get_by_test_id("view-list").click()
    expect(page.locator("button.opens").first).to_be_visible()
    for button in page.locator("button.opens").all():
        button.click()
    page.wait_for_load_state("networkidle")
    expect(page.locator("#result")).to_contain_text("onerror=window.__xss=1")
    assert page.evaluate("window.__xss") is None
    assert page.locator("#result script, #result svg, #result [onerror], #result [onfocus]").count() == 0
    assert all("/picture" in str(image.get_attribute("src")) for image in page.locator("#result img").all())


def test_pairs_are_opened_from_the_matrix(bidders: Page) -> None:
    page = bidders
    assert troubles(page) == []
    page.locator("#file").set_input_files(CITY / "bidders.xlsx")
    page.get_by_test_id("law").select_option("tender")
    page.get_by_test_id("day").fill("2026-06-01")
    page.get_by_test_id("go").click()
    expect(page.get_by_test_id("headline")).to_contain_text("禁止 4 对", timeout=AT_LAST)
    cell = page.get_by_test_id("matrix-1").get_by_test_id("cell-1-2")
    expect(cell).to_contain_text("✖ 禁")
    cell.click()
    chosen = page.get_by_test_id("chosen")
    expect(chosen).to_contain_text("招标投标法实施条例")
    expect(chosen.locator(".path li").first).to_contain_text("陈知非")
    assert troubles(page) == []
    cell.focus()
    page.keyboard.press("Enter")
    expect(chosen.locator("h3")).to_be_focused()
    page.get_by_test_id("matrix-1").locator("tbody tr").nth(2).locator("td").nth(0).click()  # nothing there to open
    expect(chosen).to_contain_text("陈知非")
    page.get_by_test_id("tile-alert").click()
    expect(page.get_by_test_id("matrix-1")).to_be_hidden()
    page.get_by_test_id("view-list").click()
    expect(page.get_by_test_id("pairs").locator("tbody tr")).to_have_count(4)
    assert troubles(page) == []
    with page.expect_download() as download:
        page.get_by_test_id("download-pdf").click()
    assert download.value.suggested_filename == "xinmai-bidders-2026-06-01.pdf"


def test_what_goes_wrong_says_what_to_do(city_address: str, chromium: Browser) -> None:
    # A page of its own: its console tells of refused requests, which are meant here.
    context = chromium.new_context(locale="zh-CN")
    page = entered(context.new_page(), city_address, "/screening")
    page.locator("#file").set_input_files({"name": "旧.xls", "mimeType": "", "buffer": b"\xd0\xcf\x11\xe0"})
    expect(page.get_by_test_id("refused")).to_contain_text("另存为")
    page.get_by_test_id("earlier").set_input_files({"name": "错.json", "mimeType": "", "buffer": b'{"a": 1}'})
    expect(page.get_by_test_id("earlier-told")).to_contain_text("本次不作比较")
    expect(page.get_by_test_id("earlier-told")).not_to_contain_text("screen")
    loaded(page, "怪.csv", sheet([["标杆", "杂项"], ["甲", "乙"]]))
    page.get_by_test_id("go").click()
    expect(page.get_by_test_id("refused")).to_contain_text("名称或号码所在的列")
    page.goto(re.sub(r"#.*", "", page.url) + "#job=nothing")
    expect(page.get_by_test_id("toast")).to_contain_text("重新上传")
    expect(page.get_by_test_id("drop")).to_be_visible()
    context.close()

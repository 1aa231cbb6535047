"""The explorer without a mouse: the same journey by keys alone, and what the keys must leave alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.picture import DAY, PIPES, WATER, base, entered, grown, opened, settled, state

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> None:
    """One key after the other."""
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """What has the focus, as readers of the screen say it."""
    found: str = page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
    )
    return found


def walk_to(page: Page, name: str, most: int = 80) -> None:
    """Down the list until the item that begins so."""
    press(page, "Home")
    for _ in range(most):
        if focused(page).startswith(name):
            return
        press(page, "ArrowDown")
    pytest.fail(f"no {name} in the list")


def test_from_a_name_to_the_evidence_by_keys_alone(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    entered(page, city_address, f"/?as_of={DAY}")
    expect(page.get_by_test_id("start-search")).to_be_visible()
    press(page, "/")
    page.keyboard.type("问渠水务工程有限公司")
    expect(page.get_by_test_id("suggestion").first).to_contain_text("乌有市问渠水务工程有限公司")
    press(page, "Enter")
    grown(page, 1)
    assert state(page)["nodes"] == [WATER]

    # The list of the picture, and expanding what has the focus there.
    press(page, "o")
    assert focused(page).startswith("乌有市问渠水务工程有限公司，企业")
    press(page, "e")
    expect(page.get_by_test_id("expand-do")).to_be_focused()
    press(page, "Enter")
    grown(page)
    expect(page.get_by_test_id("status")).to_contain_text("已展开 12 个节点，还有 47 条关系未展开")

    # Walk: a subject, its relations, the evidence of one, the other end.
    press(page, "o")
    walk_to(page, "乌有市问渠水务工程有限公司")
    press(page, "ArrowRight")
    for _ in range(30):
        press(page, "ArrowDown")
        if "股东 80%" in focused(page):
            break
    assert "乌有市沧浪管网有限公司" in focused(page)
    press(page, "Enter")
    expect(page.get_by_test_id("evidence-record").first).to_contain_text("entities/capital.csv")
    assert len(state(page)["selected"]["edges"]) == 1

    # Pin, hide, undo.
    press(page, "o")
    walk_to(page, "乌有市沧浪管网有限公司")
    press(page, "p")
    expect(page.get_by_test_id("status")).to_contain_text("固定 1 个节点")
    press(page, "h")
    assert PIPES not in state(page)["nodes"]
    press(page, "Control+z")
    assert PIPES in state(page)["nodes"]

    # The day before the last change, by the slider's arrows.
    page.get_by_test_id("timeline").focus()
    press(page, "ArrowLeft")
    settled(page)
    assert state(page)["asOf"] < DAY
    press(page, "Control+z")
    settled(page)
    assert state(page)["asOf"] == DAY


def test_kept_and_taken_away_by_keys_alone(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    press(page, "Shift+E")
    grown(page)
    press(page, "Control+s")
    page.keyboard.type("水务公司调查")
    press(page, "Enter")
    expect(page.get_by_test_id("saved-name")).to_have_text("水务公司调查")
    shown = state(page)
    page.get_by_test_id("export").focus()
    press(page, "Enter")
    page.get_by_test_id("export-csv").focus()
    press(page, "Space")
    with page.expect_download() as download:
        press(page, "Enter")
    assert Path(download.value.path()).stat().st_size > 200
    page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    page.goto(base(city_address))
    page.get_by_test_id("start-investigation").filter(has_text="水务公司调查").first.focus()
    press(page, "Enter")
    grown(page, len(shown["nodes"]))
    assert state(page)["places"] == shown["places"]


def test_somebody_elses_newer_version_is_not_written_over(city_address: str, chromium: Browser) -> None:
    # A page of its own: browsers log the refusal, which here is what is wanted.
    page = chromium.new_page(reduced_motion="reduce")
    opened(page, city_address)
    press(page, "Control+s")
    page.keyboard.type("两人同改")
    press(page, "Enter")
    expect(page.get_by_test_id("saved-name")).to_have_text("两人同改")
    # The other one saves.
    page.evaluate(
        """async () => {
          const { get, send } = await import("/static/js/api.js");
          const { saved } = window.__explorer.app;
          const newest = await get(`/api/investigations/${saved.id}`);
          const { name, view, version } = newest;
          await send("PUT", `/api/investigations/${saved.id}`, { name, note: "乙", view, version });
          window.__explorer.app.pin(window.__explorer.app.model.ids, true);
        }"""
    )
    expect(page.get_by_test_id("saved-name")).to_have_text("两人同改（未保存）")
    told: list[str] = []
    page.on("response", lambda answer: told.append(answer.request.method) if answer.status == 409 else None)
    press(page, "Control+s")
    expect(page.get_by_test_id("dialog")).to_contain_text("调查已被别人改过")
    assert told == ["PUT"]
    press(page, "Escape")
    kept = page.evaluate("fetch('/api/investigations/' + window.__explorer.app.saved.id).then(a => a.json())")
    assert kept["note"] == "乙"
    # A new name is no leave to write over it either, nor is what was done meanwhile taken for saved.
    page.evaluate("() => { window.__explorer.app.flows.viewItems().find(item => item.testid === 'open').run(); }")
    page.locator("tr").filter(has_text="两人同改").get_by_test_id("rename").click()
    page.get_by_test_id("line").fill("改了名")
    page.get_by_test_id("yes").click()
    page.get_by_test_id("list-close").click()
    expect(page.get_by_test_id("saved-name")).to_have_text("改了名（未保存）")
    press(page, "Control+s")
    expect(page.get_by_test_id("dialog")).to_contain_text("调查已被别人改过")
    assert told == ["PUT", "PUT"]
    press(page, "Escape")
    # A picture begun anew belongs to no saved one.
    page.evaluate("async id => { await window.__explorer.app.start(id); }", PIPES)
    assert page.evaluate("window.__explorer.app.saved") is None
    page.close()


def test_keys_typed_into_fields_are_text(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    press(page, "/")
    page.keyboard.type("hpe?+0")
    press(page, "Delete")
    assert state(page)["nodes"] == [WATER]
    expect(page.get_by_test_id("dialog")).to_be_hidden()
    expect(page.get_by_test_id("search")).to_have_value("hpe?+0")


def test_the_help_tells_every_key(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    press(page, "Escape", "?")
    dialog = page.get_by_test_id("dialog")
    expect(dialog).to_be_visible()
    for key in ("E", "P", "H", "N", "Delete", "Ctrl+Z", "Ctrl+Y", "Ctrl+A", "0", "/"):
        expect(dialog.locator("th").filter(has_text=key).first).to_be_visible()
    press(page, "Escape")
    expect(dialog).to_be_hidden()
    press(page, "Control+a")
    assert state(page)["selected"]["nodes"] == [WATER]
    press(page, "F6")
    assert page.evaluate("document.activeElement !== document.body")

"""The search box against the sample city: what it suggests, when it asks, and what it says meanwhile."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.picture import DAY, entered
from tests.browser.test_explorer_panels import LISTED, until

pytestmark = pytest.mark.browser


def test_the_search_marks_what_matched_and_tells_who_is_listed(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    entered(page, city_address)
    page.get_by_test_id("as-of").fill(DAY)
    box = page.get_by_test_id("start-search")
    box.fill("青梧石材")
    first = page.get_by_test_id("suggestion").first
    expect(first).to_contain_text("乌有市青梧建材有限公司")
    expect(first).to_contain_text("曾用名 乌有市青梧石材有限公司")
    expect(first.locator("mark")).to_have_text("青梧石材")
    expect(first).to_contain_text("✖ 失信被执行人")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    # Namesakes are told apart by their organisation; a number is masked, also where it is all they have.
    box.fill("刘眠云")
    rows = page.get_by_test_id("suggestion").filter(has_text="自然人")
    expect(rows).to_have_count(3)
    expect(rows.filter(has_text="乌有市南柯酒业有限公司 · 董事")).to_have_count(1)
    expect(rows.filter(has_text="失信被执行人")).to_have_count(1)
    assert re.search(r"\d{4}\*{10}", rows.first.inner_text())
    assert not re.search(r"\d{17}", page.get_by_test_id("start-search-list").inner_text())
    box.fill("查无此户商行")
    expect(page.get_by_test_id("start-search-note")).to_contain_text("没有找到“查无此户商行”")


def test_nothing_is_asked_while_an_input_method_composes(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    entered(page, city_address)
    box = page.get_by_test_id("start-search")
    expect(box).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/suggest" in request.url else None)
    box.focus()
    box.evaluate("""box => {
      box.value = "qing'wu";
      box.dispatchEvent(new CompositionEvent("compositionstart"));
      box.dispatchEvent(new InputEvent("input", { isComposing: true }));
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", isComposing: true }));
    }""")
    page.wait_for_timeout(400)
    assert asked == []
    assert page.evaluate("window.__explorer.state().nodes.length") == 0
    box.evaluate("box => { box.value = '青梧'; box.dispatchEvent(new CompositionEvent('compositionend')); }")
    expect(page.get_by_test_id("suggestion").first).to_contain_text("青梧")


def test_who_types_before_the_index_is_made_is_answered_when_it_is(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    asked: list[str] = []

    def early(route: Route) -> None:
        asked.append(route.request.url)
        answer = route.fetch().json()
        if len(asked) < 3:
            answer = {**answer, "suggestions": [], "index": {"state": "building"}}
        route.fulfill(json=answer)

    page.route("**/api/suggest*", early)
    entered(page, city_address)
    page.get_by_test_id("start-search").fill("青梧建材")
    expect(page.get_by_test_id("start-search-note")).to_contain_text("检索索引正在建立")
    expect(page.get_by_test_id("suggestion").first).to_contain_text("乌有市青梧建材有限公司")
    expect(page.get_by_test_id("start-search-note")).to_be_hidden()
    enough = len(asked)
    assert enough >= 3
    page.wait_for_timeout(1500)
    assert len(asked) == enough, "asked on though the index was ready"
    page.keyboard.press("Enter")
    until(page, f"window.__explorer.state().nodes.includes('{LISTED}')")


def test_asking_again_leaves_the_choice_alone_and_ends_with_escape(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    asked: list[str] = []

    def behind(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(json={**route.fetch().json(), "index": {"state": "stale"}})

    page.route("**/api/suggest*", behind)
    entered(page, city_address)
    box = page.get_by_test_id("start-search")
    box.fill("乌有市")
    expect(page.get_by_test_id("suggestion")).to_have_count(8)
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-1$"))
    second = page.get_by_test_id("suggestion").nth(1)
    second.evaluate("row => { row.dataset.seen = '1'; }")
    enough = len(asked)
    until(page, "performance.getEntriesByType('resource').filter(one => one.name.includes('/api/suggest')).length >= 3")
    assert len(asked) > enough
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-1$"))
    assert second.get_attribute("data-seen") == "1", "the same answer was drawn anew"
    # Other words, other rows: what was pointed at is not chosen for them.
    box.fill("乌有市问渠")
    expect(page.get_by_test_id("suggestion").first).to_contain_text("乌有市问渠")
    expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("start-search-list")).to_be_hidden()
    enough = len(asked)
    page.wait_for_timeout(2500)
    assert len(asked) == enough
    expect(page.get_by_test_id("start-search-list")).to_be_hidden()

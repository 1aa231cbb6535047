"""What the picture shows is of the day that stands over it, whatever the network does; what is missing is told.

The service is real; only the network between it and the page is disturbed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.picture import DAY, PIPES, WATER, entered, expanded, opened, settled, state

pytestmark = pytest.mark.browser

BEFORE = "2016-01-01"  # PIPES is not listed yet
VIEW = "**/api/view"


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that may be told of a broken network; it may not throw all the same."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", reduced_motion="reduce")
    made = context.new_page()
    thrown: list[str] = []
    made.on("pageerror", lambda error: thrown.append(str(error)))
    yield made
    context.close()
    assert thrown == []


def standing(page: Page, subject: str) -> list[str]:
    """How a card is drawn."""
    found: list[str] = page.evaluate("id => window.__explorer.app.scene.cy.getElementById(id).classes()", subject)
    return found


def redate(page: Page, day: str) -> None:
    """Another day by the field in the bar."""
    page.get_by_test_id("as-of").fill(day)
    page.wait_for_function("day => window.__explorer.state().asOf === day", arg=day)


def only_of(page: Page, day: str) -> None:
    """Nothing drawn began after that day or was put on a list after it."""
    assert state(page)["asOf"] == day
    assert all(key.split("\x1f")[4] <= day for key in state(page)["edges"])
    assert "negative" not in standing(page, PIPES)


def held(page: Page) -> list[Route]:
    """The next question for facts waits in the list."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(VIEW, hold, times=1)
    return waiting


def test_a_refused_day_shows_nothing_of_the_day_before(city_address: str, page: Page) -> None:
    opened(page, city_address)
    expanded(page, WATER)
    assert "negative" in standing(page, PIPES)
    page.route(VIEW, lambda route: route.abort())
    redate(page, BEFORE)
    settled(page)
    assert state(page)["edges"] == []
    assert "unknown" in standing(page, PIPES)
    only_of(page, BEFORE)
    expect(page.get_by_test_id("gaps")).to_contain_text(f"{BEFORE} 的关系和名单没有取到")
    # It does not come back with the next subject that is added: all is asked for the new day.
    page.unroute(VIEW)
    page.evaluate("async id => { await window.__explorer.app.addSubjects([id]); }", "91999999MA000063XJ")
    settled(page)
    expect(page.get_by_test_id("gaps")).to_be_hidden()
    assert "unknown" not in standing(page, PIPES)
    only_of(page, BEFORE)
    # A way back that is refused is no way back to facts either.
    page.route(VIEW, lambda route: route.abort())
    redate(page, DAY)
    settled(page)
    assert "unknown" in standing(page, PIPES)
    page.unroute(VIEW)
    page.get_by_test_id("gaps-retry").click()
    settled(page)
    assert "negative" in standing(page, PIPES)
    assert state(page)["edges"]


def test_while_another_day_is_asked_for_and_when_that_is_cancelled(city_address: str, page: Page) -> None:
    opened(page, city_address)
    expanded(page, WATER)
    held(page)
    redate(page, BEFORE)
    only_of(page, BEFORE)
    page.get_by_test_id("cancel").click()
    settled(page)
    only_of(page, BEFORE)
    assert state(page)["edges"] == []
    expect(page.get_by_test_id("gaps-retry")).to_be_visible()


def test_the_day_changes_before_the_first_answer_is_there(city_address: str, page: Page) -> None:
    waiting = held(page)
    with page.expect_request(VIEW):
        entered(page, city_address, f"/?subject={PIPES}&as_of={DAY}")
    redate(page, BEFORE)
    waiting[0].continue_()
    page.wait_for_function("id => window.__explorer.state().nodes.includes(id)", arg=PIPES)
    settled(page)
    only_of(page, BEFORE)
    assert "unknown" not in standing(page, PIPES)


def test_how_near_listings_come_is_of_one_day_and_one_picture(city_address: str, page: Page) -> None:
    opened(page, city_address)

    def near() -> Any:
        return page.evaluate("id => window.__explorer.app.model.fact(id)?.band ?? null", WATER)

    page.evaluate("async () => { await window.__explorer.app.flows.score(); }")
    assert near() is not None
    page.evaluate("async id => { await window.__explorer.app.start(id); }", PIPES)
    page.evaluate("async id => { await window.__explorer.app.addSubjects([id]); }", WATER)
    assert near() is None, "of another picture"
    page.evaluate("async () => { await window.__explorer.app.flows.score(); }")
    assert near() is not None
    page.evaluate("id => window.__explorer.app.remove([id])", WATER)
    redate(page, BEFORE)
    settled(page)
    page.evaluate("async id => { await window.__explorer.app.addSubjects([id]); }", WATER)
    assert near() is None, "of another day"
    # Nor may an answer of the other day that comes late say it.
    late = "([id, day]) => window.__explorer.app.model.learnNear([[id, {band: 'high', score: 1}]], day)"
    page.evaluate(late, [WATER, DAY])
    assert near() is None


def cut(route: Route) -> None:
    """The answer of the service as if time had run out."""
    answer = route.fetch()
    stop = {"kind": "phone", "value": "139******00", "degree": 501}
    route.fulfill(response=answer, json={**answer.json(), "complete": False, "ordered": False, "not_crossed": [stop]})


def test_what_was_cut_is_told_on_the_page_in_the_list_and_on_paper(city_address: str, page: Page) -> None:
    page.route(VIEW, cut)
    page.route("**/api/expand*", cut)
    opened(page, city_address)
    expanded(page, WATER)
    line = page.get_by_test_id("gaps")
    for told in ("关系没有取全", "没有按次序", "没有看完", "139******00（501）"):
        expect(line).to_contain_text(told)
        expect(page.get_by_test_id("outline-gaps")).to_contain_text(told)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#printed figcaption")).to_contain_text("关系没有取全")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.unroute(VIEW)
    page.get_by_test_id("gaps-retry").click()
    settled(page)
    expect(line).not_to_contain_text("关系没有取全")


def test_days_and_ids_that_are_none(city_address: str, page: Page) -> None:
    opened(page, city_address)
    page.evaluate("async () => { await window.__explorer.app.setAsOf('2026-13-45'); }")
    assert state(page)["asOf"] == DAY
    page.evaluate("async () => { await window.__explorer.app.addSubjects(['constructor', '__proto__', 'toString']); }")
    assert state(page)["nodes"] == [WATER]


def test_a_wide_rank_of_a_layered_picture_wraps_and_tags_cover_no_card(city_address: str, page: Page) -> None:
    opened(page, city_address, "91999999MA000063XJ")
    page.evaluate("id => { window.__explorer.app.expand(id); }", "91999999MA000063XJ")
    page.get_by_test_id("expand-do").click()
    page.wait_for_function("() => window.__explorer.state().nodes.length > 20")
    settled(page)
    page.evaluate("window.__explorer.app.flows.layered('TB')")
    rows: dict[int, int] = {}
    for at in state(page)["places"].values():
        rows[at["y"]] = rows.get(at["y"], 0) + 1
    assert max(rows.values()) <= 8
    covered = """() => {
      const { cy } = window.__explorer.app.scene;
      const box = one => { const { x, y } = one.position(); return [x, y, one.data("w"), one.data("h")]; };
      const tags = cy.nodes(".contact").map(box);
      const cards = cy.nodes().not(".contact").not(".stub").map(box);
      return tags.flatMap(([x, y, w, h]) =>
        cards.filter(([ox, oy, ow, oh]) => Math.abs(x - ox) < (w + ow) / 2 && Math.abs(y - oy) < (h + oh) / 2));
    }"""
    assert page.evaluate(covered) == []
    # What many share is one contact in the legend, not one a pair.
    shared = page.evaluate("window.__explorer.app.scene.cy.nodes('.contact').length")
    expect(page.locator("li", has=page.get_by_test_id("filter-types-CONTACT")).locator(".num")).to_have_text(
        str(shared)
    )

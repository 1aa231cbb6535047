"""Named investigations in the browser: saved, renamed, deleted; a question answered leaves room for the next one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.picture import grown, opened

pytestmark = pytest.mark.browser


def chosen(page: Page, item: str) -> None:
    """One thing of the menu of keeping."""
    page.get_by_test_id("views").click()
    page.get_by_test_id(item).click()


def named(page: Page, name: str) -> None:
    """Answer a question for a name."""
    page.get_by_test_id("line").fill(name)
    page.get_by_test_id("yes").click()


def test_an_investigation_is_saved_renamed_and_deleted(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    chosen(page, "save")
    named(page, "问渠初查")
    expect(page.get_by_test_id("saved-name")).to_contain_text("问渠初查")

    # Other tests save theirs on the same service: this one is told by its name.
    row = page.locator("table.investigations tr")
    chosen(page, "open")
    row.filter(has_text="问渠初查").get_by_test_id("rename").click()
    named(page, "问渠复查")
    expect(row.filter(has_text="问渠复查")).to_have_count(1)
    expect(row.filter(has_text="问渠初查")).to_have_count(0)

    row.filter(has_text="问渠复查").get_by_test_id("delete").click()
    expect(page.get_by_test_id("dialog")).to_contain_text("问渠复查")
    page.get_by_test_id("no").click()
    chosen(page, "open")
    expect(row.filter(has_text="问渠复查")).to_have_count(1)
    row.filter(has_text="问渠复查").get_by_test_id("delete").click()
    page.get_by_test_id("yes").click()
    expect(page.get_by_test_id("list-close")).to_be_visible()
    expect(row.filter(has_text="问渠复查")).to_have_count(0)
    page.get_by_test_id("list-close").click()
    expect(page.get_by_test_id("saved-name")).to_have_count(0)


def test_whether_namesakes_are_one_is_decided_by_a_person(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address, "RY000021")
    page.evaluate("() => document.querySelector('[data-testid=outline-node]').focus()")
    page.keyboard.press("Shift+E")
    grown(page)
    alike = "[...window.__explorer.app.model.edges.values()].filter(one => one.type === 'MAYBE_SAME')"
    before = page.evaluate(f"{alike}.length")
    page.evaluate(f"window.__explorer.app.model.select([], [{alike}[0].key])")
    expect(page.get_by_test_id("sameness")).to_contain_text("相同不等于同一主体")
    page.get_by_test_id("same-no").click()
    page.get_by_test_id("yes").click()
    expect(page.get_by_test_id("dialog")).to_contain_text("请写明判断依据")
    page.get_by_test_id("same-reason").fill("出生日期不同")
    page.get_by_test_id("yes").click()
    expect(page.get_by_test_id("toast")).to_contain_text("已记录")
    assert page.evaluate(f"{alike}.length") == before - 1
    page.get_by_test_id("toast").get_by_role("button").click()
    expect(page.get_by_test_id("toast")).to_contain_text("已撤销")
    assert page.evaluate(f"{alike}.length") == before

"""The start page of the service in a real Chromium: it answers, and hostile text in the graph stays text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.store import Store
from tests.api.conftest import HOSTILE, write_package
from tests.api.running import started
from tests.conftest import EMPTY
from tests.loaders.packages import load_all

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(arcadedb: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address `xinmai serve` prints, over a small graph with a hostile name and a hostile reason in it."""
    folder = tmp_path_factory.mktemp("serve")
    arcadedb.write(EMPTY)
    load_all(arcadedb, write_package(folder / "tiny"), snapshot="2026-01-01")
    with started("serve", "--port", "0", "--db", arcadedb.location, cwd=folder) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found
        yield found[0]


def test_a_search_shows_the_exposure_with_its_evidence(address: str, chromium_page: Page) -> None:
    page = chromium_page
    page.goto(address)
    assert "token" not in page.url
    expect(page.locator("#sources tbody tr")).to_have_count(1)
    page.get_by_label("主体").fill("乌有市甲木有限公司")
    page.get_by_label("以哪一天为准").fill("2026-01-01")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("关联提示 1 条")
    expect(page.locator("#exposures tbody")).to_contain_text("乌有市乙火有限公司")
    expect(page.locator("#exposures tbody")).to_contain_text("r:1")
    expect(page.get_by_text("关联提示，不构成失信惩戒依据。")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载离线网络报告").click()
    assert "甲木" in Path(download.value.path()).read_text(encoding="utf-8")


def test_hostile_text_is_shown_and_not_run(address: str, chromium_page: Page) -> None:
    page = chromium_page
    page.goto(address)
    page.get_by_label("主体").fill("H")
    page.get_by_label("以哪一天为准").fill("2026-01-01")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=HOSTILE)).to_be_visible()
    assert page.evaluate("window.__xss") is None
    assert page.locator("img").count() == 0

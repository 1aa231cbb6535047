"""A real Chromium for the pages. Without one these tests are skipped, and say so; under CI they fail."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.api.running import ROOT, served, xinmai

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOCAL = ("127.0.0.1", "localhost")
PATIENCE = 30_000  # ms for what a page is to show: two slow cores, with other tests beside, have taken more than 5 s

expect.set_options(timeout=PATIENCE)


def _executable() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), "")
    if not found and os.environ.get("CI"):
        pytest.fail("no Chromium, and CI is set: apt-get install chromium fonts-noto-cjk")
    if not found:
        pytest.skip("NO CHROMIUM: the pages are NOT tested in a browser; apt-get install chromium fonts-noto-cjk")
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for the session."""
    executable = _executable()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def chromium_page(chromium: Browser) -> Iterator[Page]:
    """A fresh page, 1280 × 900. The test fails if the page speaks to anybody but this machine, logs an error,
    throws, or opens a dialog."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN", reduced_motion="reduce")
    page = context.new_page()
    troubles = _watched(context, page)
    yield page
    context.close()
    assert troubles == []


@pytest.fixture(scope="session")
def city_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over the sample city, loaded as of 2026-06-01; one for the session."""
    folder = tmp_path_factory.mktemp("city")
    data = str(folder / "data")
    assert xinmai("load", str(ROOT / "examples/city"), "--snapshot", "2026-06-01", "--db", data, cwd=folder).code == 0
    with served(data, folder) as address:
        yield address


def _watched(context: BrowserContext, page: Page) -> list[str]:
    troubles: list[str] = []

    def dialog_opened(kind: str, dismiss: object) -> None:
        troubles.append(f"dialog: {kind}")
        if callable(dismiss):
            dismiss()

    context.on("request", lambda request: troubles.extend(_foreign(request.url)))
    page.on("console", lambda said: troubles.append(f"{said.type}: {said.text}") if said.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(f"thrown: {error}"))
    page.on("dialog", lambda dialog: dialog_opened(dialog.type, dialog.dismiss))
    return troubles


def _foreign(url: str) -> list[str]:
    parts = urlsplit(url)
    here = parts.scheme in ("file", "data", "blob", "about") or parts.hostname in LOCAL
    return [] if here else [f"request: {url}"]

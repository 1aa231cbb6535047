"""A thousand subjects in the explorer: soon there, and still moving smoothly, on a desktop without a graphics card."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from graph.store import Store
from tests.api.running import served
from tests.browser.picture import entered, grown
from tests.conftest import EMPTY
from tests.loaders.packages import load_all

pytestmark = pytest.mark.browser

MANY = 1_000
# Counted in seconds of the processor the page used, so that what else the machine does counts for nothing.
SECONDS = 3.0
FRAMES = 20
PATIENCE = 120_000  # milliseconds: how long the test itself waits


def write_many(folder: Path) -> Path:
    """Firms in chains and bunches: each holds up to three others."""
    folder.mkdir(parents=True)
    with (folder / "subjects.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "kind", "form", "name"])
        rows.writerows([f"F{i}", "enterprise", "company", f"乌有市第{i}号贸易有限公司"] for i in range(MANY))
    held = [[f"F{(i - 1) // 3}", f"F{i}", "SHAREHOLDER", 0.3, "2020-01-01", f"r:{i}"] for i in range(1, MANY)]
    helped = [[f"F{i}", f"F{i * 7 % MANY}", "GUARANTEES", "", "2021-01-01", f"g:{i}"] for i in range(1, MANY, 3)]
    with (folder / "relations.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["source", "target", "type", "ratio", "since", "record"])
        rows.writerows([*held, *helped])
    return folder


@pytest.fixture(scope="module")
def address(arcadedb: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over a thousand firms."""
    folder = tmp_path_factory.mktemp("many")
    arcadedb.write(EMPTY)
    load_all(arcadedb, write_many(folder / "package"), snapshot="2026-01-01")
    with served(arcadedb.location, folder) as printed:
        yield printed


def used(session: CDPSession) -> float:
    """Seconds of the processor the page has used."""
    found: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in found if one["name"] == "TaskDuration"))


def test_a_thousand_are_drawn_soon_and_move_smoothly(address: str, chromium_page: Page) -> None:
    page = chromium_page
    page.set_default_timeout(PATIENCE)
    entered(page, address)
    page.wait_for_function("() => window.__explorer?.app.flows.save")
    page.evaluate("n => { window.__explorer.app.addSubjects(Array.from({ length: n }, (_, i) => `F${i}`)); }", MANY)
    grown(page, MANY)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})

    # Opened again, with its places known: what the user waits for is facts and the first frame.
    start = used(session)
    page.evaluate(
        """async () => {
          const { app } = window.__explorer;
          await app.open(structuredClone(app.model.doc));
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        }"""
    )
    seconds = used(session) - start

    page.evaluate("() => { window.frames_ = 0; window.__explorer.app.scene.cy.on('render', () => { frames_ += 1; }); }")
    page.mouse.move(600, 150)
    page.mouse.down()
    start = used(session)
    for i in range(30):
        page.mouse.move(600 + i * 5, 150 + i * 3)
        page.evaluate("() => new Promise(done => requestAnimationFrame(done))")
    frames = page.evaluate("() => frames_") / (used(session) - start)
    page.mouse.up()
    print(f"{MANY} subjects: first frame after {seconds:.1f} s, {frames:.0f} frames a second")
    assert seconds < SECONDS
    assert frames > FRAMES

"""The pictures of the guides: the pages over the sample city, taken in a real Chromium.

    .venv/bin/python scripts/screenshots.py [--only network] [--into docs/images]

Loads examples/city into a temporary store, starts the service, and takes every scene in every look asked for. Needs the
development requirements (playwright) and Debian's Chromium.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
CITY = ROOT / "examples" / "city"
DAY = "2026-06-01"
WATER = "91999999MA00004966"  # 乌有市问渠水务工程有限公司: listed relations, a branch, an owner
FAR = "乌有市听泉装饰"
LAYERS = "乌有市层云新能源有限公司"
SMALL, LARGE = (1280, 800), (1920, 1080)
EVERY = ((SMALL, "light"), (SMALL, "dark"), (LARGE, "light"), (LARGE, "dark"))
TWO = ((SMALL, "light"), (LARGE, "dark"))
PATIENCE = 20_000  # ms


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: what is done on a fresh page before it is taken, and in which looks (size, scheme)."""

    name: str
    act: Callable[[Page, str], None]
    looks: Sequence[tuple[tuple[int, int], str]] = TWO


def main(arguments: Sequence[str] | None = None) -> int:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], metavar="SCENE")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "images")
    chosen = parser.parse_args(arguments)
    chosen.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, service(Path(folder)) as address, sync_playwright() as playwright:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for scene in SCENES:
            if not chosen.only or scene.name in chosen.only:
                for path in taken(browser, scene, address, chosen.into):
                    print(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)
        browser.close()
    return 0


@contextmanager
def service(folder: Path) -> Iterator[str]:
    """The address of a service over the sample city."""
    xinmai = [sys.executable, "-m", "api"]
    store = str(folder / "store")
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "XINMAI_LANG": "zh-CN"}
    load = [*xinmai, "load", str(CITY), "--snapshot", DAY, "--db", store]
    subprocess.run(load, check=True, cwd=folder, env=surroundings, stdout=subprocess.DEVNULL)
    serve = [*xinmai, "serve", "--port", "0", "--db", store]
    with subprocess.Popen(serve, cwd=folder, env=surroundings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the service did not start"
        yield found[0]
        process.terminate()


def taken(browser: Browser, scene: Scene, address: str, into: Path) -> Iterator[Path]:
    """One picture a look."""
    for (width, height), scheme in scene.looks:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            locale="zh-CN",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        scene.act(page, address.partition("/?")[0])
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(600)  # the canvas fades in what is new
        path = into / f"{scene.name}-{width}-{scheme}.png"
        page.screenshot(path=path)
        context.close()
        yield path


def begun(page: Page, site: str) -> None:
    """The start page."""
    page.goto(site)
    page.get_by_test_id("sources").locator("tbody tr").first.wait_for()


def opened(page: Page, site: str, subject: str = WATER) -> None:
    """A subject opened by its address."""
    page.goto(f"{site}/?subject={subject}&as_of={DAY}")
    page.wait_for_function("() => window.__explorer?.state().nodes.length > 0")
    page.get_by_test_id("subject-name").wait_for()


def grown(page: Page, site: str) -> None:
    """Its neighbours around it, and those of a neighbour."""
    opened(page, site)
    page.evaluate("() => document.querySelector('[data-testid=outline-node]').focus()")
    page.keyboard.press("Shift+E")
    page.wait_for_function("() => window.__explorer.state().nodes.length > 5")
    page.wait_for_load_state("networkidle")
    page.evaluate("() => document.activeElement.blur()")  # the list of the picture shows while it has the focus
    page.keyboard.press("0")


def lit(page: Page, site: str) -> None:
    """An exposure's path lit, its list beside it."""
    grown(page, site)
    page.get_by_test_id("tab-exposure").click()
    page.get_by_test_id("light").first.click()
    page.wait_for_function("() => window.__explorer.state().lit?.edges.length > 0")


def proven(page: Page, site: str) -> None:
    """The evidence of one line."""
    lit(page, site)
    page.get_by_test_id("step-evidence").first.click()
    page.get_by_test_id("evidence-record").first.wait_for()


def bound(page: Page, site: str) -> None:
    """What the law attaches to it."""
    grown(page, site)
    page.get_by_test_id("tab-findings").click()
    page.get_by_test_id("finding").first.wait_for()


def owned(page: Page, site: str) -> None:
    """The ownership tree."""
    opened(page, site, LAYERS)
    page.get_by_test_id("mode-tree").click()
    page.locator("#tree svg").first.wait_for()


def listed(page: Page, site: str) -> None:
    """The picture as a table."""
    grown(page, site)
    page.get_by_test_id("mode-table").click()
    page.get_by_test_id("table-row").first.wait_for()


def chosen_list(page: Page, site: str, path: str = "/screening", sheet: str = "applicants.xlsx") -> None:
    """A list uploaded, not yet checked."""
    page.goto(site + path)
    page.locator("#file").set_input_files(CITY / sheet)
    page.get_by_test_id("listed").wait_for()
    page.get_by_test_id("day").fill(DAY)


def screened(page: Page, site: str) -> None:
    """Its decisions, one row open."""
    chosen_list(page, site)
    page.get_by_test_id("scenario").select_option("procurement")
    page.get_by_test_id("go").click()
    page.get_by_test_id("tile-blocked").click()
    page.get_by_test_id("open-3").click()
    page.get_by_test_id("reasons-3").wait_for()
    page.get_by_test_id("tile-all").evaluate(
        "tile => window.scrollTo(0, tile.getBoundingClientRect().top + scrollY - 90)"
    )


def compared(page: Page, site: str) -> None:
    """The bidders' matrix."""
    chosen_list(page, site, "/bidders", "bidders.xlsx")
    page.get_by_test_id("go").click()
    page.locator("[data-testid^=matrix-]").first.wait_for()


def rested(page: Page, site: str) -> None:
    """What answers rest on."""
    page.goto(site + "/basis")
    page.wait_for_load_state("networkidle")


SCENES = (
    Scene("start", begun, EVERY),
    Scene("network", grown, EVERY),
    Scene("exposure", lit),
    Scene("evidence", proven),
    Scene("findings", bound),
    Scene("tree", owned, EVERY),
    Scene("table", listed),
    Scene("screening", chosen_list),
    Scene("screening-result", screened, EVERY),
    Scene("bidders", compared, EVERY),
    Scene("basis", rested),
)

if __name__ == "__main__":
    sys.exit(main())

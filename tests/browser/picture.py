"""The explorer as a test uses it: what it shows by its own hook, where a subject stands on the screen."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

DAY = "2026-06-01"
WATER = "91999999MA00004966"  # 乌有市问渠水务工程有限公司: 16 relations that day, and 46 who gave its address
PIPES = "91999999MA0000525H"  # 乌有市沧浪管网有限公司, which it holds by 80 % and which is listed


def entered(page: Page, address: str, where: str = "/") -> None:
    """Come in by the printed address, then go where the test begins."""
    page.goto(address)
    if where != "/":
        page.goto(base(address) + where)


def base(address: str) -> str:
    """The address without the token."""
    return address.split("/?", maxsplit=1)[0]


def opened(page: Page, address: str, subject: str = WATER, day: str = DAY) -> None:
    """The picture of one subject on a day."""
    entered(page, address, f"/?subject={subject}&as_of={day}")
    page.wait_for_function("id => window.__explorer?.state().nodes.includes(id)", arg=subject)


def state(page: Page) -> dict[str, Any]:
    """What the picture shows."""
    found: dict[str, Any] = page.evaluate("window.__explorer.state()")
    return found


def settled(page: Page) -> None:
    """Wait until what was asked of the server has come."""
    page.evaluate("window.__explorer.app.line")
    expect(page.locator("#busy")).to_be_hidden()


def grown(page: Page, most: int = 2) -> None:
    """Wait until the picture has at least so many subjects."""
    page.wait_for_function("n => (window.__explorer?.state().nodes.length ?? -1) >= n", arg=most)
    settled(page)


def spot(page: Page, element: str) -> tuple[float, float]:
    """Where a subject, or the middle of a line, is on the screen."""
    at: list[float] = page.evaluate(
        """id => {
          const one = window.__explorer.app.scene.cy.getElementById(id);
          const box = document.getElementById("canvas").getBoundingClientRect();
          const at = one.isNode() ? one.renderedPosition() : one.renderedMidpoint();
          return [box.left + at.x, box.top + at.y];
        }""",
        element,
    )
    return at[0], at[1]


def line_between(page: Page, source: str, target: str) -> str:
    """The line drawn from one subject to another."""
    found: str = page.evaluate(
        """([source, target]) => window.__explorer.app.scene.cy.edges()
          .filter(line => line.source().id() === source && line.target().id() === target)[0].id()""",
        [source, target],
    )
    return found


def expanded(page: Page, subject: str) -> None:
    """Double-click a subject and take what is offered."""
    page.mouse.dblclick(*spot(page, subject))
    page.get_by_test_id("expand-do").click()
    grown(page)

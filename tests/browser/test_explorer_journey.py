"""The explorer by mouse: a journey from the search to the export, and what a picture may not do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.picture import (
    DAY,
    PIPES,
    WATER,
    entered,
    expanded,
    grown,
    line_between,
    opened,
    settled,
    spot,
    state,
)

pytestmark = pytest.mark.browser

AXE = Path(__file__).parent / "axe" / "axe.min.js"


def serious(page: Page) -> list[str]:
    """What axe-core finds that keeps people out. (Run as a script of the test: the page's policy stays in force.)"""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("axe.run().then(found => found.violations)")
    bad = [one for one in found if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:5]}" for one in bad]


def keep_and_take_away(page: Page) -> None:
    """Save, load the page anew, export: the picture stays what it was."""
    page.get_by_test_id("views").click()
    page.get_by_test_id("save").click()
    page.get_by_test_id("line").fill("问渠水务")
    page.get_by_test_id("yes").click()
    expect(page.get_by_test_id("saved-name")).to_have_text("问渠水务")
    shown = state(page)
    page.reload()
    grown(page, len(shown["nodes"]))
    again = state(page)
    assert (again["nodes"], again["places"], again["asOf"]) == (shown["nodes"], shown["places"], DAY)

    page.get_by_test_id("export").click()
    page.get_by_test_id("export-png").check()
    with page.expect_download() as download:
        page.get_by_test_id("yes").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_from_a_name_to_a_file(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    entered(page, city_address)
    assert "token" not in page.url
    expect(page.get_by_test_id("sources").locator("tbody tr")).to_have_count(3)
    expect(page.get_by_test_id("example")).to_have_count(4)
    page.get_by_test_id("as-of").fill(DAY)
    page.get_by_test_id("start-search").fill("问渠水务")
    page.get_by_test_id("suggestion").first.click()
    grown(page, 1)
    assert state(page)["nodes"] == [WATER]
    assert state(page)["asOf"] == DAY

    expanded(page, WATER)
    assert PIPES in state(page)["nodes"]
    places = state(page)["places"]

    # The line's evidence: which record says so, since when.
    page.mouse.click(*spot(page, line_between(page, WATER, PIPES)))
    expect(page.get_by_test_id("pane-evidence")).to_be_visible()
    expect(page.get_by_test_id("evidence-record").first).to_contain_text("entities/capital.csv")

    # What comes near: never a score without its path.
    page.mouse.click(*spot(page, WATER))
    page.get_by_test_id("tab-exposure").click()
    expect(page.get_by_test_id("pane-exposure")).to_contain_text("关联提示，不构成失信惩戒依据")
    page.get_by_test_id("light").first.click()
    page.wait_for_function("() => window.__explorer.state().lit?.edges.length > 0")
    settled(page)
    before = {key: at for key, at in state(page)["places"].items() if key in places}
    assert before == places, "what stands must not move"

    # Another day: the same subjects, other relations.
    there, edges = set(state(page)["nodes"]), len(state(page)["edges"])
    page.get_by_test_id("as-of").fill("2016-01-01")
    page.wait_for_function("() => window.__explorer.state().asOf === '2016-01-01'")
    settled(page)
    assert set(state(page)["nodes"]) == there
    # What began later is gone; what has no stated beginning stays.
    since = {key.split("\x1f")[4] for key in state(page)["edges"]}
    assert all(day <= "2016-01-01" for day in since)
    assert 0 < len(state(page)["edges"]) < edges
    page.get_by_test_id("undo").click()
    settled(page)
    assert state(page)["asOf"] == DAY
    assert state(page)["edges"]

    keep_and_take_away(page)


def test_a_path_between_two_is_found_and_lit(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    page.get_by_test_id("tab-paths").click()
    page.get_by_test_id("paths-b").fill("听泉装饰")
    page.get_by_test_id("suggestion").first.click()
    page.get_by_test_id("paths-find").click()
    page.get_by_test_id("path").first.get_by_test_id("path-light").click()
    page.wait_for_function("() => window.__explorer.state().lit?.nodes.length >= 2")
    settled(page)
    lit = state(page)["lit"]
    assert WATER in lit["nodes"]
    assert len(lit["edges"]) >= len(lit["nodes"]) - 1
    dimmed = "window.__explorer.app.scene.cy.nodes('.dim').filter(node => node.hasClass('lit')).length"
    assert page.evaluate(dimmed) == 0


def test_every_step_can_be_undone_and_redone(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    expanded(page, WATER)
    whole = state(page)
    page.mouse.click(*spot(page, PIPES))
    page.get_by_test_id("toolbar-hide").click()
    assert PIPES not in state(page)["nodes"]
    expect(page.get_by_test_id("hidden-count")).to_contain_text("手工隐藏 1 个")
    page.get_by_test_id("legend-unhide").click()
    page.mouse.click(*spot(page, PIPES))
    page.get_by_test_id("toolbar-remove").click()
    assert PIPES not in state(page)["nodes"]
    page.get_by_test_id("undo").click()
    settled(page)
    assert set(state(page)["nodes"]) == set(whole["nodes"])
    assert set(state(page)["edges"]) == set(whole["edges"])
    for _ in range(5):
        page.keyboard.press("Control+z")
        settled(page)
    assert state(page)["nodes"] == []
    expect(page.get_by_test_id("start-search")).to_be_visible()
    for _ in range(5):
        page.keyboard.press("Control+y")
        settled(page)
    assert set(state(page)["nodes"]) == set(whole["nodes"]) - {PIPES}


def test_the_legend_filters_and_tells_what_it_hides(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    expanded(page, WATER)
    whole = state(page)
    page.get_by_test_id("filter-kinds-person").uncheck()
    assert len(state(page)["nodes"]) == len(whole["nodes"]) - state(page)["hidden"]["nodes"] < len(whole["nodes"])
    expect(page.get_by_test_id("hidden-count")).to_contain_text(f"{state(page)['hidden']['nodes']} 个节点")
    page.get_by_test_id("filter-reset").click()
    page.get_by_test_id("only-types-SHAREHOLDER").click(force=True)
    assert {key.split("\x1f")[0] for key in state(page)["edges"]} == {"SHAREHOLDER"}
    page.get_by_test_id("filter-reset").click()
    assert set(state(page)["edges"]) == set(whole["edges"])
    # Relations that are over come only when asked for.
    page.get_by_test_id("filter-ended").check()
    settled(page)
    assert set(state(page)["edges"]) > set(whole["edges"])


def test_a_hub_is_asked_for_in_parts(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    page.mouse.dblclick(*spot(page, WATER))
    dialog = page.get_by_test_id("dialog")
    expect(dialog).to_contain_text("63 条")
    # Who merely gave the same address is not taken unless asked for.
    expect(page.get_by_test_id("pick-CONTACT-both")).not_to_be_checked()
    page.get_by_test_id("expand-all").click()
    page.get_by_test_id("expand-limit").select_option("25")
    page.get_by_test_id("expand-do").click()
    grown(page, 5)
    assert len(state(page)["nodes"]) <= 26
    stub = page.evaluate("window.__explorer.app.scene.cy.nodes('.stub')[0].id()")
    assert re.fullmatch(
        r"\+\d+", page.evaluate("id => window.__explorer.app.scene.cy.getElementById(id).data('label')", stub)
    )
    page.mouse.click(*spot(page, stub))
    expect(dialog).to_be_visible()
    page.get_by_test_id("expand-cancel").click()
    # A contact that many share is one tag, not a line from everybody to everybody.
    page.get_by_test_id("choose").click()
    page.get_by_test_id("select-none").click()
    expect(page.get_by_test_id("status")).to_be_attached()
    assert page.evaluate("window.__explorer.app.scene.cy.edges().length") < 120


def test_groups_close_without_hiding_who_is_listed_and_neighbours_go_back_in(
    city_address: str, chromium_page: Page
) -> None:
    page = chromium_page
    opened(page, city_address)
    expanded(page, WATER)
    page.get_by_test_id("place").click()
    page.get_by_test_id("group").click()
    head = page.evaluate("Object.keys(window.__explorer.app.model.doc.groups)[0]")
    assert page.evaluate("id => window.__explorer.app.scene.cy.getElementById(id).children().length", head) == 5
    page.evaluate("id => window.__explorer.app.flows.toggleGroup(id)", head)
    label = page.evaluate("id => window.__explorer.app.scene.cy.getElementById(id).data('label')", head)
    assert "✖ 1 家在失信类名单" in label
    assert page.evaluate("id => window.__explorer.app.scene.cy.getElementById(id).length", PIPES) == 0
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.evaluate("id => window.__explorer.app.select(id)", WATER)
    page.keyboard.press("c")
    # Who hangs on others too, stays.
    left = state(page)["nodes"]
    assert WATER in left
    assert PIPES not in left
    assert 1 < len(left) < 13


def test_no_more_subjects_are_drawn_than_a_picture_holds(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    answer = page.evaluate(
        """async one => {
          const { app } = window.__explorer;
          const { MOST_NODES } = await import("/static/js/explorer/state.js");
          const full = {};
          for (let i = 1; i < MOST_NODES; i += 1) full[`x${i}`] = { x: i * 9, y: 0, hidden: true };
          app.model.settle(doc => ({ ...doc, nodes: { ...doc.nodes, ...full } }));
          const added = await app.addSubjects([one]);
          return [added.length, app.model.ids.length, MOST_NODES];
        }""",
        PIPES,
    )
    assert answer == [0, 1500, 1500]
    expect(page.get_by_test_id("toast")).to_contain_text("图中最多 1500 个节点，有 1 个没有加入")


def test_an_altered_link_is_refused_politely(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    opened(page, city_address)
    page.wait_for_function("() => location.hash.startsWith('#v=1.')")
    link = page.url
    page.evaluate("sessionStorage.clear()")
    page.goto("about:blank")
    page.goto(link)
    grown(page, 1)
    assert state(page)["nodes"] == [WATER]
    assert state(page)["asOf"] == DAY
    for wrong in (link[:-4] + "AAAA", link[:-10], link.replace("#v=1.", "#v=9."), link.split("#")[0] + "#v=1.<script>"):
        page.evaluate("sessionStorage.clear()")
        page.goto("about:blank")
        page.goto(wrong)
        expect(page.get_by_test_id("toast")).to_contain_text("链接中的视图读不出来")
        expect(page.get_by_test_id("start-search")).to_be_visible()
        assert state(page)["nodes"] == []


def test_a_picture_as_a_file_comes_back_as_it_was(city_address: str, chromium_page: Page, tmp_path: Path) -> None:
    page = chromium_page
    opened(page, city_address)
    expanded(page, WATER)
    shown = state(page)
    page.get_by_test_id("views").click()
    with page.expect_download() as download:
        page.get_by_test_id("file-save").click()
    text = Path(download.value.path()).read_text(encoding="utf-8")
    # A file holds ids and places: what the graph says is asked anew.
    assert WATER in json.loads(text)["doc"]["nodes"]
    assert "问渠水务" not in text
    page.get_by_test_id("views").click()
    page.get_by_test_id("new").click()
    assert state(page)["nodes"] == []
    kept = tmp_path / "view.json"
    kept.write_text(text, encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.evaluate("window.__explorer.app.flows.viewItems().find(item => item.testid === 'file-open').run()")
    chooser.value.set_files(kept)
    grown(page, len(shown["nodes"]))
    assert state(page)["places"] == shown["places"]


def test_nobody_is_kept_out(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    entered(page, city_address)
    expect(page.get_by_test_id("example").first).to_be_visible()
    assert serious(page) == []
    opened(page, city_address)
    expanded(page, WATER)
    assert serious(page) == []
    page.get_by_test_id("theme").click()
    assert serious(page) == []
    page.keyboard.press("?")
    expect(page.get_by_test_id("dialog")).to_be_visible()
    assert serious(page) == []

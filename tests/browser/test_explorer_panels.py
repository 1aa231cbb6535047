"""The panels beside the picture against the sample city; the right answers stand in examples/README.md."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.picture import DAY, entered, state
from tests.browser.test_explorer_journey import serious

pytestmark = pytest.mark.browser

LISTED = "91999999MA00000154"  # 乌有市青梧建材有限公司: on the list of judgment defaulters
NEAR = "91999999MA0000023Y"  # 乌有市鹿鸣商贸有限公司: two steps away, an association and no more
HEAD = "RY000001"  # 张子虚: legal representative of both
FOUNDED_BEFORE = "91999999MA0000154T"  # 乌有市漱玉园林有限公司: R23 must not bind it
CIRCLE = "91999999MA0000656D"  # 乌有市衔尾实业有限公司: one of three that hold each other
GROUP = "91999999MA000039XP"  # 大荒集团有限公司
ENERGY = "91999999MA0000402G"  # 大荒能源有限公司, its subsidiary


def until(page: Page, expression: str, most: int = 100) -> None:
    """Wait until an expression holds. (The page's policy forbids what wait_for_function does.)"""
    for _ in range(most):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came true: {expression}")


def shown(page: Page, address: str, *subjects: str) -> None:
    """The picture with these subjects in it, the last one selected."""
    entered(page, address, f"/?subject={subjects[0]}&as_of={DAY}")
    until(page, f"Boolean(window.__explorer?.state().nodes.includes('{subjects[0]}'))")
    for one in subjects[1:]:
        page.evaluate("async id => { await window.__explorer.app.addSubjects([id]); }", one)
    page.evaluate("id => window.__explorer.app.select(id)", subjects[-1])


def tab(page: Page, name: str) -> Locator:
    """Open a tab and give its pane."""
    page.get_by_test_id(f"tab-{name}").click()
    return page.get_by_test_id(f"pane-{name}")


def test_the_subject_panel_tells_who_it_is_and_counts_before_expanding(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, LISTED)
    pane = page.get_by_test_id("pane-subject")
    expect(pane.get_by_test_id("subject-name")).to_have_text("乌有市青梧建材有限公司")
    entry = pane.get_by_test_id("listing")
    expect(entry).to_have_count(1)
    for text in ("✖ 失信被执行人", "（2026）乌0199执1号", "乌有市东皋区人民法院", "法释〔2017〕7号", "至 2028-02-10"):
        expect(entry).to_contain_text(text)
    expect(entry).to_contain_text("后三个工作日内删除")  # the remedy
    expect(pane).to_contain_text("乌有市青梧石材有限公司")
    row = pane.get_by_test_id("expand-type")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("法定代表人")
    expect(row).to_contain_text("1")
    assert state(page)["nodes"] == [LISTED], "counted, not drawn"
    row.click()
    until(page, f"window.__explorer.state().nodes.includes('{HEAD}')")


def test_a_persons_number_is_masked(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, HEAD)
    pane = page.get_by_test_id("pane-subject")
    expect(pane.get_by_test_id("subject-code")).to_have_text(re.compile(r"^999999\*{10}15$"))
    assert not re.search(r"\d{15}", pane.inner_text())


def test_findings_bind_the_head_and_only_hint_at_his_other_company(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, LISTED, NEAR, HEAD)
    pane = tab(page, "findings")
    pane.get_by_test_id("scenario").select_option("procurement")
    first = pane.locator("[data-testid=finding][data-rule=R01]")
    for text in (
        "法释〔2015〕17号",
        "条文已核对",
        "2026-02-10 — 2028-02-10",
        "张子虚 是 乌有市青梧建材有限公司 的法定代表人",
    ):
        expect(first).to_contain_text(text)
    expect(first.locator("header")).not_to_contain_text("限制")
    assert pane.locator("[data-testid=finding][data-class=LISTED_SELF]").count() == 0, "he is on no list himself"
    first.get_by_test_id("show-path").click()
    until(page, "window.__explorer.state().lit?.nodes.length === 2")
    # His other company: an association, apart, under the caution, and no decision rests on it.
    page.evaluate("id => window.__explorer.app.model.select([id])", NEAR)
    expect(pane.get_by_test_id("decision")).to_have_attribute("data-decision", "notice")
    classes = pane.get_by_test_id("finding").evaluate_all("all => [...new Set(all.map(one => one.dataset.class))]")
    assert classes == ["ALERT"]
    expect(pane.get_by_test_id("caution")).to_contain_text("关联提示，不构成失信惩戒依据")


def test_why_a_rule_does_not_bind_is_told_condition_by_condition(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, FOUNDED_BEFORE)
    pane = tab(page, "findings")
    pane.get_by_test_id("why-rule").select_option("R23")
    expect(pane.get_by_test_id("why-verdict")).to_have_attribute("data-fired", "false")
    failed = pane.locator("[data-testid=condition][data-status=failed]")
    expect(failed.filter(has_text="任职（设立）在列入之日以后").first).to_contain_text("2020-01-01")
    expect(failed.first).to_contain_text("✗")
    assert pane.locator("[data-testid=condition][data-status=met]").count() > 5


def test_exposure_shows_each_factor_and_lights_the_evidence(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, NEAR)
    pane = tab(page, "exposure")
    expect(pane.get_by_test_id("caution")).to_contain_text("不构成失信惩戒依据")
    one = pane.get_by_test_id("exposed")
    expect(one).to_have_count(1)
    expect(one).to_contain_text("▲ 高 0.64")
    expect(one).to_contain_text("2 步")
    one.get_by_test_id("light").click()
    expect(one.locator(".fade")).to_have_text(["0.8 × 0.8 = 0.64", "1 × 0.8 = 0.8"])
    until(page, "window.__explorer.state().lit?.nodes.length === 3")
    assert set(state(page)["nodes"]) == {LISTED, NEAR, HEAD}
    known = "(m => m.ids.map(m.fact, m))(window.__explorer.app.model)"
    scores = f"{known}.map(one => [one.subject.id, one.score, one.band])"
    until(page, f"{scores}.filter(one => one[1]).length === 2")
    assert [HEAD, 0.8, "high"] in page.evaluate(scores)
    # What was not looked at is said.
    expect(pane.get_by_test_id("limits")).to_contain_text("未核查 13")
    pane.get_by_test_id("limits").locator("summary").click()
    expect(pane.get_by_test_id("limits")).to_contain_text("乌有市中小企业融资担保有限公司")


def test_whom_a_listing_reaches(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, LISTED)
    pane = tab(page, "exposure")
    pane.get_by_test_id("exposure-reach").click()
    expect(pane.locator("[data-testid=consequence][data-rule=R01]")).to_contain_text("张子虚")
    expect(pane.get_by_test_id("exposed").filter(has_text="乌有市鹿鸣商贸有限公司")).to_contain_text("0.64")
    page.evaluate("id => window.__explorer.app.show('exposure', { id })", NEAR)
    pane.get_by_test_id("exposure-reach").click()
    expect(pane).to_contain_text("没有有效的列入记录，不波及任何人")


def test_the_evidence_of_a_relation_says_why_it_counts(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, NEAR, HEAD)
    key = next(key for key in state(page)["edges"] if key.startswith("SHAREHOLDER"))
    page.evaluate("key => window.__explorer.app.model.select([], [key])", key)
    pane = page.get_by_test_id("pane-evidence")
    expect(pane.get_by_test_id("evidence-sentence")).to_have_text("张子虚 持有 乌有市鹿鸣商贸有限公司 的股权")
    expect(pane).to_contain_text("60%")
    expect(pane.get_by_test_id("evidence-record")).to_have_text("entities/capital.csv:2")
    ways = pane.get_by_test_id("evidence-way")
    expect(ways).to_have_count(2)
    told = urllib.request.Request(city_address.split("/?", maxsplit=1)[0] + "/api/policy")
    token = re.search(r"token=(\S+)", city_address)
    assert token
    told.add_header("Authorization", f"Bearer {token[1]}")
    keeps = json.loads(urllib.request.urlopen(told).read())["keeps"]
    for at, direction in enumerate(("forward", "backward")):
        rows = [k for k in keeps if (k["relation"], k["direction"]) == ("SHAREHOLDER", direction) and k["min_ratio"]]
        weight = max((k for k in rows if k["min_ratio"] <= 0.6), key=lambda k: float(k["min_ratio"]))["weight"]
        expect(ways.nth(at)).to_contain_text(f"× {weight:g}")
    # The other relation of the two stands beside it, and is opened from here.
    pane.get_by_test_id("evidence-parallel").click()
    expect(pane.get_by_test_id("evidence-sentence")).to_contain_text("的法定代表人")


def test_paths_between_two_and_none(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, LISTED, NEAR)
    page.evaluate("ids => window.__explorer.app.model.select(ids)", [LISTED, NEAR])
    pane = tab(page, "paths")
    expect(pane.get_by_test_id("paths-a")).to_have_value("乌有市青梧建材有限公司")
    pane.get_by_test_id("paths-find").click()
    expect(pane.get_by_test_id("path")).to_have_count(1)
    expect(pane.get_by_test_id("path")).to_contain_text("2 步")
    expect(pane.get_by_test_id("paths-stops")).to_contain_text("乌有市中小企业融资担保有限公司")
    pane.get_by_test_id("path-light").click()
    until(page, "window.__explorer.state().lit?.nodes.length === 3")
    # Only over guarantees there is no path; then it is said what to try.
    pane.get_by_test_id("paths-types").locator("summary").click()
    pane.locator("input[data-type=SUPPLIES]").check()
    pane.get_by_test_id("paths-find").click()
    expect(pane.get_by_test_id("paths-told")).to_contain_text("4 步以内没有路径")
    expect(pane).to_contain_text("换一个基准日")
    assert pane.get_by_test_id("path").count() == 0


def test_the_ownership_tree_by_mouse_and_by_keyboard(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, ENERGY)
    pane = tab(page, "ownership")
    expect(pane.get_by_test_id("controller").first).to_contain_text("大荒集团有限公司")
    expect(pane.get_by_test_id("stake").first).to_contain_text("100%")
    expect(pane.get_by_test_id("beneficial")).to_contain_text("何守拙")
    pane.get_by_test_id("tree-open").click()
    tree = page.get_by_test_id("tree-svg")
    expect(tree).to_be_visible()
    expect(tree.get_by_test_id("tree-card")).to_have_count(3)
    assert tree.locator(".branch.control").count() == 2
    page.evaluate("id => window.__explorer.app.show('tree', { id })", GROUP)
    expect(tree).to_contain_text("大荒装备有限公司")
    page.get_by_test_id("tree-listed").click()
    down = page.get_by_test_id("treegrid-down")
    down.get_by_test_id("treegrid-row").first.focus()
    page.keyboard.press("ArrowDown")
    name = page.evaluate("document.activeElement.cells[0].innerText")
    assert "大荒" in name
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("pane-subject").get_by_test_id("subject-name")).to_contain_text("大荒")


def test_a_circle_of_holdings_is_told_and_ends(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, CIRCLE)
    page.evaluate("id => window.__explorer.app.show('tree', { id })", CIRCLE)
    expect(page.get_by_test_id("tree-remarks")).to_contain_text("循环持股")
    assert page.locator(".tree-svg .branch.cycle").count() >= 3
    cards = page.get_by_test_id("tree-card").evaluate_all("all => all.map(one => one.dataset.id)")
    assert len(cards) == len(set(cards)), "each stands once"
    page.get_by_test_id("tree-listed").click()
    expect(page.get_by_test_id("tree-grid")).to_contain_text("见上")


def test_the_table_follows_the_picture_and_guards_its_csv(
    city_address: str, chromium_page: Page, tmp_path: Path
) -> None:
    page = chromium_page
    shown(page, city_address, LISTED, NEAR, HEAD)
    page.evaluate('id => window.__explorer.app.note(id, \'=HYPERLINK("x","y")\')', HEAD)
    page.get_by_test_id("mode-table").click()
    rows = page.get_by_test_id("table-row")
    expect(rows).to_have_count(3)
    rows.filter(has_text="鹿鸣").locator("button").click()
    assert state(page)["selected"]["nodes"] == [NEAR]
    page.evaluate("id => window.__explorer.app.model.select([id])", LISTED)
    expect(rows.filter(has_text="青梧")).to_have_class("selected")
    expect(rows.filter(has_text="鹿鸣")).not_to_have_class("selected")
    page.get_by_test_id("sort-name").click()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("名称")
    page.get_by_test_id("table-filter").fill("张子虚")
    expect(rows).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_test_id("table-csv").click()
    download.value.save_as(tmp_path / "x.csv")
    lines = list(csv.reader(io.StringIO((tmp_path / "x.csv").read_text(encoding="utf-8-sig"))))
    assert lines[1][0] == "张子虚"
    assert lines[1][-3].startswith("'=HYPERLINK")
    assert lines[1][-2:] == [DAY, "关联提示，不构成失信惩戒依据。"]
    page.get_by_test_id("table-filter").fill("")
    page.get_by_test_id("table-edges").click()
    expect(rows.filter(has_text="entities/capital.csv:2")).to_contain_text("60%")


def test_a_note_is_kept_listed_and_undone(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, LISTED)
    pane = tab(page, "notes")
    pane.get_by_test_id("note").fill("须核对判决")
    pane.get_by_test_id("note-save").click()
    expect(pane.get_by_test_id("noted")).to_contain_text("须核对判决")
    page.evaluate("window.__explorer.app.undo()")
    expect(pane.get_by_test_id("noted")).to_have_count(0)


def test_an_answer_that_fails_says_so_and_can_be_asked_again(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, LISTED)
    page.evaluate("window.kept = window.fetch; window.fetch = () => Promise.reject(new TypeError('cut')); 0")
    pane = tab(page, "exposure")
    expect(pane.get_by_test_id("failure")).to_contain_text("连不上信脉服务")
    page.evaluate("window.fetch = window.kept; 0")
    pane.get_by_test_id("retry").click()
    expect(pane.get_by_test_id("exposed").or_(pane.locator(".empty")).first).to_be_visible()


def test_the_basis_page_tells_rules_lists_and_weights(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    entered(page, city_address, "/basis#R23")
    rule = page.locator("details[data-id=R23]")
    expect(rule).to_have_attribute("open", "")
    expect(rule).to_contain_text("纳税缴费信用管理办法（2025）第18条")
    expect(rule).to_contain_text("条文已核对")
    page.get_by_test_id("basis-lists").click()
    expect(page.get_by_test_id("list-SXBZXR")).to_contain_text("已接入，截至 2026-06-01")
    expect(page.get_by_test_id("list-HPBZ")).to_contain_text("未接入")
    page.get_by_test_id("basis-policy").click()
    expect(page.get_by_test_id("policy-keeps")).to_contain_text("法定代表人")
    expect(page.locator(".caution")).to_contain_text("不构成失信惩戒依据")
    page.get_by_test_id("basis-sources").click()
    expect(page.get_by_test_id("sources")).to_contain_text("2026-06-01")


def test_what_is_taken_away_is_of_the_kind_asked_for(city_address: str, chromium_page: Page, tmp_path: Path) -> None:
    page = chromium_page
    shown(page, city_address, LISTED, HEAD)
    starts = {"svg": b"<svg", "json": b"{", "png": b"\x89PNG"}
    for name, begin in starts.items():
        page.get_by_test_id("export").click()
        page.get_by_test_id(f"export-{name}").check()
        page.get_by_test_id("export-title").fill("<b>标题</b>")
        with page.expect_download() as download:
            page.get_by_test_id("yes").click()
        download.value.save_as(tmp_path / name)
        content = (tmp_path / name).read_bytes()
        assert begin in content[:200]
        assert name != "svg" or b"<b>" not in content


def test_panels_keep_nobody_out(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, GROUP, HEAD)
    for name in ("subject", "findings", "paths", "exposure", "ownership", "notes"):
        tab(page, name)
        expect(page.locator("#panel [aria-busy]")).to_have_count(0)
        assert serious(page) == []
    page.evaluate("id => window.__explorer.app.show('tree', { id })", GROUP)
    expect(page.get_by_test_id("tree-svg")).to_be_visible()
    assert serious(page) == []
    page.get_by_test_id("mode-table").click()
    expect(page.get_by_test_id("table-row")).to_have_count(2)
    assert serious(page) == []
    # Tabs by arrows, and nothing but text reaches a reader of the screen.
    page.get_by_test_id("tab-subject").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("tab-evidence")).to_be_focused()
    expect(page.get_by_test_id("tab-evidence")).to_have_attribute("aria-selected", "true")
    for part in ("rules", "lists", "scenarios", "regimes", "policy", "sources"):
        page.goto(city_address.split("/?", maxsplit=1)[0] + f"/basis#{part}")
        expect(page.locator("#content h2")).to_be_visible()
        assert serious(page) == []

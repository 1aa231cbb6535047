"""What the panels and files of the explorer must not say: that somebody is bound, listed or in office who is not, that
something is over which is in force, that an owner is the only one where nobody knows.
"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.picture import entered
from tests.browser.test_explorer_panels import shown, tab, until

pytestmark = pytest.mark.browser

WATER = "91999999MA00004966"  # 乌有市问渠水务工程有限公司: on no list of the untrustworthy, others near it are
GUARANTOR = "91999999MA0000568Y"  # 乌有市合璞泵业有限公司: guarantees it until 2027-11-15


def test_an_association_binds_nobody_and_names_who_is_listed(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, WATER)
    pane = tab(page, "findings")
    pane.get_by_test_id("scenario").select_option("procurement")
    alerts = pane.locator("[data-testid=finding][data-class=ALERT]")
    expect(alerts).to_have_count(10)
    for text in alerts.all_inner_texts():
        for expected in ("他人在列，仅提示", "被列入者", "其列入期间", "提示涉及"):
            assert expected in text
        for wrong in ("约束对象", "\n期限\n", "\n事由\n"):
            assert wrong not in text
    names = alerts.get_by_test_id("alert-listed").all_inner_texts()
    assert not any(name.endswith("乌有市问渠水务工程有限公司") for name in names)
    one = alerts.filter(has_text="听泉装饰").first
    expect(one.get_by_test_id("alert-listed")).to_contain_text("听泉装饰")
    scores = [float(text.split()[-1]) for text in alerts.locator("header .chip:nth-child(2)").all_inner_texts()]
    assert scores == sorted(scores, reverse=True), "the nearest first"
    # Apart from consequences, also by their look.
    assert "finding" not in (one.get_attribute("class") or "").split()
    # A record of its own that only informs binds nobody either.
    own = pane.locator("[data-testid=finding][data-class=LISTED_SELF]").filter(has_text="■ 被执行人")
    expect(own).to_contain_text("列入期间")
    expect(own).not_to_contain_text("约束对象")
    expect(own).not_to_contain_text("列于被执行人")


def test_what_ends_later_has_not_ended(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, WATER, GUARANTOR)
    page.evaluate("ids => window.__explorer.app.model.select(ids)", [WATER, GUARANTOR])
    pane = tab(page, "paths")
    pane.get_by_test_id("paths-find").click()
    path = pane.get_by_test_id("path").first
    expect(path).to_contain_text("2023-11-15 至 2027-11-15")
    expect(path).not_to_contain_text("已终止")
    path.get_by_test_id("step-evidence").first.click()
    proof = page.get_by_test_id("pane-evidence")
    expect(proof).to_contain_text("2023-11-15 至 2027-11-15")
    expect(proof).not_to_contain_text("已终止")
    told = page.evaluate("""async () => {
      const { span } = await import("/static/js/words.js");
      const days = [["2020-01-01", "2026-06-01"], ["2020-01-01", "2026-06-02"], ["2026-06-02", null], [null, null]];
      let refused = false;
      try { span("2020-01-01", "2021-01-01"); } catch { refused = true; }
      return [...days.map(([since, until]) => span(since, until, "2026-06-01")), refused];
    }""")
    assert told == [
        "2020-01-01 至 2026-06-01（已终止）", "2020-01-01 至 2026-06-02", "2026-06-02 起（尚未开始）", "起止日期未载",
        True,
    ]  # fmt: skip


def test_owners_nobody_traced_are_told_beside_the_one_found(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    shown(page, city_address, WATER)
    pane = tab(page, "ownership")
    expect(pane.get_by_test_id("beneficial")).to_contain_text("林怀瑾")
    expect(pane.get_by_test_id("untraced")).to_contain_text("不能排除另有受益所有人")
    expect(pane.get_by_test_id("stake").first).to_contain_text("◆ 推定控制")
    pane.get_by_test_id("tree-open").click()
    tree = page.locator("#tree")
    expect(tree.get_by_test_id("untraced")).to_contain_text("不能排除另有受益所有人")
    expect(tree.get_by_test_id("tree-svg")).to_contain_text("推定控制")
    page.get_by_test_id("tree-listed").click()
    expect(tree.get_by_test_id("tree-grid")).to_contain_text("推定控制")


def test_a_role_that_is_over_or_to_come_is_not_told_as_held(city_address: str, chromium_page: Page) -> None:
    page = chromium_page
    person = {"kind": "person", "form": None, "uscc": None, "id_masked": None, "status": None}
    roles: tuple[dict[str, object], ...] = (
        {"since": "2019-01-01", "until": "2025-11-30", "active": False},
        {"since": "2099-01-01", "until": None, "active": False},
        {"since": "2019-01-01", "until": "2099-01-01", "active": True},
    )
    rows = [
        {
            "subject": {"id": f"RY{i}", "name": "张无咎", **person},
            "matched": "name",
            "text": "张无咎",
            "organisation": {"id": "F", "name": "乌有市望舒纺织", "relation": "LEGAL_REP", **role},
            "listed": [],
        }
        for i, role in enumerate(roles)
    ]
    answer = {"q": "张无咎", "suggestions": rows, "index": {"state": "ready"}, "more": False}

    def answered(route: Route) -> None:
        route.fulfill(json=answer)

    page.route("**/api/suggest*", answered)
    entered(page, city_address)
    page.get_by_test_id("start-search").fill("张无咎")
    told = page.get_by_test_id("suggestion")
    expect(told.nth(0)).to_contain_text("乌有市望舒纺织 · 原法定代表人（至 2025-11-30）")
    expect(told.nth(1)).to_contain_text("乌有市望舒纺织 · 将任法定代表人（2099-01-01 起）")
    expect(told.nth(2)).to_contain_text("乌有市望舒纺织 · 法定代表人")


def test_the_file_holds_as_many_relations_as_the_screen(city_address: str, chromium_page: Page, tmp_path: Path) -> None:
    page = chromium_page
    shown(page, city_address, WATER, GUARANTOR)
    page.evaluate("""async ([id]) => {
      const { app } = window.__explorer;
      const answer = await (await fetch(`/api/expand?subject=${id}&active=false&limit=50&as_of=${app.asOf}`)).json();
      await app.addSubjects(answer.relations.map((one) => one.other.id));
      await app.filter("", { ended: true });
    }""", [WATER])  # fmt: skip
    until(page, "[...window.__explorer.app.model.edges.values()].some(one => one.active === false)")

    def relations() -> list[dict[str, str]]:
        page.get_by_test_id("export").click()
        page.get_by_test_id("export-csv").check()
        with page.expect_download() as download:
            page.get_by_test_id("yes").click()
        download.value.save_as(tmp_path / "x.zip")
        with zipfile.ZipFile(tmp_path / "x.zip") as packed:
            text = packed.read("关系.csv").decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    on_screen = (
        "import('/static/js/explorer/visible.js').then(m => m.visible(window.__explorer.app.model).edges.length)"
    )
    with_ended = relations()
    assert any(row["当日效力"] == "已终止" for row in with_ended)
    assert len(with_ended) == page.evaluate(on_screen)
    page.evaluate("window.__explorer.app.filter('', { ended: false, since: '2020-01-01', types: ['DIRECTOR'] })")
    filtered = relations()
    assert 0 < len(filtered) == page.evaluate(on_screen) < len(with_ended)
    assert not any(row["起"] and row["起"] < "2020-01-01" for row in filtered)

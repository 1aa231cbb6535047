"""Hostile text in every field of the data, of a picture and of an address: it is shown, and nothing of it runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from graph.store import Store
from tests.api.running import ROOT, served
from tests.browser.picture import entered, state
from tests.browser.test_explorer_panels import until
from tests.conftest import EMPTY
from tests.loaders.packages import USCC_A, load_all, package

JS = ROOT / "api" / "static" / "js"
# What parses text as markup or as code; `element.style.x = …` is fine, an attribute of style is not.
BANNED = re.compile(
    r"\b(inner|outer)HTML\b|insertAdjacentHTML|document\s*\.\s*write|\beval\s*\(|new\s+Function\b|createContextualFragment"
    r"|DOMParser|srcdoc|setAttribute\(\s*[\"'](style|on\w+)[\"']|javascript:"
)
# {n} tells which field ran.
CORPUS = (
    "<img src=x onerror=window.__xss='{n}'>",
    "<script>window.__xss='{n}'</script>",
    "\"><svg onload=window.__xss='{n}'>",
    "'-window.__xss='{n}'-'",
    "javascript:window.__xss='{n}'",
    "</title><iframe srcdoc='<script>parent.__xss=1</script>'></iframe>{n}",
    "{{constructor.constructor('window.__xss=1')()}} ${{window.__xss='{n}'}}",
)

pytestmark = pytest.mark.browser


def bad(n: int) -> str:
    """The payload of field `n`, as a CSV cell."""
    return '"' + CORPUS[n % len(CORPUS)].format(n=n).replace('"', '""') + '"'


def write_hostile(folder: Path) -> Path:
    """A holds B, which is listed; P heads both; every text there is is hostile."""
    return package(
        folder,
        subjects=f"""
            id,kind,form,name,uscc,status,sector,region,aliases
            A,enterprise,company,{bad(0)},{USCC_A},{bad(1)},{bad(2)},{bad(3)},{bad(4)}
            B,enterprise,company,{bad(5)},,{bad(6)},,,
            C,enterprise,company,{bad(2)},,,,,{bad(5)}
            P,person,,{bad(1)},,,,,
        """,
        relations=f"""
            source,target,type,ratio,title,since,record
            A,B,SHAREHOLDER,0.6,{bad(7)},2020-01-01,{bad(8)}
            P,A,LEGAL_REP,,{bad(9)},2020-01-01,{bad(10)}
            P,B,LEGAL_REP,,{bad(11)},2020-01-01,{bad(12)}
            B,C,SHAREHOLDER,0.9,{bad(0)},2020-01-01,{bad(1)}
        """,
        listings=f"""
            id,subject,list,authority,doc_no,basis,reason,listed_on,state,record
            {bad(13)},B,SXBZXR,{bad(14)},{bad(15)},{bad(16)},{bad(17)},2025-01-01,listed,{bad(18)}
        """,
        listing_names=f"""
            listing,subject,name,role,record
            {bad(13)},P,{bad(19)},{bad(20)},{bad(21)}
        """,
        contacts=f"""
            subject,kind,value,record
            A,address,{bad(22)},{bad(23)}
            B,address,{bad(22)},{bad(24)}
        """,
    )


@pytest.fixture(scope="module")
def hostile(arcadedb: Store, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over that data."""
    folder = tmp_path_factory.mktemp("hostile")
    arcadedb.write(EMPTY)
    report = load_all(arcadedb, write_hostile(folder / "h"), snapshot="2026-01-01")
    assert report.rejected_total == 0
    with served(arcadedb.location, folder) as address:
        yield address


def harmless(page: Page) -> None:
    """Nothing ran, and no element of the page was made of data."""
    assert page.evaluate("window.__xss ?? null") is None
    made = page.evaluate("""() => [
      ...document.querySelectorAll("img, iframe, object, embed, base, form[action], a[href^='javascript' i]"),
      ...[...document.querySelectorAll("*")].filter(one => one.getAttributeNames().some(name => name.startsWith("on"))),
      ...[...document.querySelectorAll("script")].filter(one => !one.src.startsWith(location.origin)),
    ].map(one => one.outerHTML.slice(0, 80))""")
    assert made == []


def test_no_script_of_ours_parses_text_as_markup_or_code() -> None:
    found = {
        f"{path.relative_to(JS)}:{number}"
        for path in sorted(JS.rglob("*.js"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BANNED.search(line)
    }
    assert found == set()


def test_the_ban_sees_what_it_bans() -> None:
    for line in ("x.innerHTML = y", "document.write(y)", "new Function(y)", "eval(y)", "el.setAttribute('style', y)"):
        assert BANNED.search(line)
    assert not BANNED.search("element.style.width = y; retrieval(y)")


def test_hostile_data_are_shown_in_every_panel_and_nothing_runs(hostile: str, chromium_page: Page) -> None:
    page = chromium_page
    entered(page, hostile)
    box = page.get_by_test_id("start-search")
    page.get_by_test_id("as-of").fill("2026-01-01")
    box.fill("img")
    expect(page.get_by_test_id("suggestion").first).to_contain_text("<img src=x onerror")
    harmless(page)
    page.keyboard.press("Escape")
    box.fill(USCC_A)
    page.get_by_test_id("suggestion").first.click()
    until(page, "window.__explorer.state().nodes.length === 1")
    page.evaluate("async () => { await window.__explorer.app.addSubjects(['B', 'C', 'P']); }")
    until(page, "window.__explorer.state().edges.length >= 4")
    first = state(page)["nodes"][0]
    for name in ("subject", "findings", "paths", "exposure", "ownership", "notes"):
        page.evaluate("([name, id]) => window.__explorer.app.show(name, { id })", [name, first])
        expect(page.get_by_test_id(f"pane-{name}")).to_contain_text("<" if name != "paths" else "从")
        expect(page.locator("#panel [aria-busy]")).to_have_count(0)
        harmless(page)
    for name in ("B", "P"):
        page.evaluate("id => window.__explorer.app.select(id)", name)
        expect(page.get_by_test_id("pane-subject").get_by_test_id("listing").first).to_be_visible()
        harmless(page)
    for key in state(page)["edges"]:
        page.evaluate("key => window.__explorer.app.model.select([], [key])", key)
        expect(page.get_by_test_id("evidence-sentence")).to_be_visible()
        expect(page.locator("#panel [aria-busy]")).to_have_count(0)
        harmless(page)
    page.evaluate("id => window.__explorer.app.show('exposure', { id })", first)
    page.get_by_test_id("light").first.click()
    expect(page.locator(".fade").first).to_be_visible()
    harmless(page)
    page.evaluate("id => window.__explorer.app.show('tree', { id })", first)
    expect(page.get_by_test_id("tree-svg")).to_be_visible()
    harmless(page)
    page.get_by_test_id("tree-listed").click()
    harmless(page)
    page.get_by_test_id("mode-table").click()
    page.get_by_test_id("table-edges").click()
    expect(page.get_by_test_id("table-row").first).to_be_visible()
    harmless(page)


def test_hostile_notes_and_pictures_are_text(hostile: str, chromium_page: Page) -> None:
    page = chromium_page
    entered(page, hostile, "/?subject=A&as_of=2026-01-01")
    until(page, "window.__explorer?.state().nodes.length === 1")
    [id_] = state(page)["nodes"]
    text = CORPUS[0].format(n="note")
    page.evaluate("([id, text]) => window.__explorer.app.note(id, text)", [id_, text])
    page.get_by_test_id("tab-notes").click()
    expect(page.get_by_test_id("noted")).to_contain_text(text)
    # A picture somebody else made: names of groups, notes and ids are whatever they wrote.
    doc = page.evaluate("window.__explorer.app.model.doc")
    doc["nodes"][text] = {"x": 0, "y": 0, "note": text, "group": "g"}
    doc["groups"] = {"g": {"name": text, "closed": False}}
    page.evaluate("async doc => { await window.__explorer.app.open(doc); }", doc)
    harmless(page)
    saved = page.evaluate(
        """async body => {
          const headers = { "Content-Type": "application/json" };
          return (await fetch("/api/investigations", { method: "POST", body, headers })).status;
        }""",
        json.dumps({"name": text, "note": text, "view": doc}),
    )
    assert saved == 201
    entered(page, hostile)
    expect(page.locator("#start")).to_contain_text(text)
    harmless(page)


@pytest.mark.parametrize(
    "where",
    [
        "/?subject=%3Cimg%20src%3Dx%20onerror%3Dwindow.__xss%3D1%3E&as_of=%3Cscript%3Ewindow.__xss%3D1%3C/script%3E",
        "/#v=1.%3Cimg%20src=x%20onerror=window.__xss=1%3E",
        "/#%3Cscript%3Ewindow.__xss=1%3C/script%3E",
        "/basis#%22%5D%3Cimg%20src=x%20onerror=window.__xss=1%3E",
        "/basis#R23'\"><img src=x onerror=window.__xss=1>",
    ],
)
def test_hostile_addresses_do_nothing(hostile: str, chromium: Browser, where: str) -> None:
    # A page of its own: the browser reports the 404 of a subject that does not exist, which is no trouble here.
    page = chromium.new_page()
    entered(page, hostile)
    page.goto(hostile.split("/?", maxsplit=1)[0] + where)
    expect(page.locator("main")).to_be_visible()
    page.wait_for_timeout(500)
    harmless(page)
    page.close()

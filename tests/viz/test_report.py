"""The report as a document: self-contained, escaped, honest about what it shows and what it left out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from graph.errors import InputError
from tests.viz import cases
from tests.viz.cases import ASKED, ENTRY, HEAD, LISTED, data, edge, exposure, finding, listing, near, path, subject
from tests.viz.pages import Page, hostile, page, scene
from viz import assets, report
from viz.tables import moment
from viz.texts import Texts

ALERT = "关联提示，不构成失信惩戒依据"


def test_the_document_is_one_html_file_in_chinese() -> None:
    html = report.html(data())
    assert html.lstrip().lower().startswith("<!doctype html>")
    assert '<html lang="zh-CN">' in html
    assert '<meta charset="utf-8">' in html
    assert html.count("<title>青川宏远建设工程有限公司 · 信用关联网络报告</title>") == 1


def test_equal_input_gives_an_equal_document() -> None:
    assert report.html(data()) == report.html(data())


def test_nothing_refers_to_anything_remote() -> None:
    for tag, name, value in page(relations=cases.crowd(20)).attributes:
        assert name not in ("href", "src", "srcset", "xlink:href", "action", "background", "data"), (tag, name)
        assert tag == "meta" or not re.search(r"https?:|//", value), (tag, name, value)
        assert not name.startswith("on"), (tag, name)
        assert name != "style", tag


def test_our_templates_never_write_markup_from_text() -> None:
    for name in ("report.html", "report.js"):
        text = assets.template(name)
        for forbidden in (
            "innerHTML",
            "insertAdjacentHTML",
            "document.write",
            "outerHTML",
            "http:",
            "https:",
            "|safe",
            "eval(",
        ):
            assert forbidden not in text, (name, forbidden)
    assert "href" not in assets.template("report.html")


def test_the_policy_allows_exactly_the_scripts_and_styles_inside() -> None:
    html = report.html(data())
    policy = next(v for t, n, v in Page(html).attributes if t == "meta" and n == "content" and "default-src" in v)
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert len(inside) >= 2
        for text in inside:
            assert assets.policy([text], []).split("script-src ")[1].split(";")[0] in policy


def test_findings_are_numbered_sentences_with_dates_records_and_score() -> None:
    (item,) = page().items
    for part in (
        "1",
        "青川鑫达商贸有限公司 在列 失信被执行人（青川市中级人民法院；文号 （2024）川99执12号；",
        "2024-05-06 列入；记录 sxbzxr.csv:3）",
        "得分 0.81（高）",
        "张明远 是 青川宏远建设工程有限公司 的法定代表人（2019-03-01 起；记录 officers.csv:12）",
        "张明远 持有 青川鑫达商贸有限公司 的股权（比例 60%；2019-03-01 起；记录 shareholders.csv:44）",
        ALERT,
    ):
        assert part in item, part


def test_what_was_found_stands_before_what_was_not_looked_at_and_the_picture() -> None:
    text = page(not_checked=[{"list": "ZDSS", "why": "not_loaded", "as_of": None}]).text
    order = [
        text.index(word)
        for word in (
            "结论与证据",
            "得分 0.81",
            "未核查与未穿越",
            "重大税收违法失信主体",
            "关系图",
            "明细",
            "数据来源与版本",
        )
    ]
    assert order == sorted(order)


def test_own_listings_come_first_then_consequences_then_alerts() -> None:
    own, law = listing("L8", "YZWF"), listing("L9", "DXYZ")
    found = page(
        listed=[own],
        findings=[
            finding(
                "STATUTORY",
                law,
                HEAD,
                path([HEAD, LISTED], [edge("LEGAL_REP", HEAD, LISTED)]),
                effect="block",
                text="张明远三年内不得任职。",
                rule="R05",
            ),
            finding("LISTED_SELF", own, ASKED, path([ASKED], []), effect="block"),
        ],
    )
    assert [re.sub(r"\s+", "", item)[:9] for item in found.items] == [
        "1本人在列限制在图",
        "2法定后果限制在图",
        "3高0.81关联提",
    ]


def test_own_listing_given_twice_is_told_once() -> None:
    own = listing("L8", "YZWF")
    found = page(listed=[own], exposures=[], findings=[finding("LISTED_SELF", own, ASKED, path([ASKED], []))])
    assert len(found.items) == 1


def test_a_cut_picture_says_so_and_the_table_has_the_rest() -> None:
    found = page(relations=cases.crowd(60), max_nodes=30)
    assert "图中画出" in found.text
    assert any("officers.csv:57" in row for row in found.rows)


def test_ended_relations_and_shares_stand_in_the_table() -> None:
    director = subject("P5", "王立新", "person")
    gone = cases.relation("DIRECTOR", director, ASKED, director, until="2020-01-01")
    rows = page(relations=[gone], exposures=[]).rows
    assert (
        "王立新",
        "董事",
        "青川宏远建设工程有限公司",
        "",
        "2019-03-01",
        "2020-01-01",
        "已终止",
        "",
        "officers.csv:12",
    ) in rows


@pytest.mark.parametrize("payload", cases.HOSTILE)
def test_hostile_texts_stay_texts(payload: str) -> None:
    html = report.html(hostile(payload))
    plain, found = Page(report.html(data())), Page(html)
    assert {t for t, _, _ in found.attributes} <= {t for t, _, _ in Page(report.html(hostile("甲乙"))).attributes}
    assert plain.attributes[0] == found.attributes[0]
    assert "49" not in re.findall(r"<h1>(.*?)</h1>", html)[0]
    assert "\u2028" not in html
    assert "\u202e" not in html
    assert scene(html)["nodes"]


def test_pyvis_only_builds_and_never_lays_out() -> None:
    drawn = scene(report.html(data(relations=cases.crowd(10))))
    assert json.loads(drawn["options"])["physics"]["enabled"] is False
    assert all(isinstance(node["x"], float) and isinstance(node["y"], float) for node in drawn["nodes"])
    assert {edge["arrows"] for edge in drawn["edges"]} == {"to"}
    assert not any("http" in json.dumps(node) for node in drawn["nodes"])


def test_reached_subjects_are_told_from_the_other_end() -> None:
    far = subject("E7", "远方实业有限公司")
    way = path([far, HEAD, ASKED], [edge("SHAREHOLDER", HEAD, far), edge("LEGAL_REP", HEAD, ASKED)])
    found = page(exposures=[], listed=[ENTRY], reached=[exposure(0.4, "medium", ENTRY, way)])
    assert any("远方实业有限公司 距本主体 2 步" in item for item in found.items)
    assert not re.search(r"远方实业有限公司 在列", found.text)


def test_many_alerts_end_in_a_table() -> None:
    ways = [{**near(), "listing": listing(f"L{i}", "YZWF", record=f"yzwf.csv:{i}")} for i in range(45)]
    found = page(exposures=ways)
    assert len(found.items) == 20
    assert any("yzwf.csv:44" in row for row in found.rows)


def test_english_by_argument_and_no_other_language() -> None:
    text = page(locale="en").text
    assert "Findings and evidence" in text
    assert "结论与证据" not in text
    assert ALERT in text  # the words that matter in law stay
    with pytest.raises(InputError):
        report.html(data(locale="fr"))


def test_three_hundred_cards_stay_below_a_megabyte() -> None:
    html = report.html(data(relations=cases.crowd(297)))
    assert len(scene(html)["nodes"]) == 300
    assert len(html.encode()) <= 1_000_000


def test_write_leaves_no_half_file(tmp_path: Path) -> None:
    report.write(data(), tmp_path / "x.html")
    assert [p.name for p in tmp_path.iterdir()] == ["x.html"]
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == report.html(data())
    with pytest.raises(InputError):
        report.write(data(locale="fr"), tmp_path / "y.html")
    assert [p.name for p in tmp_path.iterdir()] == ["x.html"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-06-01T08:20:11", "2026-06-01 08:20"),
        ("2026-06-01T08:20+08:00", "2026-06-01 08:20（北京时间）"),
        ("2026-06-01T08:20:11.5Z", "2026-06-01 16:20（北京时间）"),
        ("2026-06-01", "2026-06-01"),
        ("2026-06-01T25:20Z", "2026-06-01T25:20Z"),
        ("昨天", "昨天"),
    ],
)
def test_points_in_time_are_readable(written: str, shown: str) -> None:
    assert moment(written, Texts("zh-CN")) == shown


def test_a_record_is_not_told_as_a_listing() -> None:
    """被执行人 and 行政处罚 are no lists of the discredited, whatever the finding's own words."""
    own = listing("L8", "BZXR"), listing("L9", "XZCF")
    told = [finding("LISTED_SELF", x, ASKED, path([ASKED], []), text="本人在列：某某，被执行人", rule="") for x in own]
    found = page(listed=list(own), exposures=[], findings=told)
    bare = re.sub(r"\s+", "", found.text)
    assert "本主体在列0另有记录2项（不属失信名单）" in bare
    assert "本人在列" not in bare
    assert len(found.items) == 2
    assert all("有记录" in item for item in found.items)
    listed = page(listed=[listing("L7", "SXBZXR"), *own], exposures=[])
    assert "本主体在列1另有记录2项" in re.sub(r"\s+", "", listed.text)


def test_sources_are_told_in_words() -> None:
    source = {"source": "x", "title": "乌有市信用平台", "mode": "delta", "lists": ["SXBZXR", "A_TAX"], "files": []}
    found = page(sources=[{**source, "loaded_at": "2026-06-01T00:20:00Z"}])
    assert "名单：失信被执行人、纳税信用A级" in found.text
    assert "2026-06-01 08:20（北京时间）" in found.text
    for code in ("delta", "A_TAX", "SXBZXR、", "文件：", "UTC"):
        assert code not in found.text

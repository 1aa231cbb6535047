"""The report as a document: self-contained, escaped, honest about what it shows and what it left out."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from graph.identifiers import resident_id
from tests.viz import cases
from tests.viz.cases import ASKED, ENTRY, HEAD, LISTED, data, edge, exposure, finding, listing, near, path, subject
from viz import assets, report
from viz.tables import moment

ALERT = "关联提示，不构成失信惩戒依据"


class Page(HTMLParser):
    """Texts of a page outside scripts and styles, its attributes, and the texts of its numbered items."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.items: list[str] = []
        self.rows: list[tuple[str, ...]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in ("meta", "br", "rect", "circle", "path"):
            self._open.append((tag, told.get("class") or ""))
        if tag == "li" and "item" in (told.get("class") or "").split():
            self.items.append("")
        if tag == "tr":
            self.rows.append(())
        if tag == "td":
            self.rows[-1] += ("",)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self._open]
        if "script" in tags or "style" in tags:
            return
        self.texts.append(data)
        if any(tag == "li" and "item" in name.split() for tag, name in self._open):
            self.items[-1] += data
        if "td" in tags:
            self.rows[-1] = (*self.rows[-1][:-1], self.rows[-1][-1] + data)

    @property
    def text(self) -> str:
        return "".join(self.texts)


def page(**more: Any) -> Page:
    return Page(report.html(data(**more)))


def scene(html: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="scene">(.*?)</script>', html, re.DOTALL)
    assert found
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


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
        "1本主体在列限制在",
        "2法定后果限制在图",
        "3高0.81关联提",
    ]


def test_own_listing_given_twice_is_told_once() -> None:
    own = listing("L8", "YZWF")
    found = page(listed=[own], exposures=[], findings=[finding("LISTED_SELF", own, ASKED, path([ASKED], []))])
    assert len(found.items) == 1


def test_every_alert_says_that_it_is_no_ground_and_no_consequence_says_so() -> None:
    law = finding(
        "STATUTORY", listing("L9", "DXYZ"), HEAD, path([HEAD, LISTED], [edge("LEGAL_REP", HEAD, LISTED)]), text="后果"
    )
    alert = finding(
        "ALERT",
        listing("L7", "XZXF"),
        HEAD,
        path([HEAD, LISTED], [edge("LEGAL_REP", HEAD, LISTED)]),
        rule="R21",
        text="应核查其是否同时列入",
    )
    items = page(findings=[law, alert]).items
    assert [ALERT in item for item in items] == [False, True, True]


def test_nobody_is_called_listed_who_is_not() -> None:
    """张明远 only leads the firm and holds the listed one: no sentence, row or tag may put him on the list."""
    bound = finding(
        "STATUTORY_CONDITIONAL", ENTRY, HEAD, path([HEAD, LISTED], [edge("LEGAL_REP", HEAD, LISTED)]), effect="review"
    )
    html = report.html(data(findings=[bound]))
    found = Page(html)
    for name in ("张明远", "青川宏远建设工程有限公司"):
        assert not re.search(rf"{name} (在列|有记录|在境外名单)", html)
        for row in found.rows:
            assert not (name in row[:2] and any("失信被执行人" in cell for cell in row)), row
    cards = {node["label"]: node for node in scene(html)["nodes"]}
    assert "失信" not in cards["张明远"]["tag"] + cards["张明远"]["title"].replace(ALERT, "")
    assert "青川鑫达商贸有限公司 在列 失信被执行人" in html


def test_a_subject_without_findings_is_told_within_which_bounds() -> None:
    found = page(exposures=[], relations=[])
    assert found.items == []
    assert "在已核查的名单和 2025-07-01 有效的关系范围内，未发现" in found.text
    assert ALERT not in found.text


@pytest.mark.parametrize(
    ("complete", "missing", "stops", "says", "says_not"),
    [
        (True, [], [], "所需名单均已核查", "不完整"),
        (False, [], [], "未列出不等于不存在", "所需名单均已核查"),
        (True, [{"list": "ZDSS", "why": "stale", "as_of": "2025-01-31"}], [], "2025-01-31", "所需名单均已核查"),
        (
            True,
            [],
            [{"subject": {"id": "E9", "name": "国资公司"}, "reason": "fanout", "degree": 388}],
            "国资公司关系数超过上限388",
            "所需名单均已核查",
        ),
        (True, [], [{"subject": "P1", "reason": "conducts", "degree": 7}], "张明远不传导主体7", "所需名单均已核查"),
    ],
)
def test_it_says_what_was_not_done(
    complete: bool, missing: list[Any], stops: list[Any], says: str, says_not: str
) -> None:
    text = page(complete=complete, not_checked=missing, not_crossed=stops).text
    assert says in text
    assert says_not not in text


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


def test_a_foreign_list_is_for_reference_only() -> None:
    text = page(exposures=[], listed=[listing("F", "OFAC_SDN", authority="", doc_no="")]).text
    assert "在境外名单 美国OFAC特别指定国民名单" in text
    assert "境外名单，仅供合规参考" in text
    assert "本主体在列0" in re.sub(r"\s+", "", text)


def full_number() -> str:
    first = "99999919850312123"
    return next(first + last for last in "0123456789X" if resident_id(first + last).valid)


def test_personal_numbers_never_appear() -> None:
    number, phone = full_number(), "13812345678"
    leak = f"{number} {phone}"
    person = subject("P1", "张明远", "person", id_masked=number, status=leak)
    entry = listing("L1", "SXBZXR", doc_no=leak, reason=leak, authority=leak, basis=leak, record=f"{number}.csv:3")
    way = [
        edge("LEGAL_REP", person, ASKED, title=leak, record=leak),
        edge("DIRECTOR", person, LISTED, via={"kind": "phone", "value": phone}),
    ]
    law = finding(
        "STATUTORY",
        entry,
        person,
        path([ASKED, person, LISTED], way),
        text=leak,
        measure=leak,
        reason=leak,
        remedy=leak,
        conditions=[leak],
        basis=[{"law": leak, "article": leak, "grade": leak}],
    )
    html = report.html(
        data(
            findings=[law],
            exposures=[exposure(0.8, "high", entry, path([ASKED, person, LISTED], way))],
            relations=[cases.relation("LEGAL_REP", person, ASKED, person, record=leak)],
            sources=[{"source": leak, "files": [leak], leak: leak}],
            not_crossed=[{"subject": person, "reason": leak, "degree": 3}],
            not_checked=[{"list": leak, "why": leak, "as_of": leak}],
            generated_at=leak, policy_version=leak, rules_version=leak, scenario=leak,
        )
    )  # fmt: skip
    for hidden in (number, number[:10], number[6:14], phone, phone[3:9]):
        assert hidden not in html, hidden
    assert "张明远" in html
    assert "91999999MA1000001X" in html  # an organisation's code is public


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


def hostile(payload: str) -> report.ReportData:
    """A report with `payload` in every text field, codes of the vocabulary and dates included."""
    here, there = (
        {**subject(payload + k, payload), **dict.fromkeys(("kind", "form", "uscc", "id_masked", "status"), payload)}
        for k in "ab"
    )
    fields = ("type", "title", "since", "until", "seen_on", "record")
    tie = {**edge(payload, here, there), **dict.fromkeys(fields, payload), "via": {"kind": payload, "value": payload}}
    entry = {key: payload for key in listing("", "")}
    law = finding(
        "STATUTORY",
        entry,
        there,
        path([here, there], [tie]),
        text=payload,
        measure=payload,
        reason=payload,
        remedy=payload,
        rule=payload,
        effect=payload,
        conditions=[payload],
        basis=[{"law": payload, "article": payload, "grade": payload}],
        period={"from": payload, "until": payload},
    )
    odd = {**law, "class": payload, "text": ""}
    return data(
        subject=here,
        relations=[{**tie, "other": there}, {**tie, "type": "DIRECTOR", "via": None, "other": there}],
        listed=[entry],
        findings=[law, odd],
        exposures=[{**exposure(0.8, "high", entry, path([here, there], [tie])), "band": payload}],
        reached=[exposure(0.5, "medium", entry, path([there, here], [tie]))],
        not_crossed=[{"subject": there, "reason": payload, "degree": payload}],
        not_checked=[{"list": payload, "why": payload, "as_of": payload}],
        as_of=payload, policy_version=payload, generated_at=payload, scenario=payload, rules_version=payload,
        sources=[{"source": payload, "snapshot": payload, "loaded_at": payload, payload: [payload]}],
    )  # fmt: skip


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


def test_two_hundred_cards_stay_below_a_megabyte() -> None:
    html = report.html(data(relations=cases.crowd(197)))
    assert len(scene(html)["nodes"]) == 200
    assert len(html.encode()) <= 1_000_000


def test_write_leaves_no_half_file(tmp_path: Path) -> None:
    report.write(data(), tmp_path / "x.html")
    assert [p.name for p in tmp_path.iterdir()] == ["x.html"]
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == report.html(data())
    with pytest.raises(InputError):
        report.write(data(locale="fr"), tmp_path / "y.html")
    assert [p.name for p in tmp_path.iterdir()] == ["x.html"]


def test_no_rule_pack_is_not_the_same_as_no_consequence() -> None:
    assert "规则包未接入，未评估" in page().text
    asked = page(rules_version="2026.1").text
    assert "规则包未接入" not in asked
    assert "限制 0 · 需核查 0" in asked


def test_adverse_listings_stand_before_commendations() -> None:
    items = page(exposures=[], listed=[listing("R", "A_TAX"), listing("N", "YZWF"), listing("C", "XZCF")]).items
    assert [next(w for w in ("守信名单", "在列", "有记录") if w in item) for item in items] == [
        "在列",
        "有记录",
        "守信名单",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("2026-06-01T08:20:11", "2026-06-01 08:20"),
        ("2026-06-01T08:20+08:00", "2026-06-01 08:20 UTC+08:00"),
        ("2026-06-01T08:20:11.5Z", "2026-06-01 08:20 UTC"),
        ("2026-06-01", "2026-06-01"),
        ("昨天", "昨天"),
    ],
)
def test_points_in_time_are_readable(written: str, shown: str) -> None:
    assert moment(written) == shown

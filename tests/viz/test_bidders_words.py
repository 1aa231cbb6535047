"""A comparison of bidders in words: the headline counts what was left out, and no group sounds worse than its pairs."""

from __future__ import annotations

from typing import Any

from viz.bidders_book import workbook
from viz.bidders_page import page
from viz.bidders_words import groups, headline, kind, lots

Json = dict[str, Any]


def subject(n: int) -> Json:
    return {"id": f"s{n}", "kind": "enterprise", "form": None, "name": f"乌有{n}", "uscc": None, "status": None}


def reason(a: int, b: int, **more: Any) -> Json:
    edge = {
        "type": "SHAREHOLDER", "source": f"s{a}", "target": f"s{b}", "ratio": 0.6, "title": None, "since": None,
        "until": None, "seen_on": None, "weight": None, "record": "x:1",
    }  # fmt: skip
    path = {"nodes": [subject(b), subject(a)], "edges": [edge]}
    plain: Json = {"rule": None, "kind": "holding", "basis": [], "path": path, "text": "说明", "conclusive": False}
    return {**plain, "conditions": [], "also": [], "signal": None, "missed": None, **more}


def pair(a: int, b: int, verdict: str, **more: Any) -> Json:
    reasons = [] if verdict == "none" else [reason(a, b, conclusive=verdict == "prohibited", rule="R35")]
    return {
        "lot": "一", "a": subject(a), "b": subject(b), "rows": [a + 1, b + 1], "verdict": verdict, "reasons": reasons,
        **more,
    }  # fmt: skip


def answer(pairs: list[Json], found: list[Json], **more: Any) -> Json:
    ids = sorted({int(p[end]["id"][1:]) for p in pairs for end in ("a", "b")})
    match = {"level": "USCC", "warnings": []}
    bidders = [
        {"row": n + 1, "lot": "一", "consortium": None, "bidder": subject(n), "match": match, "certain": True}
        for n in ids
    ]
    counted = {v: sum(p["verdict"] == v for p in pairs) for v in ("prohibited", "alert", "none")}
    return {
        "law": "tender", "law_name": "招标投标法", "unit": "标段", "as_of": "2026-06-01", "rules": "1", "policy": "1",
        "data": [{"source": "s", "snapshot": "2026-06-01", "loaded_at": ""}],
        "lots": [{"lot": "一", "bidders": len(ids), "pairs": len(pairs), **counted}], "bidders": bidders,
        "pairs": pairs, "groups": [], "groups_by_lot": found, "consortia": [], "warnings": [], "rejected": [],
        "not_crossed": [], "not_checked": [], "complete": True, **more,
    }  # fmt: skip


def test_a_group_is_called_by_what_joins_it() -> None:
    pairs = [pair(1, 2, "alert"), pair(1, 3, "none"), pair(2, 3, "none")]
    found = [{"lot": "一", "verdict": "alert", "ids": ["s1", "s2"]}]
    assert [level for _, level, _ in groups(answer(pairs, found))] == ["由提示的组合相连"]
    pairs = [pair(1, 2, "prohibited"), pair(2, 3, "alert"), pair(1, 3, "none")]
    found = [
        {"lot": "一", "verdict": "prohibited", "ids": ["s1", "s2"]},
        {"lot": "一", "verdict": "alert", "ids": ["s1", "s2", "s3"]},
    ]
    told = [level for _, level, _ in groups(answer(pairs, found))]
    assert told == ["由禁止的组合相连", "由禁止和提示的组合相连"]


def test_the_headline_says_what_was_not_compared() -> None:
    pairs = [pair(1, 2, "prohibited"), pair(1, 3, "none", note="同一联合体"), pair(2, 3, "none")]
    plain = answer(pairs, [])
    assert (
        headline(plain)
        == "招标投标法：1 个标段，3 份投标，2 对：禁止 1 对，提示 0 对，未发现 1 对；同一联合体 1 对不作比对。"
    )
    assert lots(plain)[0].counts() == "3 家，2 对：禁止 1 对，提示 0 对，未发现 1 对；同一联合体 1 对不作比对"
    less = headline(answer(pairs, [], data=[], rejected=[{"row": 9, "reason": "x"}]))
    assert less.startswith("没有接入任何数据，只比对了表格所填内容。")
    assert less.endswith("另有 1 行未比对，见注意事项。")


def test_prohibited_pairs_stand_first_and_only_they() -> None:
    told = answer([pair(1, 2, "prohibited"), pair(2, 3, "alert"), pair(1, 3, "none")], [])
    html = page(told)
    listed = html.split("禁止的组合")[1].split("</ul>")[0]
    assert ('href="#p1-2"' in listed, 'href="#p2-3"' in listed) == (True, False)
    assert "禁止的组合" not in page(answer([pair(2, 3, "alert")], []))
    assert workbook(told)[:2] == b"PK"


def test_reasons_are_called_by_what_they_are() -> None:
    up = reason(1, 2)
    common = reason(9, 2)
    common["path"]["nodes"] = [subject(2), subject(9), subject(1)]
    assert (kind(up), kind(common), kind({**common, "kind": "management"})) == ("控股", "同受控制", "同受管理")
    open_share = pair(1, 2, "alert", reasons=[reason(1, 2, missed="R35", conditions=["持股 45%–60%"])])
    sister = pair(1, 2, "alert", reasons=[reason(9, 2, missed=None)])
    sure = [lots(answer([p], []))[0].found()[0].lines[0].sure for p in (open_share, sister)]
    assert sure == ["待核实", "仅提示"]

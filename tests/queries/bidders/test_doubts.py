"""What keeps a bidder from being prohibited: shares that cannot all be right, nominees, two heads, wrong numbers."""

from __future__ import annotations

from graph.store import Store
from tests.queries.bidders.asking import Said, bid, compared, pair, said
from tests.queries.bidders.lots import Lots, holds
from tests.queries.graphs import Graph, build, relation, subject
from tests.queries.screening import firm, number, person, screened

NONE: Said = ("none", [])
NEAR: Said = ("alert", [(None, "path", False)])
LOOK: Said = ("alert", [(None, "holding", False)])
DOUBT: Said = ("alert", [("R35", "holding", False)])
VOID: Said = ("prohibited", [("R35", "holding", True)])
HEADS: Said = ("alert", [("R35", "same_head", False)])
WRONG = number(9)[:-1] + ("0" if number(9)[-1] != "0" else "1")  # its check digit is not right


def shares() -> Lots:
    lots = Lots()
    lots.lot("over", *holds("over", "A B 0.6", "X B 0.6"))
    lots.lot("over yet", *holds("over yet", "A B 0.9", "X B 0.3"))  # scaled 75 %
    lots.lot("over above", *holds("over above", "A M 0.6", "X M 0.6", "M B 1.0"))
    lots.lot("rounded", *holds("rounded", "A B 0.5000005", "X B 0.5"))
    lots.lot("votes over", *holds("votes over", "A B 0.2", votes=0.6), *holds("votes over", "X B 0.2", votes=0.7))
    lots.lot("other way", *holds("other way", "A B 0.6", "X B 0.65", "A M 0.8"), *holds("other way", "M B 0.01"))
    lots.lot("range", relation("range.A", "SHAREHOLDER", "range.B", ratio_min=0.45, ratio_max=0.6))
    lots.lot("low range", relation("low range.A", "SHAREHOLDER", "low range.B", ratio_min=0.1, ratio_max=0.5))
    lots.lot(
        "left over",
        relation("left over.A", "SHAREHOLDER", "left over.B", ratio_min=0.3, ratio_max=0.6),
        *holds("left over", "X B 0.6"),  # leaves 40 %
    )
    lots.lot("unknown", relation("unknown.A", "SHAREHOLDER", "unknown.B"))
    far = relation("range far.A", "SHAREHOLDER", "range far.M", ratio_min=0.45, ratio_max=0.6)
    lots.lot("range far", far, *holds("range far", "M B 0.9"))
    lots.lot("two records", *holds("two records", "A B 0.3", "A B 0.6"))
    lots.lot("partner", relation("partner.A", "GENERAL_PARTNER", "partner.B", ratio=0.01))
    lots.lot("silent", relation("silent.A", "LIMITED_PARTNER", "silent.B", ratio=0.99))
    lots.lot("fund", relation("fund.A", "GENERAL_PARTNER", "fund.F"), *holds("fund", "F B 0.8"))
    lots.lot("concert", *holds("concert", "A B 0.3", "P B 0.3"), relation("concert.P", "CONCERT", "concert.A"))
    lots.lot(
        "concert half", *holds("concert half", "A B 0.3", "P B 0.2"),
        relation("concert half.A", "CONCERT", "concert half.P"),
    )  # fmt: skip
    lots.lot(
        "concert ended", *holds("concert ended", "A B 0.3", "P B 0.3"),
        relation("concert ended.A", "CONCERT", "concert ended.P", until="2026-06-01"),
    )  # fmt: skip
    lots.lot(
        "concert far", *holds("concert far", "A B 0.3", "Q B 0.3"),
        relation("concert far.A", "CONCERT", "concert far.P"), relation("concert far.P", "CONCERT", "concert far.Q"),
    )  # fmt: skip
    lots.lot("nominee", *holds("nominee", "A W 0.6", "W B 0.6"))
    lots.lot("nominee bids", *holds("nominee bids", "A B 0.6"))
    lots.lot("nominee too", *holds("nominee too", "A W 0.6", "W B 0.3", "A B 0.51"))
    lots.lot("nominee half", *holds("nominee half", "A W 0.6", "W B 0.3", "A B 0.3"))
    lots.lot("common nominee", *holds("common nominee", "W A 0.6", "W B 0.6"))
    holding_for_others = {"nominee.W", "nominee bids.A", "nominee too.W", "nominee half.W", "common nominee.W"}
    for row in lots.graph.subjects:
        if row["id"] in holding_for_others:
            row["conducts"] = False
    lots.lot("state", relation("bureau", "SHAREHOLDER", "state.A", ratio=1.0), *holds("state", "A B 0.6"))
    lots.graph.subjects.append(subject("bureau", "government", name="乌有市国资委"))
    lots.lot("run by one", relation("run by one.M", "MANAGES", "run by one.A"))
    lots.graph.relations.append(relation("run by one.M", "MANAGES", "run by one.B"))
    return lots


def test_shares_that_are_not_sure(store: Store) -> None:
    lots = shares()
    build(store, lots.graph)
    told = compared(store, *lots.rows)
    expected = {
        "over": DOUBT, "over yet": VOID, "over above": DOUBT, "rounded": VOID, "votes over": DOUBT, "other way": DOUBT,
        "range": LOOK, "low range": NEAR, "left over": NEAR, "unknown": LOOK, "range far": LOOK, "two records": VOID,
        "partner": LOOK, "silent": NEAR, "fund": LOOK,
        "concert": LOOK, "concert half": NEAR, "concert ended": NEAR, "concert far": NEAR,
        "nominee": LOOK, "nominee bids": LOOK, "nominee too": VOID, "nominee half": LOOK, "common nominee": NONE,
        "state": VOID, "run by one": ("alert", [(None, "management", False)]),
    }  # fmt: skip
    for lot, wanted in expected.items():
        assert said(told, lot) == wanted, lot
    why = {lot: "；".join(pair(told, lot)["reasons"][0]["conditions"]) for lot in expected if said(told, lot) != NONE}
    text = {lot: pair(told, lot)["reasons"][0]["text"] for lot in why}
    assert "over.B有限公司 登记的持股合计 120%，比例待核实" in why["over"]
    assert "over above.M有限公司 登记的持股合计 120%" in why["over above"]
    assert why["over yet"] == why["two records"] == ""
    for lot, words in {
        "range": "持股 45%–60%，是否超过半数待核实",
        "unknown": "持股比例未载明（至多 100%），是否超过半数待核实",
        "range far": "range far.A有限公司 对 range far.M有限公司 持股 45%–60%",
        "partner": "普通合伙人，是否执行合伙事务",
        "fund": "fund.A有限公司 是 fund.F有限公司 的普通合伙人",
        "concert": "一致行动，合计持股 60%（30% + 30%），是否构成控股关系待核实",
        "nominee": "nominee.W有限公司 系名义持有人",
    }.items():
        assert words in why[lot], lot
        assert words in text[lot], lot
        assert "R35（招标投标法实施条例第34条）" in text[lot], lot
        assert "均无效" not in text[lot], lot
    assert "2 条记录相加（30% + 60%）" in text["two records"]
    bought = compared(store, *lots.rows, of="procurement")
    for lot in ("over", "range", "partner", "nominee", "concert", "range far", "fund"):
        assert pair(bought, lot)["verdict"] == "alert", lot
    # A screening goes by the same: what is not sure does not block, and bounds are not told.
    screening = screened(store, *lots.rows, of="tender_mandatory")
    effects = {
        lots.rows[result["row"] - 2]["lot"]: {(f["rule"], f["effect"]) for f in result["findings"]}
        for result in screening["results"]
    }
    assert effects["over"] == {("R35", "review")}
    assert effects["over yet"] == {("R35", "block")}
    assert effects["nominee"] == {(None, "inform")}
    assert effects["range"] == effects["partner"] == set()


def test_heads_that_are_not_sure(store: Store) -> None:
    firms = [firm(f"F{n}", n) for n in range(1, 17)]
    people = [person(f"p{n}", n, f"陈{name}") for n, name in enumerate("甲乙丙丁戊己庚辛", start=1)]
    people += [subject("wrong", "person", name="误某", id_type="居民身份证", id_number=WRONG)]
    heads = [
        relation("p1", "LEGAL_REP", "F1"), relation("p2", "LEGAL_REP", "F1", since="2026-01-01", origin="other"),
        relation("p1", "LEGAL_REP", "F2"),
        relation("p3", "LEGAL_REP", "F3"),  # the sheet says p4
        relation("p5", "LEGAL_REP", "F5"), relation("p6", "LEGAL_REP", "F5", until="2026-01-01"),  # left
        relation("p5", "LEGAL_REP", "F6"),
        relation("wrong", "LEGAL_REP", "F7"), relation("wrong", "LEGAL_REP", "F8"),
        relation("p7", "PRINCIPAL", "F9", title="财务负责人"), relation("p7", "LEGAL_REP", "F10"),
        relation("p7", "PRINCIPAL", "F11", title="主要负责人、财务负责人"), relation("p7", "LEGAL_REP", "F12"),
        relation("p8", "LEGAL_REP", "F13"), relation("p8", "PRINCIPAL", "F13"), relation("p7", "PRINCIPAL", "F14"),
        relation("p8", "LEGAL_REP", "F14"),  # a legal representative and a head who is somebody else
    ]  # fmt: skip
    build(store, Graph([*firms, *people], heads))
    rows = [bid(n, f"lot {(n + 1) // 2}") for n in (*range(1, 3), *range(5, 15))]
    rows += [bid(3, "sheet", LEGAL_REP="陈丁", LEGAL_REP_ID=number(4))]
    rows += [bid(4, "sheet", LEGAL_REP="陈丁", LEGAL_REP_ID=number(4))]
    rows += [bid(n, "typed wrong", LEGAL_REP="误某", LEGAL_REP_ID=WRONG) for n in (15, 16)]
    told = compared(store, *rows)
    void: Said = ("prohibited", [("R35", "same_head", True)])
    expected = {
        "lot 1": HEADS, "lot 3": void, "lot 4": HEADS, "lot 5": ("alert", [(None, "shared_person", False)]),
        "lot 6": void, "lot 7": void, "sheet": HEADS, "typed wrong": HEADS,
    }  # fmt: skip
    for lot, wanted in expected.items():
        assert said(told, lot) == wanted, lot
    why = {lot: "；".join(pair(told, lot)["reasons"][0]["conditions"]) for lot in expected}
    assert "F1有限公司 登记的负责人不一致，须核实：陈甲" in why["lot 1"]
    assert "F3有限公司 登记的负责人不一致，须核实：陈丁（表中第" in why["sheet"]
    assert "陈丙（t.csv:p3-F3）" in why["sheet"]
    assert "校验位不符" in why["lot 4"]
    assert "校验位不符" in why["typed wrong"]
    assert WRONG not in str(told)

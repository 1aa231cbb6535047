"""Who holds whom among bidders: any depth under tender law, directly in procurement; and what is no holding."""

from __future__ import annotations

from graph.store import Store
from tests.queries.bidders.asking import Said, bid, compared, pair, said
from tests.queries.bidders.lots import Lots, holds
from tests.queries.graphs import Graph, build, relation, subject
from tests.queries.screening import code, firm, person

NONE: Said = ("none", [])
SISTERS: Said = ("alert", [(None, "holding", False)])
NEAR: Said = ("alert", [(None, "path", False)])


def void(kind: str = "holding", rule: str = "R35") -> Said:
    return "prohibited", [(rule, kind, True)]


def alert(kind: str = "holding") -> Said:
    return "alert", [(None, kind, False)]


def firms_that_hold_each_other() -> Lots:
    lots, old = Lots(), {"seen_on": "2019-01-01"}
    lots.lot("direct", *holds("direct", "A B 0.51"))
    chain = [f"{'A' if n == 0 else f'M{n}'} {'B' if n == 14 else f'M{n + 1}'} 0.51" for n in range(15)]
    lots.lot("deep", *holds("deep", *chain))
    lots.lot("summed", *holds("summed", "A M 0.6", "A B 0.3", "M B 0.21"))
    lots.lot("topped up", *holds("topped up", "A M 0.6", "A B 0.45", "M B 0.1"))
    lots.lot("summed half", *holds("summed half", "A M 0.6", "A B 0.3", "M B 0.2"))
    lots.lot("half", *holds("half", "A B 0.5"))
    lots.lot("half above", *holds("half above", "A M 0.5", "M B 1.0"))
    lots.lot("circle", *holds("circle", "A B 0.4", "B M 0.8", "M B 0.6"))
    lots.lot("minority", *holds("minority", "A M 0.4", "M B 1.0"))
    lots.lot(
        "two sources", *holds("two sources", "A B 0.3", origin="one"), *holds("two sources", "A B 0.3", origin="two")
    )
    lots.lot("votes", *holds("votes", "A B 0.3", votes=0.6))
    lots.lot("at least", relation("at least.A", "SHAREHOLDER", "at least.B", ratio_min=0.51, ratio_max=0.6))
    lots.lot("maybe", relation("maybe.A", "SHAREHOLDER", "maybe.B", ratio_min=0.4, ratio_max=0.6))
    lots.lot("sold", *holds("sold", "A B 1.0", until="2026-06-01"))
    lots.lot("not yet", *holds("not yet", "A B 1.0", since="2026-06-02"))
    lots.lot("stale", *holds("stale", "A B 1.0", **old))
    lots.lot("stale way", *holds("stale way", "A M 1.0", **old), *holds("stale way", "M B 1.0"))
    lots.lot("fresh way", *holds("fresh way", "A B 1.0", **old), *holds("fresh way", "A M 1.0", "M B 0.7"))
    lots.lot("declared", relation("declared.A", "ACTUAL_CONTROLLER", "declared.B"))
    lots.lot("runs", relation("runs.A", "MANAGES", "runs.B"))
    lots.lot(
        "runs far", relation("runs far.A", "MANAGES", "runs far.M"), relation("runs far.M", "MANAGES", "runs far.B")
    )
    lots.lot("mixed", *holds("mixed", "A M 1.0"), relation("mixed.M", "MANAGES", "mixed.B"))
    lots.lot("branch", relation("branch.A", "BRANCH_OF", "branch.B"))
    return lots


def test_holding_and_running(store: Store) -> None:
    lots = firms_that_hold_each_other()
    build(store, lots.graph)
    told = compared(store, *lots.rows)
    bought = compared(store, *lots.rows, of="procurement")
    doubtful: Said = ("alert", [("R35", "holding", False)])
    expected = {
        "direct": (void(), void(rule="R36")),
        "deep": (void(), alert()),
        "summed": (void(), alert()),
        "topped up": (void(), alert()),
        "summed half": (alert(), alert()),
        "half": (alert(), alert()),
        "half above": (alert(), alert()),
        "circle": (NEAR, NEAR),
        "minority": (NEAR, NEAR),
        "two sources": (NEAR, NEAR),
        "votes": (void(), void(rule="R36")),
        "at least": (void(), void(rule="R36")),
        "maybe": (alert(), alert()),
        "sold": (NONE, NONE),
        "not yet": (NONE, NONE),
        "stale": (doubtful, ("alert", [("R36", "holding", False)])),
        "stale way": (doubtful, alert()),
        "fresh way": (void(), alert()),
        "declared": (void(), void(rule="R36")),
        "runs": (void("management"), void("management", "R36")),
        "runs far": (void("management"), alert("management")),
        "mixed": (NEAR, NEAR),
        "branch": (NEAR, NEAR),
    }
    for lot, wanted in expected.items():
        assert (said(told, lot), said(bought, lot)) == wanted, lot
    assert told["complete"]
    (summed,) = pair(told, "summed")["reasons"]
    assert "合计持有 51.00%" in summed["text"]
    for found in told["pairs"]:
        for reason in found["reasons"]:
            ends = [reason["path"]["nodes"][n]["id"] for n in (0, -1)]
            assert ends == [found["a"]["id"], found["b"]["id"]]
    assert [[n["id"] for n in way["nodes"]] for way in (summed["path"], *summed["also"])] == [
        ["summed.A", "summed.B"],
        ["summed.A", "summed.M", "summed.B"],
    ]
    (indirect,) = pair(bought, "deep")["reasons"]
    assert (indirect["missed"], indirect["basis"]) == ("R36", [])
    assert "未达到 R36（政府采购法实施条例第18条）的条件" in indirect["text"]
    assert "任职信息截至 2019-01-01" in pair(told, "stale")["reasons"][0]["text"]
    assert len(pair(told, "deep")["reasons"][0]["path"]["edges"]) == 15


def test_a_holder_in_common_is_worth_a_look_and_the_state_is_none(store: Store) -> None:
    lots = Lots()
    lots.lot("sisters", *holds("sisters", "P A 1.0", "P B 0.6"))
    lots.lot("nested", *holds("nested", "T P 1.0", "P A 1.0", "P B 1.0", "T S 1.0"))
    lots.lot("half sister", *holds("half sister", "P A 0.5", "P B 1.0"))
    lots.lot("mother", *holds("mother", "P A 1.0", "A B 1.0"))  # P holds B only by A
    lots.lot("group", *holds("group", "G A 1.0", "G B 1.0"), relation("sasac", "SHAREHOLDER", "group.G", ratio=1.0))
    for lot, who in (("state", "sasac"), ("nominee", "clearing"), ("family", "wang")):
        own = [relation(who, "SHAREHOLDER", f"{lot}.{x}", ratio=0.7) for x in "AB"]
        lots.lot(lot, *own)
    kin = [relation("k1", "SHAREHOLDER", "kin.A", ratio=1.0), relation("k2", "SHAREHOLDER", "kin.B", ratio=1.0)]
    lots.lot("kin", *kin, relation("k1", "KIN", "k2", kin="spouse"))
    lots.graph.subjects.extend(
        [
            subject("sasac", "government", name="乌有市国资委"),
            subject("clearing", name="乌有中央结算有限公司", conducts=False),
            person("wang", 1, "王某"),
            person("k1", 2, "甲某"),
            person("k2", 3, "乙某"),
        ]
    )
    build(store, lots.graph)
    for of, rule in (("tender", "R35"), ("procurement", "R36")):
        told = compared(store, *lots.rows, of=of)
        assert said(told, "sisters") == SISTERS
        assert said(told, "nested") == SISTERS, "told once, by the nearest"
        assert [n["id"] for n in pair(told, "nested")["reasons"][0]["path"]["nodes"]][1] == "nested.P"
        assert said(told, "half sister") == NEAR
        assert said(told, "mother") == void(rule=rule)
        assert said(told, "group") == SISTERS
        assert said(told, "family") == SISTERS
        for lot in ("state", "nominee", "kin"):
            assert said(told, lot) == NONE, lot
        assert {"sasac", "clearing"} <= {stop["subject"]["id"] for stop in told["not_crossed"] if "subject" in stop}


def test_a_controller_the_sheet_declares(store: Store) -> None:
    build(store, Graph([firm("A", 1), firm("B", 2), firm("C", 3)]))
    rows = [bid(1, "一"), bid(2, "一", ACTUAL_CONTROLLER="A有限公司", ACTUAL_CONTROLLER_ID=code(1))]
    by_name = [bid(1, "二"), bid(3, "二", ACTUAL_CONTROLLER="A有限公司")]
    told = compared(store, *rows, *by_name)
    assert said(told, "一") == void()
    assert said(told, "二") == ("alert", [("R35", "holding", False)]), "a name alone proves nothing"
    assert pair(told, "一")["reasons"][0]["path"]["edges"][0]["record"] == "sheet:3"

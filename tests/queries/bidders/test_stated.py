"""What the sheet itself says: holders among rivals, people of a bid who serve a rival, bidders written twice."""

from __future__ import annotations

from graph.store import Store
from tests.queries.bidders.asking import Said, bid, compared, pair, said
from tests.queries.graphs import Graph, build, relation
from tests.queries.screening import code, firm, number, person

NONE: Said = ("none", [])
LOOK: Said = ("alert", [(None, "holding", False)])
DOUBT: Said = ("alert", [("R35", "holding", False)])
VOID: Said = ("prohibited", [("R35", "holding", True)])


def test_holders_the_sheet_names_among_rivals(store: Store) -> None:
    """Bidders the graph does not hold (codes above 900), and those it holds without a relation."""
    full = relation("X", "SHAREHOLDER", "F", ratio=1.0)  # the register leaves nothing to anybody else
    build(store, Graph([firm("A", 1), firm("B", 2), firm("F", 3), firm("X", 4)], [full]))

    def out(n: int, lot: str, **cells: str) -> dict[str, str]:
        return {"name": f"不在图{n}有限公司", "uscc": code(n), "lot": lot, **cells}

    def named(kind: str, n: int, *, coded: bool = True) -> dict[str, str]:
        return {kind: f"不在图{n}有限公司", **({f"{kind}_ID": code(n)} if coded else {})}

    rows = [
        out(901, "code", **named("ACTUAL_CONTROLLER", 902)), out(902, "code"),
        out(903, "name", **named("ACTUAL_CONTROLLER", 904, coded=False)), out(904, "name"),
        out(905, "holder", **named("SHAREHOLDER", 906)), out(906, "holder"),
        out(907, "nobody", **named("ACTUAL_CONTROLLER", 999)), out(908, "nobody"),
        out(909, "other lot", **named("ACTUAL_CONTROLLER", 902, coded=False)), out(910, "other lot"),
        out(911, "himself", **named("ACTUAL_CONTROLLER", 911)), out(912, "himself"),
        out(913, "mixed up", ACTUAL_CONTROLLER="别的有限公司", ACTUAL_CONTROLLER_ID=code(914)), out(914, "mixed up"),
        bid(1, "known"), bid(2, "known", SHAREHOLDER="A有限公司", SHAREHOLDER_ID=code(1)),
        bid(1, "full"), bid(3, "full", SHAREHOLDER="A有限公司", SHAREHOLDER_ID=code(1)),
        bid(1, "in graph"), out(915, "in graph", ACTUAL_CONTROLLER="A有限公司", ACTUAL_CONTROLLER_ID=code(1)),
        {**out(917, "odd"), "name": "甲某商号"},
        out(918, "odd", ACTUAL_CONTROLLER="甲某商号", ACTUAL_CONTROLLER_ID=code(917)),
        {**out(919, "odder"), "name": "乙某"},
        out(920, "odder", ACTUAL_CONTROLLER="乙某", ACTUAL_CONTROLLER_ID=code(919)),
        out(921, "person"), out(922, "person", ACTUAL_CONTROLLER="丙某", ACTUAL_CONTROLLER_ID=number(3)),
        out(916, "from graph"), bid(2, "from graph", **named("ACTUAL_CONTROLLER", 916)),
    ]  # fmt: skip
    told = compared(store, *rows)
    expected = {
        "code": VOID, "name": DOUBT, "holder": LOOK, "nobody": NONE, "other lot": NONE, "himself": NONE,
        "mixed up": DOUBT, "known": LOOK, "in graph": VOID, "from graph": VOID,
        "full": LOOK, "odd": VOID, "odder": VOID, "person": NONE,
    }  # fmt: skip
    for lot, wanted in expected.items():
        assert said(told, lot) == wanted, lot
    assert "只填写了名称" in pair(told, "name")["reasons"][0]["text"]
    assert "持股比例未载明（至多 100%），是否超过半数待核实" in pair(told, "holder")["reasons"][0]["text"]
    assert pair(told, "code")["reasons"][0]["path"]["edges"][0]["record"] == "sheet:2"
    # A code that says who it is was not "without a number".
    spoken = " ".join(words for words in told["warnings"] if "未能核查" in words)
    assert "不在图902有限公司" in spoken, "by name, in another lot"
    assert spoken.count("无统一社会信用代码") == spoken.count("未能核查")


def test_people_of_a_bid_who_serve_a_rival(store: Store) -> None:
    firms = [firm(f"F{n}", n) for n in range(1, 11)]
    posts = [relation("li", "LEGAL_REP", "F2"), relation("li", "EMPLOYEE", "F6"), relation("li", "LEGAL_REP", "F8")]
    build(
        store, Graph([*firms, person("li", 1, "李某")], [*posts, relation("li", "DIRECTOR", "F9", until="2026-06-01")])
    )
    named = {"agent": "李某", "agent_ID": number(1)}
    rows = [
        bid(1, "head", **named), bid(2, "head"),
        bid(3, "sheet", **named), bid(4, "sheet", LEGAL_REP="李某", LEGAL_REP_ID=number(1)),
        bid(5, "staff", preparer="李某", preparer_ID=number(1)), bid(6, "staff"),
        bid(7, "name", agent="李某"), bid(8, "name"),
        bid(10, "left", **named), bid(9, "left"),
        bid(1, "partners", consortium="甲", **named), bid(2, "partners", consortium="甲"),
    ]  # fmt: skip
    told = compared(store, *rows)
    shared: Said = ("alert", [(None, "shared_person", False)])
    expected = {"head": shared, "sheet": shared, "staff": shared, "name": NONE, "left": NONE, "partners": NONE}
    for lot, wanted in expected.items():
        assert said(told, lot) == wanted, lot
    (reason,) = pair(told, "head")["reasons"]
    assert "F1有限公司 填报的委托代理人 李某（证件号码一致）在 F2有限公司 任法定代表人" in reason["text"]
    assert [n["id"] for n in reason["path"]["nodes"]] == ["F1", "li", "F2"]
    assert number(1) not in str(told)


def test_a_bidder_written_twice(store: Store) -> None:
    """The row with the code stays, wherever it stands; nothing of the other is used."""
    build(
        store,
        Graph([firm("A", 1), firm("B", 2), person("li", 1, "李某")], [relation("A", "SHAREHOLDER", "B", ratio=1.0)]),
    )
    rows = [
        {"name": "A有限公司", "lot": "x", "phone": "0999-8765432"}, bid(1, "x"), bid(2, "x", phone="0999-8765432"),
        {"name": "不在图有限公司", "lot": "y"}, {"name": "不在图有限公司", "uscc": code(900), "lot": "y"}, bid(2, "y"),
        {"name": "甲有限公司", "uscc": code(901), "lot": "z"}, {"name": "甲有限公司", "uscc": code(902), "lot": "z"},
        {"name": "B有限公司", "uscc": code(1), "lot": "w"}, bid(1, "w"), bid(2, "w"),
    ]  # fmt: skip
    told = compared(store, *rows)
    assert said(told, "x") == VOID
    assert [p["rows"] for p in told["pairs"]] == [[3, 4], [6, 7], [8, 9], [11, 12]]
    assert [r["row"] for r in told["rejected"]] == [2, 5, 10]
    assert "与第 3 行同为 A有限公司" in told["rejected"][0]["reason"]
    assert "保留的是身份已确认的一行" in told["rejected"][0]["reason"]
    assert "所填名称为“B有限公司”，与代码不一致" in told["rejected"][2]["reason"]
    misnamed = compared(store, {"name": "B有限公司", "uscc": code(1)}, bid(2))
    assert misnamed["pairs"][0]["verdict"] == "alert"
    assert any("没有比对“B有限公司”" in words for words in misnamed["warnings"])

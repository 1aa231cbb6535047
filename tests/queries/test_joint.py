"""Bidding together and against each other: consortia (R31) and bidders of one lot (R35, R36)."""

from __future__ import annotations

from typing import Any

from graph.store import Store
from queries.scenarios import parse
from tests.queries.graphs import Graph, Row, build, listing, relation, subject
from tests.queries.screening import code, decisions, firm, number, person, said, screened

STATUTORY, ALERT = "STATUTORY", "ALERT"
Pairs = set[tuple[str, str | None, str]]


def bid(n: int, lot: str = "一标段", **more: str) -> dict[str, str]:
    return {"uscc": code(n), "lot": lot, **more}


def joint(document: dict[str, Any], row: int) -> Pairs:
    """(class, rule, effect) of what falls on joint or rival bids."""
    return {(c, r, e) for c, r, _, falls, e in said(document, row) if falls == "joint_bid"}


def test_consortium_golden_12(store: Store) -> None:
    graph = Graph(
        subjects=[firm("L", 1), firm("M", 2), firm("N", 3), firm("K", 4)],
        listings=[
            listing("L1", "M", "SXBZXR", listed_on="2025-01-01"),
            listing("L2", "K", "SXBZXR", listed_on="2025-01-01", removed_on="2026-06-01", state="repaired"),
        ],
    )
    build(store, graph)
    rows = [bid(n, consortium="甲联合体") for n in (1, 2)] + [bid(3, lot="二标段", consortium="甲联合体"), bid(3)]

    bound = screened(store, *rows, of="tender_mandatory")
    assert (STATUTORY, "R31", "L", "joint_bid", "block") in said(bound, 2)
    assert (STATUTORY, "R31", "M", "joint_bid", "block") in said(bound, 3)
    # The same name on another lot is another consortium; who bids alone is no part of it.
    assert (said(bound, 4), said(bound, 5)) == (set(), set())
    (found,) = [f for f in bound["results"][0]["findings"] if f["rule"] == "R31"]
    assert [(e["type"], e["record"]) for e in found["path"]["edges"]] == [("BIDS_WITH", "sheet:2")]
    assert [node["id"] for node in found["path"]["nodes"]] == ["L", "M"]
    assert "组成联合体投标" in found["text"]
    assert "法〔2016〕285号" in found["notice"]
    assert decisions(bound)[:2] == ["blocked", "blocked"]

    # No rule of this scenario reaches L: it is worth a look, M is listed all the same.
    other = screened(store, *rows, of="tender_other")
    assert joint(other, 2) == {(ALERT, None, "inform")}
    assert joint(other, 3) == set()
    # Known from memory only: never more than review.
    assert joint(screened(store, *rows, of="procurement"), 2) == {(STATUTORY, "R31", "review")}

    # Repaired that day; a member known by name only; one nobody knows.
    repaired = screened(store, bid(1, consortium="乙"), bid(4, consortium="乙"), of="tender_mandatory")
    assert joint(repaired, 2) == set()
    by_name = {"name": "M有限公司", "lot": "一标段", "consortium": "丙"}
    assert joint(screened(store, bid(1, consortium="丙"), by_name, of="tender_mandatory"), 2) == {
        (STATUTORY, "R31", "review")
    }
    stranger = {"name": "乌有市不在册有限公司", "lot": "一标段", "consortium": "丁"}
    unknown = screened(store, stranger, bid(2, consortium="丁"), of="tender_mandatory")
    assert (decisions(unknown), joint(unknown, 2)) == (["review", "blocked"], {(STATUTORY, "R31", "review")})


def rivals() -> Graph:
    """Firms by number; those of a pair stand next to each other."""
    names = [
        "X",
        "Y",
        "XH",
        "YH",
        "XS",
        "YS",
        "Z1",
        "Z2",
        "G1",
        "G2",
        "TOP",
        "W",
        "UP",
        "DOWN",
        "H1",
        "H2",
        "M1",
        "M2",
        "C1",
        "C2",
        "N1",
        "N2",
        "E1",
        "E2",
        "P0",
        "PX",
    ]
    numbered: dict[str, Row] = {name: firm(name, n) for n, name in enumerate(names, start=1)}
    own = [
        relation("chen", "LEGAL_REP", "X"), relation("chen", "PRINCIPAL", "Y"),  # one head
        relation("chen", "LEGAL_REP", "XH", until="2026-05-31"), relation("chen", "LEGAL_REP", "YH"),  # till yesterday
        relation("wu1", "LEGAL_REP", "XS"), relation("wu2", "LEGAL_REP", "YS"),  # equal names, no numbers
        relation("TOP", "SHAREHOLDER", "Z1", ratio=1.0), relation("TOP", "SHAREHOLDER", "Z2", ratio=1.0),  # sisters
        relation("sasac", "SHAREHOLDER", "G1", ratio=1.0), relation("sasac", "SHAREHOLDER", "G2", ratio=1.0),
        relation("UP", "SHAREHOLDER", "W", ratio=0.9), relation("W", "SHAREHOLDER", "DOWN", ratio=0.51),  # indirectly
        relation("H1", "SHAREHOLDER", "H2", ratio=0.5),  # exactly half
        relation("M1", "MANAGES", "M2"),
        relation("C1", "ACTUAL_CONTROLLER", "C2"),  # declared
        relation("N1", "SHAREHOLDER", "N2", ratio=0.49), relation("N1", "SHAREHOLDER", "N2", record="t:2"),
        relation("chen", "DIRECTOR", "E1"), relation("chen", "DIRECTOR", "E2"),  # no heads
        relation("P0", "SHAREHOLDER", "PX", ratio=1.0, until="2026-06-01"),  # sold
    ]  # fmt: skip
    people = [person("chen", 1, "陈甲"), *(subject(i, "person", name="吴乙") for i in ("wu1", "wu2"))]
    sasac = subject("sasac", "government", name="乌有市国资委")
    return Graph(subjects=[*numbered.values(), *people, sasac], relations=own)


def test_rivals_of_one_lot_golden_6(store: Store) -> None:
    graph = rivals()
    build(store, graph)
    n = {row["id"]: place for place, row in enumerate(graph.subjects, start=1)}
    pairs = ["X Y", "XH YH", "XS YS", "Z1 Z2", "G1 G2", "UP DOWN", "H1 H2", "M1 M2", "C1 C2", "N1 N2", "E1 E2", "P0 PX"]
    rows = [bid(n[name], lot=f"标段{i}") for i, pair in enumerate(pairs) for name in pair.split()]
    row = {name: i for i, name in enumerate((name for pair in pairs for name in pair.split()), start=2)}

    void, alert, nothing = {(STATUTORY, "R35", "block")}, {(ALERT, None, "inform")}, set[Any]()
    told = screened(store, *rows, of="tender_other")
    expected = [void, nothing, alert, alert, nothing, void, alert, void, void, nothing, nothing, nothing]
    for pair, wanted in zip(pairs, expected, strict=True):
        for name in pair.split():
            assert joint(told, row[name]) == wanted, pair
    by_row = {r["row"]: r for r in told["results"]}
    (same,) = by_row[row["X"]]["findings"]
    assert [node["id"] for node in same["path"]["nodes"]] == ["X", "chen", "Y"]
    assert (same["list"], same["listing"], same["target"]["id"]) == (None, None, "X")
    assert "相关投标均无效" in same["notice"]
    assert "期限：仅限该标段（合同项）" in same["notice"]
    assert "以决定书为准" not in same["notice"]
    assert number(1) not in same["text"]
    (name_only,) = by_row[row["XS"]]["findings"]
    assert (name_only["rule"], name_only["kind"]) == (None, "same_name")

    # Government procurement asks for a direct holding: what lies between is an alert.
    bought = screened(store, *rows, of="procurement")
    assert joint(bought, row["X"]) == {(STATUTORY, "R36", "block")}
    assert joint(bought, row["C1"]) == {(STATUTORY, "R36", "block")}
    assert joint(bought, row["UP"]) == joint(bought, row["DOWN"]) == alert
    # No rule on rival bids there, or different lots: nothing at all.
    assert joint(screened(store, *rows[:2], of="credit"), 2) == nothing
    apart = screened(store, rows[0], {**rows[1], "lot": "别的标段"}, of="tender_other")
    assert (joint(apart, 2), joint(apart, 3)) == (nothing, nothing)
    # Partners of one consortium are one bid.
    partners = screened(store, *({**r, "consortium": "甲"} for r in rows[:2]), of="tender_other")
    assert (joint(partners, 2), joint(partners, 3)) == (nothing, nothing)


def test_heads_the_sheet_names(store: Store) -> None:
    """Full numbers say who it is, in the graph or not; names and masks do not; a match by name never blocks."""
    build(store, Graph(subjects=[firm(f"F{n}", n) for n in range(1, 13)] + [person("chen", 1, "陈甲")]))
    masked = f"999999********{number(1)[-4:]}"

    def head(n: int, lot: str, name: str, id_number: str = "", **more: str) -> dict[str, str]:
        given = {"LEGAL_REP_ID": id_number} if id_number else {}
        return {**bid(n, lot=lot), "LEGAL_REP": name, **given, **more}

    rows = [
        head(1, "a", "陈甲", number(1)), head(2, "a", "陈甲", number(1)),
        head(3, "b", "陈甲", number(7)), head(4, "b", "陈甲", number(7)),  # not in the graph
        head(5, "c", "陈甲", number(1)), head(6, "c", "陈甲", number(7)),  # two men of one name
        head(7, "d", "陈甲"), head(8, "d", "陈甲", number(1)),
        head(9, "e", "陈甲", masked), head(10, "e", "陈甲", masked),
        head(11, "f", "陈甲", number(1)),
        {"name": "F12有限公司", "lot": "f", "LEGAL_REP": "陈甲", "LEGAL_REP_ID": number(1)},
    ]  # fmt: skip
    told = screened(store, *rows, of="tender_mandatory")
    void, alert = {(STATUTORY, "R35", "block")}, {(ALERT, None, "inform")}
    for at, wanted in ((2, void), (4, void), (6, set()), (8, alert), (10, alert), (12, {(STATUTORY, "R35", "review")})):
        assert joint(told, at) == joint(told, at + 1) == wanted, rows[at - 2]["lot"]


def test_a_head_named_in_one_lot_is_none_in_another(store: Store) -> None:
    build(store, Graph(subjects=[firm(f"F{n}", n) for n in range(1, 4)]))
    chen = {"LEGAL_REP": "陈甲", "LEGAL_REP_ID": number(1)}
    rows = [bid(1, lot="a", **chen), bid(2, lot="a"), bid(1, lot="b"), bid(3, lot="b", **chen)]
    told = screened(store, *rows, of="tender_mandatory")
    assert [joint(told, at) for at in range(2, 6)] == [set()] * 4


def test_heads_and_holders_not_seen_for_long(store: Store) -> None:
    """Whether they still are what they were is for a person to find out; fresh evidence beside it is enough."""
    old: dict[str, Any] = {"seen_on": "2019-01-01"}
    graph = Graph(
        subjects=[*(firm(f"F{n}", n) for n in range(1, 11)), person("chen", 1, "陈甲"), person("li", 2, "李乙")],
        relations=[
            relation("chen", "LEGAL_REP", "F1", **old), relation("chen", "LEGAL_REP", "F2"),
            relation("F3", "SHAREHOLDER", "F4", ratio=1.0, **old),
            relation("li", "LEGAL_REP", "F5", **old), relation("li", "LEGAL_REP", "F6", seen_on="2026-05-01"),
            relation("F7", "SHAREHOLDER", "F8", ratio=0.5, **old),
            relation("F9", "SHAREHOLDER", "F10", ratio=0.9, until="2030-01-01", **old),  # its end is known
        ],
    )  # fmt: skip
    build(store, graph)
    rows = [bid(n, lot=f"l{(n + 1) // 2}") for n in range(1, 11)]
    rows[4] |= {"LEGAL_REP": "李乙", "LEGAL_REP_ID": number(2)}
    told = screened(store, *rows, of="tender_mandatory")
    held, void, alert = {(STATUTORY, "R35", "review")}, {(STATUTORY, "R35", "block")}, {(ALERT, None, "inform")}
    assert [joint(told, at) for at in range(2, 12, 2)] == [held, held, void, alert, void]
    assert [joint(told, at) for at in range(3, 12, 2)] == [held, held, void, alert, void]
    for at in (0, 2, 6):
        (found,) = [f for f in told["results"][at]["findings"] if f["falls_on"] == "joint_bid"]
        assert found["conditions"] == ["任职信息截至 2019-01-01"]
        assert "任职信息截至 2019-01-01" in found["text"]


def test_many_of_one_head_and_rows_written_twice(store: Store) -> None:
    """However many agree, nobody is left out; and a row repeated says the same."""
    count = 60
    firms = [firm(f"F{n}", n) for n in range(1, count + 1)]
    heads = [relation("chen", "LEGAL_REP", f"F{n}") for n in range(1, count + 1)]
    build(store, Graph(subjects=[*firms, person("chen", 1, "陈甲")], relations=heads))
    told = screened(store, *(bid(n) for n in range(1, count + 1)), bid(7), of="tender_mandatory")
    assert decisions(told) == ["blocked"] * (count + 1)
    assert said(told, count + 2) == said(told, 8)
    assert told["complete"] is False, "pairs are missing, and that is said"


def test_a_site_profile_rests_on_what_it_is_based_on(store: Store) -> None:
    build(store, Graph(subjects=[firm("X", 1), firm("Y", 2)], relations=[relation("X", "SHAREHOLDER", "Y", ratio=1.0)]))
    quiet = {
        "name": {"zh": "试验", "en": "trial"},
        "families": ["negative"],
        "listed": {"default": "inform"},
        "hard": [],
    }
    profile = parse({"scenarios": {"trial": {**quiet, "rules": {"R35": "review"}}}})["trial"]
    told = screened(store, bid(1), bid(2), of=profile)
    assert joint(told, 2) == {(STATUTORY, "R35", "review")}
    assert joint(screened(store, bid(1), bid(2), of=parse({"scenarios": {"trial": quiet}})["trial"]), 2) == set()

"""What two bids have in common beside the rules: people, accounts, phones, addresses, and what lies between."""

from __future__ import annotations

from itertools import pairwise

from graph.store import Store
from tests.queries.bidders.asking import Said, bid, compared, pair, said
from tests.queries.graphs import Graph, build, contact, relation
from tests.queries.screening import code, firm, number, person

NONE: Said = ("none", [])
SIGNAL: Said = ("alert", [(None, "signal", False)])


def test_columns_of_the_sheet(store: Store) -> None:
    """Nothing of this needs the graph: firms it does not hold are compared by what the sheet says."""
    build(store, Graph())
    rows: list[dict[str, str]] = []

    def lot(name: str, one: dict[str, str], other: dict[str, str]) -> None:
        rows.extend([bid(len(rows) + 1, name, **one), bid(len(rows) + 2, name, **other)])

    lot("preparer", {"preparer": "尤代笔"}, {"preparer": "王某；尤代笔"})
    lot("one man", {"agent": "尤某", "agent_ID": number(1)}, {"agent": "尤某", "agent_ID": number(1)})
    lot("two men", {"agent": "尤某", "agent_ID": number(1)}, {"agent": "尤某", "agent_ID": number(2)})
    lot("renamed", {"team": "尤某", "team_ID": number(1)}, {"team": "尤谋", "team_ID": number(1)})
    lot("bureau", {"preparer": "乌有市代笔咨询有限公司"}, {"preparer": "乌有市代笔咨询有限公司"})
    lot("apart", {"preparer": "尤某"}, {"agent": "尤某"})
    lot("account", {"account": "6222 0001-2345 678"}, {"account": "622200012345678"})
    lot("other account", {"account": "622200012345678"}, {"account": "622200012345679"})
    lot("phone", {"phone": "0999-5550101、13900000000"}, {"phone": "+86 13900000000"})
    lot("hidden", {"phone": "139****0000"}, {"phone": "139****0000"})
    lot("short", {"phone": "12345", "address": "乌有市"}, {"phone": "12345", "address": "乌有市"})
    lot("address", {"address": "乌有市东皋区舒啸路 1 号"}, {"address": "乌有市东皋区舒啸路1号"})
    lot(
        "blank",
        {"preparer": "无", "account": "/", "phone": "见附件"},
        {"preparer": "无", "account": "/", "phone": "见附件"},
    )
    lot("zeros", {"account": "00000000"}, {"account": "00000000"})
    told = compared(store, *rows)
    said_of = {name: said(told, name) for name in dict.fromkeys(row["lot"] for row in rows)}
    silent = {"two men", "apart", "other account", "hidden", "short", "blank", "zeros"}
    assert said_of == {name: NONE if name in silent else SIGNAL for name in said_of}

    def reason(lot: str) -> dict[str, object]:
        (found,) = pair(told, lot)["reasons"]
        return dict(found)

    assert "不能认定为同一人" in str(reason("preparer")["text"])
    assert "为同一人（证件号码一致）" in str(reason("one man")["text"])
    assert "证件号码一致、姓名不同" in str(reason("renamed")["text"])
    assert "名称相同" in str(reason("bureau")["text"])
    assert reason("account")["basis"] == [
        {"law": "招标投标法实施条例", "article": "第40条", "grade": "text", "source": "L"}
    ]
    assert "是否属实须另有证据" in str(reason("account")["text"])
    assert reason("phone")["basis"] == reason("address")["basis"] == []
    everything = str(told)
    for secret in ("622200012345678", "13900000000", number(1)):
        assert secret not in everything
    # The article is one of tender law.
    (bought,) = pair(compared(store, *rows, of="procurement"), "account")["reasons"]
    assert (bought["signal"], bought["basis"]) == ("account", [])


def test_contacts_of_the_graph_and_the_sheet_together(store: Store) -> None:
    firms = [firm(f"F{n}", n) for n in range(1, 9)]
    crowd = [firm(f"Z{n}", n + 1000) for n in range(101)]
    hub = "乌有市东皋区集贤路1号集群注册中心"
    contacts = [
        contact("F1", "phone", "0999-5550101"), contact("F2", "phone", "0999-5550101"),
        contact("F3", "phone", "0999-5550102"),
        contact("F5", "phone", "0999-5550103"), contact("F6", "phone", "0999-5550103", until="2026-01-01"),
        *(contact(f"Z{n}", "address", hub) for n in range(101)), contact("F7", "address", hub),
        contact("F8", "address", hub),
    ]  # fmt: skip
    build(store, Graph([*firms, *crowd], contacts=contacts))
    rows = [bid(n, f"lot {(n + 1) // 2}") for n in range(1, 9)]
    rows[3]["phone"] = "09995550102"  # F4 says itself what the graph has of F3
    told = compared(store, *rows)
    assert [said(told, f"lot {n}") for n in range(1, 5)] == [SIGNAL, SIGNAL, NONE, NONE]
    assert "0999-5550101" not in str(told)
    busy = [stop for stop in told["not_crossed"] if "contact" in stop]
    assert [(stop["contact"]["kind"], stop["reason"], stop["degree"]) for stop in busy] == [("address", "fanout", 103)]


def test_people_in_both(store: Store) -> None:
    firms = [firm(f"F{n}", n) for n in range(1, 15)]
    people = [person(f"p{n}", n, f"人{n}") for n in range(1, 4)] + [person("m", 9, "陈某"), person("q", 8, "陈某")]
    roles = [
        relation("p1", "DIRECTOR", "F1"), relation("p1", "SUPERVISOR", "F2"), relation("p1", "SHAREHOLDER", "F2"),
        relation("p2", "LEGAL_REP", "F3"), relation("p2", "DIRECTOR", "F4"),
        relation("p3", "DIRECTOR", "F5"), relation("p3", "DIRECTOR", "F6", until="2026-06-01"),
        relation("m", "DIRECTOR", "F7"), relation("q", "DIRECTOR", "F8"),  # two people of one name
        relation("p2", "LEGAL_REP", "F11"), relation("p2", "DIRECTOR", "F11"), relation("p2", "LEGAL_REP", "F12"),
    ]  # fmt: skip
    build(store, Graph([*firms, *people], roles))
    rows = [bid(n, f"lot {(n + 1) // 2}") for n in range(1, 15)]
    rows[8] |= {"DIRECTOR": "丁某", "DIRECTOR_ID": number(77)}
    rows[9] |= {"SUPERVISOR": "丁某", "SUPERVISOR_ID": number(77)}
    rows[12] |= {"DIRECTOR": "戊某"}
    rows[13] |= {"DIRECTOR": "戊某"}
    told = compared(store, *rows)
    shared: Said = ("alert", [(None, "shared_person", False)])
    head: Said = ("prohibited", [("R35", "same_head", True)])
    expected = [shared, shared, NONE, NONE, shared, head, NONE]
    assert [said(told, f"lot {n}") for n in range(1, 8)] == expected
    (first,) = pair(told, "lot 1")["reasons"]
    assert "任董事，在 F2有限公司 任" in first["text"]
    assert "监事" in first["text"]
    assert "股东" in first["text"]
    assert [node["id"] for node in first["path"]["nodes"]] == ["F1", "p1", "F2"]
    assert number(77) not in str(told)


def test_what_lies_between(store: Store) -> None:
    """Four relations are told, five are not; nothing goes through a hub, kin, or what has ended."""
    names = ["A1", "B1", "A2", "B2", "A3", "B3", "A4", "B4", "A5", "B5", "A6", "B6"]
    firms = [firm(name, n) for n, name in enumerate(names, start=1)]
    others = [firm(f"{x}{n}", 100 + 10 * n + i) for n in (1, 2) for i, x in enumerate("xyzw")]
    hub, crowd = firm("hub", 500), [firm(f"Z{n}", 600 + n) for n in range(101)]
    four = [relation(a, "SUPPLIES", b) for a, b in pairwise(["A1", "x1", "y1", "z1", "B1"])]
    five = [relation(a, "SUPPLIES", b) for a, b in pairwise(["A2", "x2", "y2", "z2", "w2", "B2"])]
    spokes = [relation("hub", "GUARANTEES", row["id"]) for row in [*crowd, firms[4], firms[5]]]
    ended = [relation("A4", "GUARANTEES", "B4", until="2025-01-01")]
    kin = [
        relation("k1", "DIRECTOR", "A5"),
        relation("k2", "DIRECTOR", "B5"),
        relation("k1", "KIN", "k2", kin="spouse"),
    ]
    through = [relation("A6", "GUARANTEES", "A1"), relation("B6", "GUARANTEES", "A1")]
    people = [person("k1", 1, "甲某"), person("k2", 2, "乙某")]
    graph = Graph([*firms, *others, hub, *crowd, *people], [*four, *five, *spokes, *ended, *kin, *through])
    build(store, graph)
    told = compared(store, *(bid(n, f"lot {(n + 1) // 2}") for n in range(1, 13)))
    path: Said = ("alert", [(None, "path", False)])
    assert [said(told, f"lot {n}") for n in range(1, 7)] == [path, NONE, NONE, NONE, NONE, path]
    (found,) = pair(told, "lot 1")["reasons"]
    assert [node["id"] for node in found["path"]["nodes"]] == ["A1", "x1", "y1", "z1", "B1"]
    assert "关联提示，不构成失信惩戒依据" in found["text"]
    assert [stop["subject"]["id"] for stop in told["not_crossed"]] == ["hub"]


def test_all_reasons_of_one_pair_the_gravest_first(store: Store) -> None:
    graph = Graph(
        [firm("A", 1), firm("B", 2), person("chen", 1, "陈某"), person("li", 2, "李某")],
        [
            relation("chen", "LEGAL_REP", "A"), relation("chen", "PRINCIPAL", "B"),
            relation("A", "SHAREHOLDER", "B", ratio=0.6), relation("A", "MANAGES", "B"),
            relation("li", "DIRECTOR", "A"), relation("li", "SUPERVISOR", "B"),
        ],
        contacts=[contact("A", "email", "ab@example.com"), contact("B", "email", "ab@example.com")],
    )  # fmt: skip
    build(store, graph)
    rows = [bid(1, preparer="尤某", account="622200012345678"), bid(2, preparer="尤某", account="622200012345678")]
    told = compared(store, *rows)
    assert said(told, "未分标段") == (
        "prohibited",
        [
            ("R35", "same_head", True),
            ("R35", "holding", True),
            ("R35", "management", True),
            (None, "signal", False),
            (None, "signal", False),
            (None, "signal", False),
            (None, "shared_person", False),
        ],
    )
    assert told["groups"] == [["A", "B"]]
    assert "ab@example.com" not in str(told)
    assert code(1) in str(told)

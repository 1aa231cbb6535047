"""Screening in the scenarios of the law: what decides, what holds it down, and what is never even asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from graph.store import Store
from graph.vocabulary import SUBJECT_RELATION_TYPES
from queries.finding import ALERT_SENTENCE
from queries.screen import UNREAD
from tests.queries.graphs import Graph, Row, build, exempt, listing, named, relation, subject
from tests.queries.screening import code, decisions, firm, number, person, said, screened
from viz.screening_lines import lines
from viz.screening_words import rows

SOURCE = {"name": "t", "snapshot": "2026-05-20", "loaded_at": "2026-05-20"}


def row(n: int, **more: str) -> dict[str, str]:
    return {"uscc": code(n), **more}


def human(n: int, name: str, **more: str) -> dict[str, str]:
    return {"person_name": name, "id_number": number(n), **more}


def own(document: dict[str, Any], at: int) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """(list, effect, last day, conditions) of the entries on the applicant of a row."""
    found = [f for r in document["results"] if r["row"] == at for f in r["findings"] if f["class"] == "LISTED_SELF"]
    return [(f["list"], f["effect"], f["period"]["until"], tuple(f["conditions"])) for f in found]


def test_listed_oneself_procurement(store: Store) -> None:
    """Hard bars, three years of grave violations, and a fine whose amount decides."""
    entries: list[Row] = [
        listing("L1", "F1", "SXBZXR", listed_on="2025-06-01"),
        listing("L2", "F2", "SXBZXR", listed_on="2025-06-01", events=["2026-05-01 objected e:1"]),
        listing("L3", "F3", "DXYZ", listed_on="2023-06-01", ground="other"),  # three years to the day
        listing("L4", "F4", "DXYZ", listed_on="2023-05-31", ground="other"),
        listing("L5", "F5", "XZCF", listed_on="2025-06-01", amount=2_000_000.0, expires_on="2027-01-01"),
        listing("L6", "F6", "XZCF", listed_on="2025-06-01", amount=1_999_999.0, expires_on="2027-01-01"),
        listing("L7", "F7", "XZCF", listed_on="2025-06-01", expires_on="2027-01-01"),
        listing("L8", "F8", "JYYC", listed_on="2025-06-01"),
        listing("L9", "F9", "SXBZXR", listed_on="2025-06-01", removed_on="2026-06-01", state="repaired"),
        listing("L10", "F10", "QXNMG", listed_on="2022-01-01"),  # its three years are over by the book
    ]
    build(store, Graph(subjects=[firm(f"F{n}", n) for n in range(1, 12)], listings=entries))
    told = screened(store, *(row(n) for n in range(1, 12)), {"name": "F1有限公司"}, of="procurement")
    effects = [[effect for _, effect, _, _ in own(told, at)] for at in range(2, 14)]
    assert effects == [
        ["block"], ["review"], ["block"], ["inform"], ["review"], ["inform"], ["review"], ["inform"], [], ["review"],
        [], ["review"],
    ]  # fmt: skip
    assert decisions(told)[0] == "blocked"
    assert told["results"][0]["findings"][0]["notice"].startswith("失信惩戒措施告知书\n对象：F1有限公司（")
    assert not any("notice" in f for r in told["results"][1:2] for f in r["findings"])
    assert "金额未载明" in "".join(own(told, 8)[0][3])
    # A term the source does not give is computed: past it, a person has to look, nothing is dropped.
    (overdue,) = own(told, 11)
    assert overdue[2] == "2025-01-01"
    assert any("是否仍在列待核实" in condition for condition in overdue[3])
    law = [b["law"] for b in told["results"][0]["findings"][0]["basis"]]
    assert "财库〔2016〕125号" in law
    # Below the amount the profile asks for nothing, and its articles are not cited.
    cited = [[b["law"] for b in told["results"][at]["findings"][0]["basis"]] for at in (4, 5)]
    assert ["财库〔2022〕3号" in laws for laws in cited] == [True, False]
    # No list was loaded: what is not found is not clear.
    assert decisions(told)[10] == "review"
    assert told["not_checked"][0]["list"] in {"ZFCG", "SXBZXR", "ZDSS", "QXNMG"}
    assert set(told["needed"]) == {"ZFCG", "SXBZXR", "ZDSS", "QXNMG"}
    assert told["complete"] is False


def test_what_holds_a_rule_down(store: Store) -> None:
    """R01 blocks a person in consumption_exit; what is not sure never does."""
    x, day = "2020-01-01", "2025-06-01"
    graph = Graph(
        subjects=[
            firm("U", 1), firm("D", 2), firm("O", 3), person("rep", 1, "赵甲"), person("old", 2, "钱乙"),
            person("stale", 3, "孙丙"), person("disputed", 4, "李丁"), person("holder", 5, "周戊"),
            person("kin", 6, "吴己"), subject("namesake", "person", name="赵甲"),
        ],
        relations=[
            relation("rep", "LEGAL_REP", "U", since=x, seen_on="2026-05-01"),
            relation("old", "PRINCIPAL", "U", since=x, until="2021-01-01"),  # left long before
            relation("stale", "ACTUAL_CONTROLLER", "U", since=x, seen_on="2020-06-01"),
            relation("disputed", "LEGAL_REP", "D", since=x),
            relation("holder", "SHAREHOLDER", "U", ratio=0.9, since=x),
            relation("kin", "KIN", "rep", kin="父子"),
            relation("rep", "LEGAL_REP", "O", since=x),
        ],
        listings=[
            listing("L1", "U", "XZXF", listed_on=day),
            listing("L2", "D", "XZXF", listed_on=day, events=["2026-05-01 objected e:1"]),
            listing("L3", "O", "A_TAX", listed_on=day),
        ],
    )  # fmt: skip
    build(store, graph)
    rows = [
        human(1, "赵甲"), human(2, "钱乙"), human(3, "孙丙"), human(4, "李丁"), human(5, "周戊"), human(6, "吴己"),
        {"person_name": "赵甲"}, {"person_name": "赵甲", "id_number": f"999999********{number(1)[-4:]}"},
        human(9, "赵甲"), human(1, "赵改名"), row(3),
    ]  # fmt: skip
    told = screened(store, *rows, of="consumption_exit")
    ruled = [{(c, r, e) for c, r, _, _, e in said(told, at) if r and r != "R04"} for at in range(2, 13)]
    bound = ("STATUTORY", "R01", "block")
    held = ("STATUTORY", "R01", "review")
    # by number; left before; seen long ago; under objection; a holder of shares; a relative; by name; by a mask; a
    # namesake's number; the number under another name; another firm of his
    assert ruled == [{bound}, set(), {held}, {held}, set(), set(), {held}, {held}, set(), {held}, set()]
    assert "blocked" not in decisions(told)[1:]
    matches = [result["match"]["subject"] for result in told["results"][6:9]]
    assert matches == [None, None, None], "a name or a mask is for a person to look at, and merges nobody"
    texts = [f["text"] for r in told["results"] for f in r["findings"] if f["class"] == "ALERT"]
    assert all(ALERT_SENTENCE in text for text in texts)
    assert not any(f"赵甲 列于{'失信'}" in f["text"] for r in told["results"] for f in r["findings"])


def test_what_was_lifted_for_him_binds_him_no_more(store: Store) -> None:
    """Named in a firm's restriction, and released from it; a permission for one purchase leaves it to a person."""
    people = [person(f"p{n}", n, f"赵{n}") for n in range(1, 7)]
    graph = Graph(
        subjects=[firm("U", 1), *people],
        listings=[listing("L1", "U", "XZXF"), *(listing(f"O{n}", f"p{n}", "XZXF") for n in (4, 5))],
        named=[named(f"p{n}", "L1", "LEGAL_REP") for n in (1, 2, 3, 6)],
        exempt=[
            exempt("p1", "L1", "lifted", since="2026-03-01", doc_no="文7"),
            exempt("p2", "L1", "lifted", since="2026-06-02"),  # tomorrow
            exempt("p3", "L1", "lifted", since="2026-01-01", until="2026-06-01"),  # till yesterday
            exempt("p4", "O4", "private_spending", since="2026-01-01"),
            exempt("p5", "O4", "lifted", since="2026-01-01"),  # of somebody else's entry
        ],
    )
    build(store, graph)
    told = screened(store, *(human(n, f"赵{n}") for n in range(1, 7)), of="consumption_exit")
    effects = [[effect for _, effect, _, _ in own(told, at)] for at in range(2, 8)]
    assert effects == [["inform"], ["block"], ["block"], ["review"], ["block"], ["block"]]
    assert decisions(told)[0] != "blocked"
    assert "该主体在本条目上的限制已解除：lifted 2026-03-01 文7" in own(told, 2)[0][3]
    assert "该主体在本条目上的限制已解除" in told["results"][0]["findings"][0]["text"]
    assert any("有例外记录，待核实：private_spending" in condition for condition in own(told, 5)[0][3])


def test_a_candidates_findings_are_marked_as_such(store: Store) -> None:
    build(store, Graph(subjects=[person("a", 1, "赵甲")], listings=[listing("L1", "a", "SXBZXR")]))
    told = screened(store, {"person_name": "赵甲"}, human(1, "赵甲"), of="procurement")
    assert [{f.get("candidate") for f in r["findings"]} for r in told["results"]] == [{"a"}, {None}]
    assert ["不能认定为同一人" in r.top for r in rows(told)] == [True, False]
    first, second = (next(line for line in lines(told) if line.row == at) for at in (2, 3))
    assert (first.short, second.short) == ("候选主体（身份未确认）在列", "本人在列")
    assert (first.klass, first.target) == ("候选主体（身份未确认）在列", "候选主体 赵甲")
    assert [r.own for r in rows(told)] == [0, 1], "nothing is counted of one who only may be meant"


def test_red_and_black(store: Store) -> None:
    graph = Graph(
        subjects=[firm("A", 1), firm("B", 2)],
        listings=[listing("L1", "A", "A_TAX"), listing("L2", "A", "SXBZXR"), listing("L3", "B", "A_TAX")],
    )
    build(store, graph)
    told = screened(store, row(1), row(2), of="fiscal")
    assert [r["flags"] for r in told["results"]] == [["red_black"], []]
    assert own(told, 3) == [], "a commendation is nothing adverse, and spreads to nobody"


@dataclass
class Spy:
    """A store that remembers what was asked of it."""

    store: Store
    asked: list[str] = field(default_factory=list)

    def read(self, statement: str, **params: Any) -> Any:
        self.asked.append(statement)
        return self.store.read(statement, **params)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


@pytest.mark.parametrize("scenario", ["civil_service", "housing"])
def test_relations_are_not_even_asked_for(store: Store, scenario: str) -> None:
    """Golden case 11: 孙's father is a defaulter, and 孙 runs a firm that is one. Only his own record counts."""
    graph = Graph(
        subjects=[person("sun", 1, "孙甲"), person("father", 2, "孙乙"), firm("F", 1), person("self", 3, "李丙")],
        relations=[relation("father", "KIN", "sun", kin="父子"), relation("sun", "LEGAL_REP", "F", since="2020-01-01")],
        listings=[listing("L1", "father", "SXBZXR"), listing("L2", "F", "SXBZXR"), listing("L3", "self", "XZCF")],
        named=[named("sun", "L2", "LEGAL_REP")],
        sources=[{**SOURCE, "lists": ["GFYW", "SXBZXR", "QXNMG", "ZDSS", "AQSC", "XZCF", "WL"]}],
    )
    build(store, graph)
    spy = Spy(store)
    posts = {"role_of": "F有限公司", "role": "法定代表人"}
    told = screened(cast(Store, spy), human(1, "孙甲", **posts), {"person_name": "孙甲", **posts}, of=scenario)
    # That an entry names him in passing is no record of his.
    assert decisions(told) == ["clear", "unmatched"]
    assert said(told, 2) == set()
    assert told["notes"] == [UNREAD]
    assert spy.asked
    for statement in spy.asked:
        for kind in SUBJECT_RELATION_TYPES:
            assert f":{kind}" not in statement
            assert f"|{kind}" not in statement


def test_the_household_is_told_beside_the_row(store: Store) -> None:
    graph = Graph(
        subjects=[person("a", 1, "郑甲"), person("b", 2, "郑乙"), person("c", 3, "王丙")],
        relations=[relation("c", "KIN", "a", kin="夫妻")],
        listings=[
            listing("L1", "b", "XZCF", listed_on="2025-06-01", expires_on="2028-01-01", reason="骗取公租房"),
            listing("L2", "c"),
        ],
        sources=[{**SOURCE, "lists": ["XZCF"]}],
    )
    build(store, graph)
    rows = [human(1, "郑甲", household="1"), human(2, "郑乙", household="1"), human(3, "王丙", household="2")]
    told = screened(store, *rows, of="housing")
    assert said(told, 2) == {("LISTED_SELF", None, "b", "applicant", "inform")}
    assert own(told, 2)[0][3][-1] == "同一家庭申请人（第 3 行）本人在列"
    assert [f[4] for f in said(told, 3)] == ["review"]
    # Not in the household: a relative is not looked for.
    assert {f[2] for f in said(told, 4)} == {"c"}
    assert decisions(told) == ["notice", "review", "notice"]
    # Elsewhere a household is only a column.
    assert said(screened(store, *rows[:2], of="procurement"), 2) == set()


def test_replay_shows_what_has_ended_since(store: Store) -> None:
    """Golden case 9: repaired on 2026-05-01."""
    graph = Graph(
        subjects=[firm("K", 1)],
        listings=[
            listing("L1", "K", "SXBZXR", removed_on="2026-05-01", state="repaired", events=["2026-05-01 repaired e"])
        ],
    )
    build(store, graph)
    assert said(screened(store, row(1), of="procurement"), 2) == set()
    past = screened(store, row(1), of="procurement", as_of="2026-04-15", replay=True)
    assert decisions(past) == ["blocked"]
    entry = past["results"][0]["findings"][0]["listing"]
    assert (entry["state"], entry["state_now"]) == ("listed", "repaired")
    assert said(screened(store, row(1), of="procurement", as_of="2026-04-15"), 2) == set()

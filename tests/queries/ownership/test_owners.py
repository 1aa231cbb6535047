"""Ownership, control and beneficial owners of worked examples, on both stores."""

from __future__ import annotations

from itertools import pairwise

import pytest

from graph.store import Store
from queries.ownership.answer import OwnershipAnswer
from queries.ownership.control import HALF
from queries.ownership.owners import ownership
from queries.question import SECONDS
from tests.queries.graphs import Graph, Row, build, firms, people, relation, subject

DAY = "2026-06-01"


def holds(source: str, target: str, ratio: float | None = None, **more: object) -> Row:
    return relation(source, "SHAREHOLDER", target, ratio=ratio, **more)


def asked(store: Store, id: str, *, threshold: float = HALF, seconds: float = SECONDS) -> OwnershipAnswer:
    return ownership(store, id, as_of=DAY, threshold=threshold, seconds=seconds)


def shares(answer: OwnershipAnswer) -> dict[str, float]:
    return {one.subject.id: one.integrated for one in answer.owners}


def controlling(answer: OwnershipAnswer) -> set[str]:
    return {one.subject.id for one in answer.owners if one.control}


def test_the_examples_of_the_sources(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=firms(["A", "B", "C", "D", "C1", "C2", "S1", "P2", "P3"]) + people(["P", "Q"]),
            relations=[
                # LDBC FinBench, "final share": A -> D 50 %
                *[holds("A", "B", 0.5), holds("A", "C", 0.5), holds("B", "D", 0.6), holds("C", "D", 0.4)],
                # cross-holding
                *[holds("P", "C1", 0.8), holds("P", "C2", 0.6), holds("C1", "C2", 0.3), holds("C2", "C1", 0.2)],
                # a holder that is its own subsidiary
                *[holds("P2", "P3", 1.0), holds("P3", "P2", 0.1), holds("Q", "P2", 0.9)],
                # shares in itself
                *[holds("Q", "S1", 0.9), holds("S1", "S1", 0.1)],
            ],
        ),
    )
    assert shares(asked(store, "D"))["A"] == pytest.approx(0.5, abs=1e-12)
    crossed = asked(store, "C1")
    assert shares(crossed)["P"] == pytest.approx(0.92 / 0.94, abs=1e-12)
    assert shares(asked(store, "C2"))["P"] == pytest.approx(0.84 / 0.94, abs=1e-12)
    assert [[s.id for s in circle] for circle in crossed.cycles] == [["C1", "C2"]]
    own = asked(store, "P3")
    assert shares(own) == pytest.approx({"P2": 1.0, "Q": 1.0})
    assert [one.integrated for one in asked(store, "P2").owners if one.subject.id == "P3"] == pytest.approx([0.1])
    assert shares(asked(store, "S1")) == pytest.approx({"Q": 1.0})
    assert [[s.id for s in circle] for circle in asked(store, "S1").cycles] == [["S1"]]
    # the same, read from above
    assert {one.subject.id: one.integrated for one in asked(store, "P").holdings} == pytest.approx(
        {"C1": 0.92 / 0.94, "C2": 0.84 / 0.94}
    )


def test_intervals_missing_ratios_and_sums_above_the_whole(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=firms(["H", "T", "U", "V", "W", "Z"]) + people(["a", "b", "c", "d"]),
            relations=[
                holds("a", "H", ratio_min=0.1, ratio_max=0.15),
                holds("b", "H", 0.85),
                holds("H", "T", 1.0),
                holds("c", "U"),
                holds("b", "U", 0.6),
                *[holds("a", "V", 0.7), holds("b", "V", 0.7)],
                # b holds something nobody knows the size of, below; that says nothing of what b holds of T
                relation("T", "SHAREHOLDER", "Z"),
                holds("d", "W", 0.4, until="2026-06-01"),
                holds("c", "W", 0.3, since="2026-06-02"),
                holds("b", "W", 0.3, since="2026-06-01"),
            ],
        ),
    )
    through = {one.subject.id: one for one in asked(store, "T").owners}
    assert (through["a"].integrated, through["a"].most, through["a"].at_least) == pytest.approx((0.1, 0.15, True))
    assert (through["b"].integrated, through["b"].at_least) == (0.85, False)
    unknown = {one.subject.id: one for one in asked(store, "U").owners}
    assert (unknown["c"].integrated, unknown["c"].most, unknown["c"].at_least) == pytest.approx((0.0, 0.4, True))
    assert unknown["c"].control is None
    answer = asked(store, "V").to_json()
    assert answer["scaled"] == [{"subject": answer["subject"], "sum": 1.4}]
    assert [(o["subject"]["id"], o["direct"], o["integrated"]) for o in answer["owners"]] == [
        ("a", 0.7, 0.5),
        ("b", 0.7, 0.5),
    ]
    assert [o["controls"] for o in answer["owners"]] == [False, False]
    assert shares(asked(store, "W")) == {"b": 0.3}


def test_control_is_a_fix_point_over_votes_and_says_on_what_it_rests(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[
                *firms(["X", "A", "B", "C", "D", "E", "N", "S1", "S2", "V"]),
                *people(["x", "y", "z"]),
                subject("GOV", "government"),
                subject("NOM", conducts=False),
            ],
            relations=[
                # 51 % of A and of B, which have 26 % and 25 % of C: C is controlled; D by 50 % is not.
                *[holds("X", "A", 0.51), holds("X", "B", 0.51), holds("A", "C", 0.26), holds("B", "C", 0.25)],
                holds("X", "D", 0.5),
                # in concert
                *[holds("x", "E", 0.3), holds("y", "E", 0.3), relation("x", "CONCERT", "y")],
                # declared
                relation("z", "ACTUAL_CONTROLLER", "N"),
                # the state controls, and joins nobody; a nominee controls nothing
                *[holds("GOV", "S1", 1.0), holds("NOM", "S2", 0.9)],
                # votes apart from capital
                holds("x", "V", 0.8, votes=0.1),
                holds("z", "V", 0.2, votes=0.9),
            ],
        ),
    )
    c = asked(store, "C")
    assert controlling(c) == {"X"}
    found = next(one for one in c.owners if one.subject.id == "X")
    assert found.control is not None
    assert {(e.source, e.target) for e in found.control.chain("C")} == {("A", "C"), ("B", "C"), ("X", "A"), ("X", "B")}
    assert found.grip is not None
    assert found.grip["label"] == "推定"
    assert controlling(asked(store, "D")) == set()
    assert controlling(asked(store, "C", threshold=0.51)) == set()
    assert controlling(asked(store, "E")) == {"x", "y"}
    declared = asked(store, "N").to_json()["owners"][0]
    assert (declared["subject"]["id"], declared["control"]["label"], declared["integrated"]) == ("z", "登记", 0.0)
    assert controlling(asked(store, "S1")) == {"GOV"}
    assert asked(store, "S1").ultimate == ()
    assert controlling(asked(store, "S2")) == set()
    v = asked(store, "V")
    assert controlling(v) == {"z"}
    rows = {o["subject"]["id"]: (o["integrated"], o["votes_integrated"]) for o in v.to_json()["owners"]}
    assert rows == {"x": (0.8, 0.1), "z": (0.2, 0.9)}
    assert c.to_json()["owners"][0]["votes_integrated"] == c.owners[0].integrated
    assert {one.subject.id for one in asked(store, "X").holdings if one.control} == {"A", "B", "C"}


def test_a_partnership_is_run_by_its_general_partners(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[
                *firms(["X", "LP", "PF", "G", "PG", "PH"]),
                *people(["x", "y", "z"]),
                subject("PS", form="partnership"),
            ],
            relations=[
                # the general partner, not the limited one with the money
                relation("LP", "LIMITED_PARTNER", "PF", ratio=0.99),
                relation("G", "GENERAL_PARTNER", "PF", ratio=0.01),
                # partners recorded as shareholders: what they put in is not how they vote
                *[holds("x", "PS", 0.9), holds("y", "PS", 0.1)],
                # of several, all who run it; not who only represents one
                relation("G", "GENERAL_PARTNER", "PG"),
                relation("X", "GENERAL_PARTNER", "PG"),
                relation("G", "GENERAL_PARTNER", "PH", title="执行事务合伙人"),
                relation("X", "GENERAL_PARTNER", "PH"),
                relation("z", "GENERAL_PARTNER", "PH", title="执行事务合伙人委派代表"),
            ],
        ),
    )
    assert controlling(asked(store, "PF")) == {"G"}
    assert controlling(asked(store, "PG")) == set()
    assert controlling(asked(store, "PS")) == set()
    assert controlling(asked(store, "PH")) == {"G"}


def test_a_long_chain_is_read_whole_and_what_time_or_size_cuts_is_said(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    levels = [f"L{n:02}" for n in range(41)]
    build(
        store,
        Graph(
            subjects=firms([*levels, "H"]) + people(["top"]),
            relations=[
                *[holds(above, below, 0.9) for below, above in pairwise(levels)],
                *[
                    holds("top", levels[-1], 1.0),
                    holds("L05", "L20", 0.1),
                    *[holds("H", one, 0.05) for one in levels[:9]],
                ],
            ],
        ),
    )
    whole = asked(store, "L00")
    assert not whole.cut
    top = next(one for one in whole.owners if one.subject.id == "top")
    assert top.integrated == pytest.approx(0.9**40 / (1 - 0.9**15 * 0.1), rel=1e-9)
    assert len(top.path.edges) == 41
    assert top.control is not None
    assert len(asked(store, "H").holdings) > 9
    late = asked(store, "L00", seconds=0).to_json()
    assert (late["subject"]["name"], late["owners"], late["complete"]) == ("L00", [], False)
    assert "超时" in late["cut"]
    monkeypatch.setattr("queries.ownership.reading.MOST", 10)
    many = asked(store, "L00").to_json()
    assert many["complete"] is False
    assert "过多" in many["cut"]
    assert 0 < len(many["owners"]) < 15


def test_a_board_counts_where_the_titles_say_who_appointed_it(store: Store) -> None:
    seats = [("d1", "甲乙公司委派董事"), ("d2", "董事（甲乙公司委派）"), ("d3", "董事")]
    more = [("d4", "甲乙公司委派董事"), ("d5", "董事"), ("d1", "董事"), ("d2", "甲乙公司委派董事")]
    build(
        store,
        Graph(
            subjects=[
                *[*firms(["B", "C", "F", "G"]), subject("A", name="甲乙公司"), subject("A2", name="甲乙")],
                *people(["d1", "d2", "d3", "d4", "d5"]),
            ],
            relations=[
                *[holds("A", "B", 0.2), holds("A", "C", 0.2), holds("F", "B", 0.2), holds("B", "F", 0.51)],
                *[relation(who, "DIRECTOR", "B", title=title) for who, title in seats],
                # two of four are not more than half
                *[relation(who, "DIRECTOR", "C", title=title) for who, title in more],
                holds("A2", "G", 0.2),
                *[relation(who, "DIRECTOR", "G", title="董事（由甲乙公司委派）") for who in ("d1", "d2", "d3")],
            ],
        ),
    )
    b = asked(store, "B")
    assert controlling(b) == {"A"}
    told = next(one for one in b.to_json()["owners"] if one["controls"])["control"]
    assert (told["how"], told["label"]) == ("board", "推定")
    assert {edge["source"] for edge in told["chain"]["edges"]} == {"d1", "d2"}
    assert controlling(asked(store, "F")) == {"A", "B"}
    assert controlling(asked(store, "C")) == set()
    # a name that is only part of the one the titles give appoints nobody
    assert controlling(asked(store, "G")) == set()


def test_concert_makes_controllers_only_of_those_it_takes(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*firms(["A", "B", "C", "D", "W"]), *people(["x", "y", "z", "w"])],
            relations=[
                *[relation("x", "CONCERT", "y"), relation("y", "CONCERT", "z"), relation("z", "CONCERT", "w")],
                # x alone has the majority: acting with him makes controllers of nobody
                *[holds("x", "A", 0.6), holds("y", "A", 0.1)],
                # no one alone: those who vote, through what they control too; not who holds nothing
                *[holds("x", "B", 0.3), holds("y", "W", 0.9), holds("W", "B", 0.25)],
                # what W holds is y's alone
                holds("W", "C", 0.6),
                # ended
                *[holds("x", "D", 0.3), holds("y", "D", 0.3, until="2026-01-01"), holds("w", "D", 0.1)],
            ],
        ),
    )
    assert controlling(asked(store, "A")) == {"x"}
    b = asked(store, "B")
    assert controlling(b) == {"x", "y"}
    told = {o["subject"]["id"]: o["control"] for o in b.to_json()["owners"] if o["controls"]}
    assert told["x"]["jointly_with"] == ["y"]
    assert {e["source"] for e in told["x"]["chain"]["edges"]} == {"x", "y", "W"}
    assert controlling(asked(store, "C")) == {"W", "y"}
    assert controlling(asked(store, "D")) == set()


def test_beneficial_owners_and_none_invented(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[
                *firms(["A", "B", "C1", "C2", "K", "L", "M", "R"]),
                *people(["p", "q", "r", "m", "n"]),
                subject("NOM", conducts=False),
            ],
            relations=[
                *[holds("p", "A", 0.5), holds("A", "B", 0.5), holds("q", "B", 0.25), holds("r", "B", 0.24)],
                # a circle without people
                *[holds("C1", "C2", 1.0), holds("C2", "C1", 1.0)],
                relation("m", "EXECUTIVE", "C1", title="董事兼总经理"),
                relation("n", "EXECUTIVE", "C1", title="副总经理"),
                relation("p", "EXECUTIVE", "C1", title="项目经理"),
                relation("n", "LEGAL_REP", "C1"),
                # shares unknown
                holds("r", "K"),
                relation("m", "LEGAL_REP", "K"),
                # nobody is traced through one who holds for others
                *[holds("p", "R", 1.0), holds("R", "NOM", 1.0), holds("NOM", "M", 0.6), holds("q", "M", 0.4)],
                # the income is another's
                *[holds("p", "L", 0.9, income=0.1), holds("q", "L", 0.1, income=0.9)],
            ],
        ),
    )

    def told(id: str) -> list[tuple[str, str, float]]:
        return [(o["subject"]["id"], o["basis"], o["share"]) for o in asked(store, id).to_json()["beneficial_owners"]]

    assert told("B") == [("p", "shares", 0.25), ("q", "shares", 0.25)]
    assert told("C1") == [("m", "manager", 0.0)]
    assert told("K") == [("m", "manager", 0.0)]
    assert asked(store, "K").to_json()["beneficial_owners"][0]["presumed"] is True
    assert [o["subject"]["id"] for o in asked(store, "K").to_json()["possible_beneficial_owners"]] == ["r"]
    rules = {id: asked(store, id).to_json()["beneficial_rule"] for id in ("B", "C1", "K", "L")}
    assert {id: rule["untraced"] for id, rule in rules.items()} == {"B": 0.26, "C1": 1.0, "K": 1.0, "L": 0.0}
    assert [id for id, rule in rules.items() if rule["others_possible"]] == ["B", "C1", "K"]
    assert told("M") == [("q", "shares", 0.4)]
    assert shares(asked(store, "M"))["p"] == 0.6
    assert asked(store, "M").to_json()["beneficial_rule"]["untraced"] == 0.6
    assert told("L") == [("p", "shares", 0.9), ("q", "rights", 0.1)]


def test_what_goes_to_the_state_through_its_investor_is_traced_and_nothing_else_above_it(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[
                *firms(["A", "B", "C", "N", "S"]),
                *people(["p"]),
                subject("SASAC", "government"),
                subject("MOF", "government"),
                *(subject(i, conducts=False, state_owned=True) for i in ("SI", "MIXED")),
                subject("NOM", conducts=False),
            ],
            relations=[
                *[holds("p", "A", 0.35), holds("SI", "A", 0.1), holds("SASAC", "SI", 1.0), holds("MOF", "SASAC", 1.0)],
                # of an investor that people hold too only the state's part, and beside it what the state holds itself
                *[
                    holds("MIXED", "B", 0.5),
                    holds("SASAC", "MIXED", 0.6),
                    holds("p", "MIXED", 0.4),
                    holds("S", "B", 0.5),
                ],
                *[holds("SASAC", "S", 0.5), holds("SI", "S", 0.5)],
                # one who holds for others belongs to the state: what it holds does not
                *[holds("NOM", "N", 1.0), holds("SI", "NOM", 1.0)],
            ],
        ),
    )
    rules = {id: asked(store, id).to_json()["beneficial_rule"] for id in ("A", "B", "N")}
    assert {id: rule["untraced"] for id, rule in rules.items()} == {"A": 0.55, "B": 0.2, "N": 1.0}
    assert [id for id, rule in rules.items() if rule["others_possible"]] == ["A", "N"]
    assert [
        o["subject"]["id"] for o in asked(store, "B").to_json()["beneficial_owners"] if o["basis"] == "shares"
    ] == []

"""The golden cases of the domain facts (§2.7) that need a sheet, a lot or a load: 4, 6, 7, 10, 12, 13, 14."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from graph.store import Store
from queries.scenarios import scenarios
from tests.loaders.packages import load_all, package, subjects
from tests.queries.graphs import Graph, build, listing, relation, subject
from tests.queries.screening import Told, code, decisions, firm, number, person, said, screened

STATUTORY, CONDITIONAL, ALERT = "STATUTORY", "STATUTORY_CONDITIONAL", "ALERT"


def ruled(document: dict[str, Any], row: int) -> set[Told]:
    """What rules say of a row: all that is more than an alert."""
    return {found for found in said(document, row) if found[0] != ALERT}


def bid(n: int, lot: str = "一标段", **more: str) -> dict[str, str]:
    return {"uscc": code(n), "lot": lot, **more}


def test_case_4_proposed_after_a_revocation(store: Store) -> None:
    graph = Graph(
        subjects=[firm("D", 1), firm("E", 2), person("wang", 1, "王某"), person("late", 2, "李某")],
        relations=[
            relation("wang", "LEGAL_REP", "D", since="2020-01-01"),
            relation("late", "LEGAL_REP", "D", since="2024-01-11"),  # came the day after
        ],
        listings=[listing("L1", "D", "DXYZ", listed_on="2024-01-10", ground="illegal")],
    )
    build(store, graph)
    his = {"person_name": "王某", "id_number": number(1), "role": "董事", "role_of": "E有限公司"}
    firms_row = {"uscc": code(2), "DIRECTOR": "王某", "DIRECTOR_ID": number(1)}
    bar = (CONDITIONAL, "R14", "wang", "nominee", "review")
    for row in (his, firms_row):
        day = screened(store, row, of="market_entry")
        assert (decisions(day), ruled(day, 2)) == (["review"], {bar})
        (found,) = [f for f in day["results"][0]["findings"] if f["rule"] == "R14"]
        assert found["period"] == {"from": "2024-01-10", "until": "2027-01-10"}
        assert "须有负有个人责任的证明" in found["conditions"]
        assert ruled(screened(store, row, of="market_entry", as_of="2027-01-10"), 2) == {bar}
        assert ruled(screened(store, row, of="market_entry", as_of="2027-01-11"), 2) == set()
    # Who came after the revocation, and a namesake by name alone, are not bound.
    for name, more in (("李某", {"DIRECTOR_ID": number(2)}), ("王某", {})):
        other = screened(store, {"uscc": code(2), "DIRECTOR": name, **more}, of="market_entry")
        assert ruled(other, 2) == set()


def test_who_is_proposed_is_blocked_and_the_company_looked_at(store: Store) -> None:
    """A sure bar blocks the nominee's own row and leaves the company's to a person; a doubtful one blocks neither."""
    bars = {
        "R05": ("own", "SXBZXR", "own_debt", "DIRECTOR", "block"),
        "R06": ("own", "SXBZXR", "own_debt", "LEGAL_REP", "block"),
        "R12": ("P", "PCZR", "court_finding", "SUPERVISOR", "block"),
        "R13": ("L", "PCZR", "accepted", "EXECUTIVE", "block"),
        "R15": ("Q", "CXDJ", None, "LEGAL_REP", "block"),
        "R11": ("M", "PCZR", "closed", "DIRECTOR", "review"),  # personal responsibility has to be shown
        "R16": ("H", "YZWF", None, "LEGAL_REP", "review"),  # the text of 2024 was not read
    }
    roles = {"P": "DIRECTOR", "L": "LEGAL_REP", "Q": "DIRECT_RESPONSIBLE", "M": "DIRECTOR", "H": "LEGAL_REP"}
    graph = Graph([firm("E", 99)])
    for n, (rule, (of, code_, ground, _, _)) in enumerate(bars.items(), start=1):
        graph.subjects.append(person(rule, n, f"某{rule}"))
        if of == "own":
            graph.listings.append(listing(f"L-{rule}", rule, code_, ground=ground, listed_on="2025-01-10"))
        else:
            graph.subjects.append(firm(of, n))
            graph.relations.append(relation(rule, roles[of], of, since="2020-01-01"))
            graph.listings.append(listing(f"L-{rule}", of, code_, ground=ground, listed_on="2025-01-10"))
    build(store, graph)
    for n, (rule, (_, _, _, post, effect)) in enumerate(bars.items(), start=1):
        name, words = (
            f"某{rule}",
            {"DIRECTOR": "董事", "SUPERVISOR": "监事", "EXECUTIVE": "经理", "LEGAL_REP": "法定代表人"},
        )
        his = {"person_name": name, "id_number": number(n), "role": words[post], "role_of": code(99)}
        answer = screened(store, his, {"uscc": code(99), post: name, f"{post}_ID": number(n)}, of="market_entry")
        on_him, on_e = ([f for f in said(answer, row) if f[1] == rule] for row in (2, 3))
        assert [(f[2], f[3], f[4]) for f in on_him] == [(rule, "nominee", effect)], rule
        assert [(f[2], f[3], f[4]) for f in on_e] == [(rule, "nominee", "review")], rule
        assert decisions(answer) == ["blocked" if effect == "block" else "review", "review"], rule


def test_case_6_bidders_of_one_lot(store: Store) -> None:
    graph = Graph(
        subjects=[
            *[firm(id, n) for n, id in enumerate(("X", "Y", "P", "Q", "Z", "S1", "S2", "W", "U", "V"), start=1)],
            person("chen", 1, "陈某"),
            *[subject(id, "person", name="吴某") for id in ("wu1", "wu2")],
        ],
        relations=[
            relation("chen", "LEGAL_REP", "X"),
            relation("chen", "LEGAL_REP", "Y"),
            relation("P", "SHAREHOLDER", "Q", ratio=1.0),
            relation("Z", "SHAREHOLDER", "S1", ratio=1.0),
            relation("Z", "SHAREHOLDER", "S2", ratio=1.0),
            relation("U", "SHAREHOLDER", "W", ratio=1.0),
            relation("W", "SHAREHOLDER", "V", ratio=1.0),
            relation("wu1", "LEGAL_REP", "S1"),
            relation("wu2", "LEGAL_REP", "P"),
        ],
    )
    build(store, graph)

    def lot(a: int, b: int, of: str) -> list[set[tuple[str, str | None, str]]]:
        answer = screened(store, bid(a), bid(b), of=of)
        return [{(c, r, e) for c, r, _, falls, e in said(answer, row) if falls == "joint_bid"} for row in (2, 3)]

    void, barred, alert = {(STATUTORY, "R35", "block")}, {(STATUTORY, "R36", "block")}, {(ALERT, None, "inform")}
    assert lot(1, 2, "tender_mandatory") == [void, void]  # both heads are 陈
    assert lot(3, 4, "tender_other") == [void, void]  # one holds all of the other
    assert lot(6, 7, "tender_mandatory") == [alert, alert]  # sisters with different heads
    assert lot(6, 3, "tender_mandatory") == [alert, alert]  # 吴 and 吴, without numbers: same_name
    assert lot(9, 10, "tender_mandatory") == [void, void]  # through W: the tender law says nothing of direct
    assert lot(9, 10, "procurement") == [alert, alert]  # procurement asks for a direct holding
    assert lot(3, 4, "procurement") == [barred, barred]
    assert lot(1, 6, "tender_mandatory") == [set(), set()]


def test_case_7_firms_of_the_state_are_no_relation(store: Store) -> None:
    """What of it a lot can show: two firms under one 国资委 with different heads are nothing prohibited."""
    graph = Graph(
        subjects=[
            firm("A", 1, state_owned=True),
            firm("B", 2, state_owned=True),
            firm("C", 3, state_owned=True),
            subject("sasac", "government", conducts=False),
            firm("group", 4, state_owned=True),
            firm("G1", 5, state_owned=True),
            firm("G2", 6, state_owned=True),
        ],
        relations=[
            *[relation("sasac", "SHAREHOLDER", id, ratio=1.0) for id in ("A", "B", "C", "group")],
            *[relation("group", "SHAREHOLDER", id, ratio=1.0) for id in ("G1", "G2")],
        ],
        listings=[listing("L1", "C", "SXBZXR")],
    )
    build(store, graph)
    for of in ("tender_mandatory", "procurement"):
        answer = screened(store, bid(1), bid(2), bid(5, "二标段"), bid(6, "二标段"), of=of)
        for row in (2, 3, 4, 5):
            assert ruled(answer, row) == set()
        # No debtor comes near A or B over the commission that holds them all.
        assert not [
            f for row in (2, 3) for f in answer["results"][row - 2]["findings"] if f["listing"].get("id") == "L1"
        ]


def test_case_10_two_namesakes_behind_one_mask(store: Store) -> None:
    masked = "4401************12"
    graph = Graph(
        subjects=[
            subject("liu1", "person", name="刘某", id_type="居民身份证", id_number=masked),
            subject("liu2", "person", name="刘某", id_type="居民身份证", id_number=masked),
        ],
        listings=[listing("L1", "liu1", "SXBZXR", listed_on="2025-01-10", ground="own_debt")],
    )
    build(store, graph)
    for code_, profile in scenarios().items():
        answer = screened(store, {"person_name": "刘某", "id_number": masked}, of=profile)
        match = answer["results"][0]["match"]
        assert (match["subject"], match["level"], len(match["candidates"])) == (None, "MASK_CONSISTENT", 2), code_
        assert match["possible_ids"] > 1
        assert decisions(answer)[0] in ("review", "unmatched"), code_
    assert decisions(screened(store, {"person_name": "刘某", "id_number": masked}, of="procurement")) == ["review"]


def test_case_12_a_consortium_with_a_debtor(store: Store) -> None:
    build(store, Graph([firm("L", 1), firm("M", 2)], [], [listing("L1", "M", "SXBZXR", listed_on="2025-01-10")]))
    rows = [bid(1, consortium="联合体甲"), bid(2, consortium="联合体甲")]
    bound = screened(store, *rows, of="tender_mandatory")
    assert decisions(bound) == ["blocked", "blocked"]
    assert ruled(bound, 2) == {(STATUTORY, "R31", "L", "joint_bid", "block")}
    other = screened(store, *rows, of="tender_other")
    assert {(c, r, e) for c, r, _, _, e in said(other, 2)} == {(ALERT, None, "inform")}
    apart = screened(store, bid(1, consortium="联合体甲"), bid(2, consortium="联合体乙"), of="tender_mandatory")
    assert ruled(apart, 2) == set()


def test_case_13_an_abnormal_operation_is_a_warning(store: Store) -> None:
    build(store, Graph([firm("A", 1)], [], [listing("L1", "A", "JYYC", listed_on="2025-01-10", reason="未公示年报")]))
    subsidy = screened(store, {"uscc": code(1)}, of="fiscal")
    assert said(subsidy, 2) == {("LISTED_SELF", None, "A", "applicant", "inform")}
    assert "经营异常名录" in subsidy["results"][0]["findings"][0]["text"]
    for of, profile in scenarios().items():
        assert decisions(screened(store, {"uscc": code(1)}, of=profile)) != ["blocked"], of


def test_case_14_a_blacklist_without_a_legal_basis(store: Store, tmp_path: Path) -> None:
    folder = package(
        tmp_path / "p",
        subjects="""
            id,kind,name
            a,enterprise,甲有限公司
            """,
        listings="""
            id,subject,list,authority,listed_on,basis
            L1,a,YZWF,某协会,2026-01-10,
            """,
    )
    with pytest.raises(InputError) as refused:
        load_all(store, folder)
    assert refused.value.exit_code == 2
    assert subjects(store) == set()  # nothing of it was written

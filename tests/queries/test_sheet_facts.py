"""Roles given in a sheet: checked though the graph lacks them, by full number only, and never stored."""

from __future__ import annotations

import json

import pytest

from graph.store import Store
from queries.applicants import applicant
from queries.sheet_roles import role_types, roles_of
from tests.queries.graphs import Graph, build, listing, named, people, relation, subject
from tests.queries.screening import code, decisions, firm, number, person, said, screened, warnings

CONDITIONAL, ALERT = "STATUTORY_CONDITIONAL", "ALERT"


def case_4() -> Graph:
    """D struck off for breaking the law while 王 ran it; E, where nobody is known; and people of all sorts."""
    return Graph(
        subjects=[
            firm("D", 1), firm("E", 2), firm("F", 3), firm("X", 4), person("wang", 1, "王甲"), person("li", 2, "李乙"),
            person("zhao", 3, "赵丙"), *people(["namesake"]), subject("nameless", "person", name="孙丁"),
            person("debtor", 5, "钱戊"),
        ],
        relations=[
            relation("wang", "LEGAL_REP", "D", since="2020-01-01", until="2024-03-01"),
            relation("li", "LEGAL_REP", "D", since="2015-01-01", until="2019-12-31"),  # gone before the revocation
            relation("nameless", "DIRECTOR", "F"),
            relation("wang", "DIRECTOR", "F", since="2021-01-01"),
        ],
        listings=[
            listing("L1", "D", "DXYZ", ground="illegal", listed_on="2024-01-10", authority="某局"),
            listing("L2", "debtor", "SXBZXR", ground="own_debt", listed_on="2025-01-01"),
            listing("L3", "X", "XZXF", listed_on="2025-01-01"),
        ],
    )  # fmt: skip


def proposed(name: str, n: int | None, firm_code: int = 2, post: str = "DIRECTOR") -> dict[str, str]:
    row = {"uscc": code(firm_code), post: name}
    return row if n is None else {**row, f"{post}_ID": number(n)}


def test_proposed_posts(store: Store) -> None:
    build(store, case_4())
    on_e, on_him = (CONDITIONAL, "R14", "wang", "nominee", "review"), (CONDITIONAL, "R14", "wang", "nominee", "review")

    # Golden case 4: 王 is named director of E in the sheet; both rows say so.
    answer = screened(store, proposed("王甲", 1), {"person_name": "王甲", "id_number": number(1)}, of="market_entry")
    assert on_e in said(answer, 2)
    assert on_him in said(answer, 3)
    assert "blocked" not in decisions(answer)
    (found,) = [f for f in answer["results"][0]["findings"] if f["rule"] == "R14"]
    assert found["period"]["until"] == "2027-01-10"
    assert found["path"]["edges"][0]["record"] == "sheet:2"
    assert any("个人责任" in condition for condition in found["conditions"])

    # The same by a row of his own that names the post.
    own = {"person_name": "王甲", "id_number": number(1), "role_of": "E有限公司", "role": "拟任董事"}
    assert on_him in said(screened(store, own, of="market_entry"), 2)

    # The day after the three years; a firm nobody knows; a post that is none of a company's.
    late = screened(store, proposed("王甲", 1), of="market_entry", as_of="2027-01-11")
    assert not [f for f in said(late, 2) if f[1] == "R14"]
    unknown = {"name": "乌有市不在册有限公司", "DIRECTOR": "王甲", "DIRECTOR_ID": number(1)}
    outside = screened(store, unknown, of="market_entry")
    assert decisions(outside) == ["review"]
    assert on_e in said(outside, 2)
    partners = {**unknown, "name": "乌有市不在册合伙企业（有限合伙）"}
    assert not [f for f in said(screened(store, partners, of="market_entry"), 2) if f[1] == "R14"]


def test_nothing_is_concluded_from_what_is_not_sure(store: Store) -> None:
    build(store, case_4())
    # Who had left before, a namesake, a name alone, a masked number: nothing is concluded.
    for row in (proposed("李乙", 2), proposed("王甲", 9), proposed("王甲", None)):
        assert not [f for f in said(screened(store, row, of="market_entry"), 2) if f[1] == "R14"]
    alone = screened(store, proposed("王甲", None), of="market_entry")
    assert warnings(alone, 2) == ["role_unchecked: 董事 王甲 无完整证件号，未能核查"]
    masked = {**proposed("王甲", 1), "DIRECTOR_ID": "999999********" + number(1)[-4:]}
    assert not [f for f in said(screened(store, masked, of="market_entry"), 2) if f[1] == "R14"]

    # His number under another name: a person has to look, and it never blocks.
    other = screened(store, proposed("王改名", 1), of="market_entry")
    assert {f[4] for f in said(other, 2) if f[1] == "R14"} == {"review"}

    # What the graph holds already is not said a second time, and it is no proposal.
    held = screened(store, proposed("王甲", 1, firm_code=3), of="market_entry")
    assert {f[3] for f in said(held, 2) if f[1] == "R14"} == {"role_holder"}
    # Known there by name: nothing new, no warning.
    assert warnings(screened(store, proposed("孙丁", None, firm_code=3), of="market_entry"), 2) == []


def test_a_debtor_proposed(store: Store) -> None:
    build(store, case_4())
    # In his own right: the nominee's row is blocked, the company's is looked at.
    rows = (proposed("钱戊", 5), {"person_name": "钱戊", "id_number": number(5)})
    debtor = screened(store, *rows, of="market_entry")
    assert ("STATUTORY", "R05", "debtor", "nominee", "review") in said(debtor, 2)
    assert ("STATUTORY", "R05", "debtor", "nominee", "block") in said(debtor, 3)
    assert decisions(debtor) == ["review", "blocked"]
    # Without the law pack he is an alert on the company, and the company is not listed.
    plain = screened(store, rows[0])
    assert said(plain, 2) == {(ALERT, None, "E", "applicant", "inform")}
    # As a shareholder too: an alert and no more, in any scenario.
    share = screened(store, proposed("钱戊", 5, post="SHAREHOLDER"), of="market_entry")
    assert {f[:2] for f in said(share, 2)} == {(ALERT, None)}


def test_the_sheets_legal_representative_is_bound_and_nothing_is_stored(store: Store) -> None:
    build(store, case_4())
    # Of a restricted firm is bound; of one nobody restricts, not.
    rep = {"person_name": "赵丙", "id_number": number(3)}
    bound = screened(store, proposed("赵丙", 3, firm_code=4, post="LEGAL_REP"), rep, of="consumption_exit")
    assert ("STATUTORY", "R01", "zhao", "applicant", "block") in said(bound, 3)
    free = screened(store, proposed("赵丙", 3, post="LEGAL_REP"), rep, of="consumption_exit")
    assert said(free, 3) == set()
    assert number(3) not in json.dumps(bound, ensure_ascii=False)
    # Nothing of all this was stored.
    assert said(screened(store, rep, of="consumption_exit"), 2) == set()


def test_posts_begun_after_a_day_need_that_day(store: Store) -> None:
    """A sheet gives no dates: whether 赵 came to J before or after the D grade is open, so J is not graded D."""
    graph = Graph(
        subjects=[firm("F", 1), firm("J", 2), person("zhao", 1, "赵甲")],
        relations=[relation("zhao", "DIRECT_RESPONSIBLE", "F", since="2020-01-01")],
        listings=[listing("L1", "F", "SWD", listed_on="2025-08-01")],
    )
    build(store, graph)
    answer = screened(store, {"uscc": code(2), "LEGAL_REP": "赵甲", "LEGAL_REP_ID": number(1)}, of="procurement")
    assert {f[0] for f in said(answer, 2)} == {ALERT}


def test_a_name_that_may_be_either_is_no_organisation(store: Store) -> None:
    build(store, Graph(subjects=[person("p", 1, "孙甲"), person("q", 2, "李乙")], listings=[listing("L1", "q")]))
    rows = [{"name": "孙甲", "DIRECTOR": "李乙", "DIRECTOR_ID": number(2)}]
    rows += [{"person_name": "李乙", "id_number": number(2), "role_of": "孙甲", "role": "董事"}]
    answer = screened(store, *rows, of="market_entry")
    assert [r["row"] for r in answer["results"]] == [2, 3]
    assert "blocked" not in decisions(answer)


def test_named_by_an_entry_and_proposed(store: Store) -> None:
    graph = Graph(
        subjects=[firm("J", 1), firm("K", 2), person("qian", 1, "钱甲")],
        listings=[listing("L1", "J", "QXNMG", listed_on="2025-08-01"), listing("L2", "J", "SXBZXR")],
        named=[named("qian", "L1", "DIRECT_RESPONSIBLE"), named("qian", "L2", "LEGAL_REP")],
    )
    build(store, graph)
    answer = screened(store, {"uscc": code(2), "EXECUTIVE": "钱甲", "EXECUTIVE_ID": number(1)}, of="tender_other")
    assert {f[:3] for f in said(answer, 2)} == {(ALERT, None, "K")}
    texts = [f["text"] for f in answer["results"][0]["findings"]]
    assert len(texts) == 1, "the debtor's entry names him and lists him not"
    assert "条目列明 钱甲" in texts[0]


@pytest.mark.parametrize(
    ("words", "types", "unread"),
    [
        ("拟任执行董事兼总经理", ["DIRECTOR", "EXECUTIVE"], []),
        ("独立董事", ["DIRECTOR"], []),
        ("职工代表监事", ["SUPERVISOR"], []),
        ("项目负责人", ["EMPLOYEE"], []),
        ("项目经理、法人", ["EMPLOYEE", "LEGAL_REP"], []),
        ("部门经理", [], ["部门经理"]),
        ("法定代表人授权代表", [], ["法定代表人授权代表"]),
        ("副会长", [], ["副会长"]),
        ("高管；财务负责人", ["EXECUTIVE"], []),
    ],
)
def test_words_of_posts(words: str, types: list[str], unread: list[str]) -> None:
    found, rest = role_types(words)
    assert ([kind for kind, _ in found], rest) == (types, unread)


def test_numbers_belong_to_names_only_where_they_are_as_many() -> None:
    row = {"name": "甲有限公司", "DIRECTOR": "张甲；李乙", "DIRECTOR_ID": f"{number(1)}；{number(2)}"}
    roles, told = roles_of(applicant(2, row))
    assert ([(r.holder.name, bool(r.holder.full_number)) for r in roles if r.holder], told) == (
        [("张甲", True), ("李乙", True)], [],
    )  # fmt: skip
    lines = {**row, "DIRECTOR_ID": f"{number(1)} {number(2)}"}
    assert [bool(r.holder.full_number) for r in roles_of(applicant(2, lines))[0] if r.holder] == [True, True]
    for given in (row, lines):
        assert "1980" not in applicant(2, given).query()["DIRECTOR_ID"]
    assert applicant(2, row).query()["DIRECTOR_ID"].count("；") == 1
    spaced = {**row, "DIRECTOR": "张甲", "DIRECTOR_ID": f"{number(1)[:6]} {number(1)[6:14]} {number(1)[14:]}"}
    assert [bool(r.holder.full_number) for r in roles_of(applicant(2, spaced))[0] if r.holder] == [True]
    roles, told = roles_of(applicant(2, {**row, "DIRECTOR_ID": number(1)}))
    assert not any(r.holder.full_number for r in roles if r.holder)
    assert told == ["role_unchecked: 董事 2 人、证件号 1 个，不能一一对应，未按证件号核查"]

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
    on_e = on_him = (CONDITIONAL, "R14", "wang", "nominee", "review")

    # Golden case 4: 王 is named director of E in the sheet. His own row asks for no post, and is told of
    # the one the graph has him in alone.
    answer = screened(store, proposed("王甲", 1), {"person_name": "王甲", "id_number": number(1)}, of="market_entry")
    assert on_e in said(answer, 2)
    assert on_him not in said(answer, 3)
    assert "sheet:" not in json.dumps(answer["results"][1]["findings"])
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

    # Known there by name, in that very role: nothing new, no warning. In another role, or no more: nobody checked.
    assert warnings(screened(store, proposed("孙丁", None, firm_code=3), of="market_entry"), 2) == []
    not_he = {"person_name": "孙丁", "role_of": "F有限公司", "role": "监事、董事"}
    rows = (proposed("孙丁", None, 3, "LEGAL_REP"), proposed("周己", None), not_he)
    told = screened(store, *rows, of="market_entry")
    assert [warnings(told, at) for at in (2, 3, 4)] == [
        ["role_unchecked: 法定代表人 孙丁 无完整证件号，未能核查"],
        ["role_unchecked: 董事 周己 无完整证件号，未能核查"],
        ["role_unchecked: 监事 孙丁 无完整证件号，未能核查"],
    ]


def test_a_post_the_graph_holds_is_proposed_by_whoever_names_it(store: Store) -> None:
    """He stands in the application: the seat is a nominee's, the evidence the graph's; a post long given up is new."""
    build(store, case_4())
    named_so = {"person_name": "王甲", "id_number": number(1), "role_of": "F有限公司", "role": "董事"}
    rows = (proposed("王甲", 1, firm_code=3), named_so, {"uscc": code(3)}, {"name": "F有限公司"})
    told = screened(store, rows[0], named_so, of="market_entry")
    for at in (2, 3):
        found = [f for f in told["results"][at - 2]["findings"] if f["rule"] == "R14"]
        assert [(f["falls_on"], f["effect"]) for f in found] == [("nominee", "review")]
        assert [f["path"]["edges"][0]["since"] for f in found] == ["2021-01-01"]
        assert not found[0]["path"]["edges"][0]["record"].startswith("sheet:")
    # Nobody names him: he holds the post, and that is for information.
    for row in rows[2:]:
        assert {f[3:] for f in said(screened(store, row, of="market_entry"), 2) if f[1] == "R14"} == {
            ("role_holder", "inform")
        }
    # Under another name the number still says who he is, and nothing is sure.
    other = screened(store, proposed("王改名", 1, firm_code=3), of="market_entry")
    assert {f[3:] for f in said(other, 2) if f[1] == "R14"} == {("nominee", "review")}


def test_a_rule_that_binds_without_a_post_speaks_of_the_one_named(store: Store) -> None:
    graph = Graph(
        subjects=[firm("D", 1), firm("N", 2), person("wu", 1, "吴甲")],
        relations=[relation("wu", "LEGAL_REP", of, since="2018-01-01") for of in ("D", "N")],
        listings=[listing("L1", "D", "YZWF", ground="no_report", listed_on="2024-03-01")],
    )
    build(store, graph)
    wu = {"person_name": "吴甲", "id_number": number(1)}
    told = screened(store, {**wu, "role_of": "N有限公司", "role": "法定代表人"}, wu, of="market_entry")
    assert {f[3] for f in said(told, 2) if f[1] == "R16"} == {"nominee"}
    assert {f[3] for f in said(told, 3) if f[1] == "R16"} == {"applicant"}


def test_a_debtor_proposed(store: Store) -> None:
    build(store, case_4())
    # In his own right: the nominee's row is blocked, the company's is looked at.
    his = {"person_name": "钱戊", "id_number": number(5), "role_of": "E有限公司", "role": "董事"}
    rows = (proposed("钱戊", 5), his)
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
    says_so = {**rep, "role": "法定代表人"}
    bound = screened(store, {**says_so, "role_of": "X有限公司"}, {**says_so, "role_of": code(2)}, of="consumption_exit")
    assert ("STATUTORY", "R01", "zhao", "applicant", "block") in said(bound, 2)
    # Of one nobody restricts, not; and what X's row says of him is no word of his.
    assert said(bound, 3) == set()
    firms_word = screened(store, proposed("赵丙", 3, firm_code=4, post="LEGAL_REP"), rep, of="consumption_exit")
    assert said(firms_word, 3) == set()
    assert decisions(firms_word)[1] != "blocked"
    assert number(3) not in json.dumps(bound, ensure_ascii=False)
    # Nothing of all this was stored.
    assert said(screened(store, rep, of="consumption_exit"), 2) == set()


def test_one_row_never_convicts_another(store: Store) -> None:
    """A defaulter is to be director of a company in one row; of a partnership, which the rule is not about, in another;
    the third says nothing. Only the company's own row, and the row that proposes him to it, are told.
    """
    graph = Graph(
        subjects=[firm("A", 1), firm("B", 2, form="partnership"), firm("C", 3), person("z", 1, "郑甲")],
        listings=[listing("L1", "z", "SXBZXR", ground="own_debt"), listing("L2", "C", "XZXF")],
    )
    build(store, graph)
    him = {"person_name": "郑甲", "id_number": number(1)}

    def post(where: str) -> dict[str, str]:
        return {**him, "role_of": f"{where}有限公司", "role": "董事"}

    rows = [post("B"), post("A"), him, {"uscc": code(1)}, {"uscc": code(2)}, proposed("郑甲", 1, firm_code=1)]
    told = screened(store, *rows, proposed("郑甲", 1, 3, "LEGAL_REP"), of="market_entry")
    r05 = [{f[4] for f in said(told, at) if f[1] == "R05"} for at in range(2, 9)]
    assert r05 == [set(), {"block"}, set(), {"review"}, set(), {"review"}, set()]
    for at, row in enumerate(rows[:3], start=2):
        assert said(screened(store, row, of="market_entry"), 2) == said(told, at), "as if it stood alone"
    # A stranger's row says he runs the restricted C: he himself is not bound by that.
    spent = screened(store, him, proposed("郑甲", 1, 3, "LEGAL_REP"), of="consumption_exit")
    assert not [f for f in said(spent, 2) if f[1] == "R01"]


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

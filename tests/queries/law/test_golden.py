"""The golden cases of the domain facts (§2.7) on relations: 1, 2, 3, 5, 8, 9, 11. Sheets: test_golden_sheets.py.

Each is a tiny graph, what has to be said of everybody in it, and what must not be.
"""

from __future__ import annotations

import pytest

from graph.store import Store
from queries.findings import findings
from queries.reach import reach
from tests.queries.graphs import Graph, build, exempt, listing, named, relation
from tests.queries.law.asking import CALLED_NAMES, Said, never_blocked, said, stop_clock, tell, texts
from tests.queries.screening import firm, person

DAY = "2026-06-01"
STATUTORY, CONDITIONAL, ALERT = "STATUTORY", "STATUTORY_CONDITIONAL", "ALERT"


def above(found: set[Said]) -> set[tuple[str, str | None, str]]:
    """(class, rule, whom it binds) of what is more than an alert."""
    return {(cls, rule, target) for cls, rule, target, _ in found if cls != ALERT}


def never_called_listed(store: Store, id: str, name: str) -> None:
    """R02: no sentence says that this person is on the list of defaulting debtors."""
    told = texts(store, id, DAY)
    assert f"{name} 列于" not in told
    assert "本人在列" not in told
    assert not any(f"{name}{is_}{word}" in told for is_ in ("", "是", "为") for word in CALLED_NAMES)


def test_case_1_the_head_of_a_debtor_is_restricted_and_his_other_firm_is_not(store: Store) -> None:
    graph = Graph(
        subjects=[firm("A", 1), firm("B", 2), person("zhang", 1, "张甲"), person("agent", 2, "吴乙")],
        relations=[
            relation("zhang", "LEGAL_REP", "A", since="2020-01-01"),
            relation("zhang", "LEGAL_REP", "B", since="2021-01-01"),
        ],
        listings=[listing("L1", "A", "SXBZXR", listed_on="2025-01-10", ground="1", authority="某法院")],
        named=[named("zhang", "L1", "LEGAL_REP"), named("agent", "L1", "PRINCIPAL")],
    )
    build(store, graph)

    # The restriction binds him; the court may keep him from leaving; from memory only: no court auctions.
    assert above(said(store, "zhang", DAY)) == {
        (STATUTORY, "R01", "zhang"),
        ("DISCRETIONARY", "R04", "zhang"),
        (STATUTORY, "R40", "zhang"),
    }
    (restricted,) = [f for f in findings(store, "zhang", as_of=DAY).findings if f.rule == "R01"]
    assert "限制高消费" in restricted.measure
    assert "应当限消，以限制消费令为准" in restricted.conditions
    assert {b["law"] for b in restricted.basis} == {"法释〔2015〕17号", "中办发〔2016〕64号"}
    never_called_listed(store, "zhang", "张甲")

    # The entry names him as head of the debtor, and one who is nothing there: neither is on the list for it (R02).
    assert "LISTED_SELF" not in {cls for cls, *_ in said(store, "zhang", DAY)}
    assert said(store, "agent", DAY) == {(ALERT, None, "agent", "inform")}
    never_called_listed(store, "agent", "吴乙")
    for id in ("zhang", "agent"):
        assert not [s for s in said(store, id, DAY, "civil_service") if s[3] == "block"]

    # B: nearness over two relations, and no more; it is blocked nowhere.
    (near,) = findings(store, "B", as_of=DAY).findings
    assert (tell(near), near.extra["hops"]) == ((ALERT, None, "B", "inform"), 2)
    assert near.text.endswith("关联提示，不构成失信惩戒依据")
    never_blocked(store, "B", DAY)
    assert said(store, "B", DAY, "tender_mandatory") == {(ALERT, None, "B", "inform")}


def test_case_2_who_left_before_and_who_left_later(store: Store) -> None:
    people = ["named", "before", "long_ago", "later", "released", "spender", "successor"]
    role = "LEGAL_REP"
    graph = Graph(
        subjects=[firm("A", 1), *[person(id, n, f"张{id}") for n, id in enumerate(people, start=1)]],
        relations=[
            relation("named", role, "A", since="2018-01-01", until="2025-01-01"),
            relation("before", role, "A", since="2018-01-01", until="2025-01-01"),
            relation("long_ago", role, "A", since="2015-01-01", until="2018-01-01"),
            *[relation(id, role, "A", since="2020-01-01", until="2025-09-01") for id in people[3:6]],
            relation("successor", role, "A", since="2025-09-01"),
        ],
        listings=[listing("L1", "A", "XZXF", listed_on="2025-03-01", authority="某法院")],
        named=[named("named", "L1", role)],
        exempt=[
            exempt("released", "L1", "court_permission", since="2026-01-01"),
            exempt("spender", "L1", "private_spending", since="2026-01-01"),
        ],
    )
    build(store, graph)

    # 2a: the order names him, so it is his own, though he had left.
    assert said(store, "named", DAY) == {("LISTED_SELF", None, "named", "inform")}
    assert "失信" not in texts(store, "named", DAY)
    # 2b: gone before, not named: worth a look within a year, no more; and long ago, nothing.
    assert said(store, "before", DAY) == {(ALERT, "former_role", "before", "inform")}
    assert said(store, "long_ago", DAY) == set()
    # 2c: he held the role that day: bound until the court lets him go; leave for private spending shows nothing.
    assert above(said(store, "later", DAY)) == {(STATUTORY, "R03", "later")}
    assert said(store, "later", DAY, "consumption_exit") == {(STATUTORY, "R03", "later", "block")}
    assert above(said(store, "released", DAY)) == set()
    assert above(said(store, "released", "2025-12-31")) == {(STATUTORY, "R03", "released")}
    assert said(store, "spender", DAY, "consumption_exit") == {(STATUTORY, "R03", "spender", "review")}
    # 2d: the successor is bound by the role itself.
    assert above(said(store, "successor", DAY)) == {
        (STATUTORY, "R01", "successor"),
        ("DISCRETIONARY", "R04", "successor"),
    }
    for id in people:
        assert not any(word in texts(store, id, DAY) for word in CALLED_NAMES)
    # And from the entry's side: whom it binds.
    bound = {(f.rule, f.target["id"]) for f in reach(store, "L1", as_of=DAY).consequences}
    assert {("R03", "later"), ("R03", "spender"), ("R01", "successor"), ("R04", "successor"), (None, "named")} == bound


def test_case_3_a_debtor_on_the_board(store: Store) -> None:
    posts = {"own": "C", "open": "C", "partner": "P", "owner": "C"}
    graph = Graph(
        subjects=[
            firm("C", 1),
            firm("P", 2, form="partnership"),
            *[person(id, n, id) for n, id in enumerate(posts, 1)],
        ],
        relations=[
            relation(id, "SHAREHOLDER" if id == "owner" else "SUPERVISOR", firm_id, since="2020-01-01", ratio=0.4)
            for id, firm_id in posts.items()
        ],
        listings=[
            listing(f"L-{id}", id, "SXBZXR", listed_on="2025-01-10", ground="1" if id == "open" else "own_debt")
            for id in posts
        ],
    )
    build(store, graph)

    # 李: he must not sit there, and C has to remove him. The ground unknown: somebody has to look.
    assert (STATUTORY, "R05", "own") in above(said(store, "own", DAY))
    (his,) = [f for f in findings(store, "own", as_of=DAY).findings if f.rule == "R05"]
    assert "应当解除" in his.measure
    assert (CONDITIONAL, "R05", "open") in above(said(store, "open", DAY))

    # C is told of both; it is not bound itself but for honours, which are known from memory only.
    on_c = {(c, r, t) for c, r, t in above(said(store, "C", DAY)) if r == "R05"}
    assert on_c == {(STATUTORY, "R05", "own"), (CONDITIONAL, "R05", "open")}
    assert {(r, t) for _, r, t in above(said(store, "C", DAY)) if t == "C"} == {("R10", "C")}
    falls = {f.falls_on for f in findings(store, "C", as_of=DAY).findings if f.rule == "R05"}
    assert falls == {"role_holder"}
    # A partnership is no company; a shareholder holds no post.
    assert not {r for _, r, _ in above(said(store, "P", DAY))} & {"R05", "R06", "R07"}
    assert ALERT in {f.cls for f in findings(store, "partner", as_of=DAY).findings}
    assert not [s for s in said(store, "C", DAY) if s[2] == "owner" and s[0] != ALERT]
    for id in ("C", "P"):
        never_blocked(store, id, DAY)


def test_case_5_the_one_spread_over_two_relations(store: Store) -> None:
    zhao = [
        relation("zhao", "DIRECT_RESPONSIBLE", "F", since="2020-01-01"),
        relation("zhao", "FOUNDER", "G", since="2025-09-01"),
        relation("zhao", "FOUNDER", "H", since="2020-01-01"),
        relation("zhao", "LEGAL_REP", "J", since="2025-09-15"),
        relation("zhao", "LEGAL_REP", "U"),  # since when is unknown
        relation("zhao", "LEGAL_REP", "S", since="2025-08-01"),  # the very day is not after it
        relation("zhao", "SHAREHOLDER", "K", since="2025-10-01", ratio=0.3),  # bought into an older firm
        relation("zhao", "SHAREHOLDER", "N", since="2025-10-01", ratio=0.3),  # there since the first day
        relation("qian", "LEGAL_REP", "F", since="2020-01-01"),  # its head, but not named as responsible
        relation("qian", "FOUNDER", "Q", since="2025-09-01"),
    ]  # fmt: skip
    founded = {"G": "2025-09-01", "H": "2020-01-01", "J": "2019-05-01", "U": "2025-10-01", "S": "2025-08-01",
               "K": "2018-01-01", "N": "2025-10-01", "Q": "2025-09-01"}  # fmt: skip
    graph = Graph(
        subjects=[
            firm("F", 1),
            *[firm(id, n, established=day) for n, (id, day) in enumerate(founded.items(), start=2)],
            person("zhao", 1, "赵甲"),
            person("qian", 2, "钱乙"),
        ],
        relations=zhao,
        listings=[listing("L1", "F", "SWD", listed_on="2025-08-01")],
    )
    build(store, graph)

    bound = {id: above(said(store, id, DAY)) for id in founded}
    assert {id for id, found in bound.items() if found} == {"G", "J", "N"}
    for id in ("G", "J", "N"):
        assert bound[id] == {(STATUTORY, "R23", id)}
    for id in ("H", "U", "S", "K", "Q"):
        assert said(store, id, DAY) == {(ALERT, None, id, "inform")}, id
    assert above(said(store, "zhao", DAY)) == above(said(store, "qian", DAY)) == set()
    # Before the provision was in force, and after the grade is gone, there is nothing.
    build(store, Graph([firm("F2", 20), firm("G2", 21)], [
        relation("zhao", "DIRECT_RESPONSIBLE", "F2", since="2020-01-01"),
        relation("zhao", "LEGAL_REP", "G2", since="2025-06-30"),
    ], [listing("L2", "F2", "FZCH", listed_on="2025-06-01")]))  # fmt: skip
    assert above(said(store, "G2", DAY)) == set()


def test_case_8_named_by_the_wage_arrears_list(store: Store) -> None:
    graph = Graph(
        subjects=[firm("J", 1), person("qian", 1, "钱某"), person("owner", 2, "孙某"), person("head", 3, "李某")],
        relations=[
            relation("owner", "SHAREHOLDER", "J", ratio=0.8),
            relation("head", "LEGAL_REP", "J", since="2020-01-01"),
        ],
        listings=[listing("L1", "J", "QXNMG", listed_on="2025-03-01")],
        named=[named("qian", "L1", "DIRECT_RESPONSIBLE")],
    )
    build(store, graph)
    assert ("LISTED_SELF", "R22", "qian", "block") in said(store, "qian", DAY, "procurement")
    assert said(store, "owner", DAY) == {(ALERT, None, "owner", "inform")}
    assert said(store, "head", DAY) == {(ALERT, None, "head", "inform")}
    assert "应核查其是否同时列入" in texts(store, "head", DAY)
    never_blocked(store, "owner", DAY)
    never_blocked(store, "head", DAY)


def test_case_9_repair_ends_it_the_same_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, DAY)
    graph = Graph(
        subjects=[firm("K", 1), firm("M", 2), person("head", 1, "周某"), person("other", 2, "吴某")],
        relations=[relation("head", "LEGAL_REP", "K", since="2020-01-01"), relation("other", "LEGAL_REP", "M")],
        listings=[
            listing("L1", "K", "SXBZXR", listed_on="2025-01-10", state="repaired", removed_on="2026-05-01"),
            listing("L2", "M", "XZXF", listed_on="2025-01-10", events=["2026-05-01 suspended e:1"]),
        ],
    )
    build(store, graph)
    for id in ("K", "M", "head", "other"):
        assert said(store, id, "2026-05-01") == set(), id
    assert reach(store, "L1", as_of="2026-05-01").consequences == ()

    # As of a day before, only a replay shows it: the state then, and the state now.
    assert said(store, "K", "2026-04-15") == set()
    replayed = findings(store, "K", as_of="2026-04-15", replay=True)
    (own,) = [f for f in replayed.findings if f.rule is None]
    assert (own.cls, own.listing["state"], own.listing["state_now"]) == ("LISTED_SELF", "listed", "repaired")
    then = said(store, "head", "2026-04-15", replay=True)
    assert {rule for cls, rule, _ in above(then) if cls == STATUTORY} == {"R01", "R40"}


def test_case_11_the_civil_service_looks_at_nobody_else(store: Store) -> None:
    graph = Graph(
        subjects=[person("sun", 1, "孙某"), person("father", 2, "孙父"), firm("A", 1), person("own", 3, "吴某")],
        relations=[
            relation("father", "KIN", "sun", kin="父母"),
            relation("sun", "LEGAL_REP", "A", since="2020-01-01"),
        ],
        listings=[
            listing("L1", "father", "SXBZXR", listed_on="2025-01-10", ground="own_debt"),
            listing("L2", "A", "SXBZXR", listed_on="2025-01-10"),
            listing("L3", "own", "SXBZXR", listed_on="2025-01-10"),
        ],
    )
    build(store, graph)
    assert said(store, "sun", DAY, "civil_service") == set()
    assert (STATUTORY, "R39", "own", "block") in said(store, "own", DAY, "civil_service")
    # Whatever is asked, a father's debts are none of his child's.
    assert not [f for f in findings(store, "sun", as_of=DAY).findings if f.listing["id"] == "L1"]

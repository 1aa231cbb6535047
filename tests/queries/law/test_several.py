"""Several entries, roles and relations at once: what is said once, what the stronger silences, and hubs."""

from __future__ import annotations

import pytest

from graph.store import Store
from queries.findings import findings
from queries.law.read import shipped
from queries.policy import shipped as policy
from queries.scenarios import scenarios
from tests.queries.graphs import Graph, build, exempt, listing, named, relation, subject
from tests.queries.law.asking import Said, said, stop_clock, tell
from tests.queries.screening import firm, person

DAY = "2026-06-01"
PEOPLE = ("zhang", "twice", "hub", "li", "wage", "old", "again")


def by_rule(found: set[Said], rule: str | None) -> set[Said]:
    return {s for s in found if s[1] == rule}


def entries(store: Store, id: str, rule: str, as_of: str = DAY) -> list[str]:
    return [f.listing["id"] for f in findings(store, id, as_of=as_of).findings if f.rule == rule]


def test_several_entries_and_roles(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_clock(monkeypatch, DAY)
    crowd = [firm(f"T{n}", 100 + n) for n in range(policy().fanout_cap + 20)]
    graph = Graph(
        subjects=[
            *[firm(id, n) for n, id in enumerate(("A", "B", "C", "D", "E", "F", "G", "W"), start=1)],
            *crowd,
            *[person(id, n, id) for n, id in enumerate(PEOPLE, start=1)],
            subject("closed", "person", conducts=False),
        ],
        relations=[
            relation("zhang", "LEGAL_REP", "A", since="2020-01-01"),
            relation("zhang", "PRINCIPAL", "A", since="2021-01-01"),
            relation("zhang", "ACTUAL_CONTROLLER", "A"),
            relation("twice", "LEGAL_REP", "B", since="2010-01-01", until="2015-01-01", record="r:1"),
            relation("twice", "LEGAL_REP", "B", since="2018-01-01", record="r:2"),
            relation("hub", "LEGAL_REP", "C", since="2020-01-01"),
            *[relation("hub", "LEGAL_REP", row["id"], since="2020-01-01") for row in crowd],
            relation("closed", "ACTUAL_CONTROLLER", "C"),
            relation("li", "LEGAL_REP", "D", since="2020-01-01"),
            relation("wage", "LEGAL_REP", "W", since="2020-01-01"),
            relation("again", "LEGAL_REP", "E", since="2020-01-01"),
            relation("again", "DIRECTOR", "F", since="2020-01-01"),
            relation("again", "DIRECTOR", "G", since="2020-01-01"),
        ],
        listings=[
            listing("A-XZXF", "A", "XZXF", listed_on="2025-02-01"),
            listing("A-SXBZXR", "A", "SXBZXR", listed_on="2025-01-01", ground="1"),
            listing("A-BZXR", "A", "BZXR", listed_on="2024-12-01"),
            listing("B-XZXF", "B", "XZXF", listed_on="2025-02-01"),
            listing("C-XZXF", "C", "XZXF", listed_on="2025-02-01"),
            listing("D-XZXF", "D", "XZXF", listed_on="2025-02-01", state="repaired", removed_on="2026-03-01"),
            listing("D-SXBZXR", "D", "SXBZXR", listed_on="2025-01-01", ground="1"),
            listing("W-QXNMG", "W", "QXNMG", listed_on="2025-02-01"),
            listing("old-QXNMG", "old", "QXNMG", listed_on="2022-06-01"),
            listing("E-DXYZ", "E", "DXYZ", listed_on="2025-02-01", ground="illegal"),
            listing("A-RED", "A", "A_TAX", listed_on="2026-01-01"),
        ],
        named=[named("wage", "W-QXNMG", "LEGAL_REP")],
    )  # fmt: skip
    build(store, graph)
    one_role_and_one_entry_speak(store)
    hubs_are_no_excuse(store)
    terms_that_are_over_are_looked_at(store)
    the_company_is_told_of_its_director(store)
    red_lists_bind_nobody(store)
    the_tree_of_effects_holds(store)


def one_role_and_one_entry_speak(store: Store) -> None:
    # Three roles and three entries: one restriction, on the order; one ban on leaving, on the order too.
    assert entries(store, "zhang", "R01") == ["A-XZXF"]
    assert entries(store, "zhang", "R04") == ["A-XZXF"]
    (found,) = [f for f in findings(store, "zhang", as_of=DAY).findings if f.rule == "R01"]
    assert [e["type"] for e in found.path["edges"]] == ["LEGAL_REP"]
    # Twice in office: the second time counts, nothing is left of the first.
    assert {(s[0], s[1]) for s in said(store, "twice", DAY)} == {("STATUTORY", "R01"), ("DISCRETIONARY", "R04")}
    # The order is lifted, the default stands: the restriction rests on that, and says that the order decides.
    assert entries(store, "li", "R01") == ["D-SXBZXR"]
    (left,) = [f for f in findings(store, "li", as_of=DAY).findings if f.rule == "R01"]
    assert "应当限消，以限制消费令为准" in left.conditions
    # Named by the entry and in the register: listed once, and no alert beside it.
    assert {(s[0], s[1]) for s in said(store, "wage", DAY)} == {("LISTED_SELF", "R22"), ("STATUTORY", "R39")}


def hubs_are_no_excuse(store: Store) -> None:
    """More relations than a search passes through, or a body risk does not pass: a rule's path is not cut."""
    assert entries(store, "hub", "R01") == ["C-XZXF"]
    assert entries(store, "closed", "R01") == ["C-XZXF"]
    assert not by_rule(said(store, "T1", DAY), "R01")


def terms_that_are_over_are_looked_at(store: Store) -> None:
    """Listed for three years four years ago, and no removal on record: a person has to look, nobody is blocked."""
    (found,) = [f for f in findings(store, "old", scenarios()["procurement"], as_of=DAY).findings if f.rule != "R39"]
    assert tell(found)[0] == "LISTED_SELF"
    assert found.effect.value == "review"
    assert any("是否仍在列待核实" in condition for condition in found.conditions)
    held = findings(store, "old", scenarios()["civil_service"], as_of=DAY).findings
    assert not [tell(f) for f in held if f.effect.value == "block"]


def the_company_is_told_of_its_director(store: Store) -> None:
    for id in ("F", "G"):
        (found,) = [f for f in findings(store, id, as_of=DAY).findings if f.rule == "R14"]
        assert (found.target["id"], found.falls_on, found.effect.value) == ("again", "role_holder", "inform")
    assert len(entries(store, "again", "R14")) == 1


def red_lists_bind_nobody(store: Store) -> None:
    assert not [f for f in findings(store, "zhang", as_of=DAY).findings if f.list == "A_TAX"]
    assert findings(store, "A", as_of=DAY).flags == ("red_black",)
    assert findings(store, "zhang", as_of=DAY).flags == ()


def the_tree_of_effects_holds(store: Store) -> None:
    """Whatever the scenario: alerts inform, and only what is listed itself or bound by law, read, is blocked."""
    unread = {id for id, rule in shipped().rules.items() if rule.review_status == "unverified"}
    for profile in scenarios().values():
        for id in ("A", "F", *PEOPLE):
            for found in findings(store, id, profile, as_of=DAY).findings:
                cls, rule, target, effect = tell(found)
                assert cls != "ALERT" or effect == "inform"
                if effect == "block":
                    assert cls in ("LISTED_SELF", "STATUTORY")
                    assert (rule not in unread, target) == (True, id)


def test_a_permission_is_told_and_a_person_decides(store: Store) -> None:
    """R01x: leave for private spending does not lift the restriction, and the case goes to a person."""
    graph = Graph(
        subjects=[firm("A", 1), *[subject(id, "person") for id in ("may", "over", "lifted")]],
        relations=[relation(id, "LEGAL_REP", "A", since="2020-01-01") for id in ("may", "over", "lifted")],
        listings=[listing("L1", "A", "XZXF", listed_on="2025-01-10")],
        exempt=[
            exempt("may", "L1", "private_spending", since="2026-05-01", until="2026-07-01"),
            exempt("over", "L1", "private_spending", since="2026-04-01", until="2026-06-01"),
            exempt("lifted", "L1", "lifted", since="2026-05-01"),
        ],
    )
    build(store, graph)
    for id, effect in (("may", "review"), ("over", "block")):
        assert ("STATUTORY", "R01", id, effect) in said(store, id, DAY, "consumption_exit")
    assert not [s for s in said(store, "lifted", DAY, "consumption_exit") if s[1] == "R01"]

"""Where rules stop: kinds of holders, roles an entry gives, trades by their name, exemptions, unknown shares."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from graph.store import Store
from queries.findings import findings
from queries.scenarios import scenario
from tests.queries.graphs import Graph, build, exempt, firms, listing, named, people, relation, subject

DAY = "2026-06-01"
Told = set[tuple[str, str | None, str]]


def told(store: Store, who: str) -> Told:
    """(class, rule, list) of what is found on a subject."""
    return {(str(f.cls), f.rule, f.list) for f in findings(store, who, as_of=DAY).findings}


def ruled(store: Store, ids: Iterable[str]) -> dict[str, set[str]]:
    """The rules found on each subject, as whatever class."""
    return {i: {rule for _, rule, _ in told(store, i) if rule} for i in ids}


def test_only_persons_are_bound_by_what_binds_persons(store: Store) -> None:
    heads = [subject("bureau", "government"), subject("holding", form="company"), *people(["boss"])]
    roles = [("bureau", "ACTUAL_CONTROLLER"), ("holding", "PRINCIPAL"), ("boss", "PRINCIPAL")]
    build(
        store,
        Graph(
            subjects=[*heads, subject("A", form="company")],
            relations=[relation(who, role, "A", since="2020-01-01") for who, role in roles],
            listings=[listing("L1", "A", "XZXF"), listing("L2", "A", "YZWF", ground="no_report")],
        ),
    )
    found = ruled(store, ("bureau", "holding", "boss"))
    assert found == {"bureau": set(), "holding": set(), "boss": {"R01", "R04", "R16"}}


def test_a_name_in_an_entry_says_who_he_is_unless_the_list_lists_whom_it_names(store: Store) -> None:
    codes = ("XSCF", "DXYZ", "TJ", "FZCH", "QS", "ZFCG", "XZCF", "CXDJ")
    build(
        store,
        Graph(
            subjects=[*people([f"p{code}" for code in codes]), *firms(codes)],
            listings=[listing(f"L{code}", code, code) for code in codes],
            named=[named(f"p{code}", f"L{code}", "LEGAL_REP") for code in codes],
        ),
    )
    for code in codes:
        found = findings(store, f"p{code}", scenario("procurement"), as_of=DAY)
        assert {str(f.cls) for f in found.findings} <= {"ALERT"}, code
        assert not any("本人在列" in f.text for f in found.findings), code


def test_being_named_counts_as_the_role_the_entry_gives(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*people(["head", "duty"]), *firms(["F", "H", "D"])],
            relations=[
                relation("head", "FOUNDER", "H", since="2026-01-01"),
                relation("duty", "FOUNDER", "D", since="2026-01-01"),
            ],
            listings=[listing("L", "F", "FZCH", listed_on="2025-09-01")],
            named=[named("head", "L", "LEGAL_REP"), named("duty", "L", "DIRECT_RESPONSIBLE")],
        ),
    )  # fmt: skip
    assert ruled(store, ("H", "D")) == {"H": set(), "D": {"R23"}}


def test_what_a_court_lifted_is_not_revived_by_the_other_list(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*people(["free", "bound"]), subject("A", form="company")],
            relations=[relation(p, "LEGAL_REP", "A", since="2020-01-01") for p in ("free", "bound")],
            listings=[listing("order", "A", "XZXF"), listing("default", "A", "SXBZXR", ground="2")],
            exempt=[exempt("free", "order", "lifted", since="2025-01-01")],
        ),
    )
    assert not {rule for _, rule, _ in told(store, "free")} & {"R01", "R03", "R04"}
    assert ("STATUTORY", "R01", "XZXF") in told(store, "bound")
    assert ("STATUTORY", "R01", "SXBZXR") not in told(store, "bound")


@pytest.mark.parametrize("store", ["arcadedb"], indirect=True)
def test_a_trade_is_known_by_its_name_not_by_a_word_in_it(store: Store) -> None:
    trades = {"货币银行服务": {"R07", "R30"}, "非货币银行服务": set(), "证券投资咨询": set(), "保险代理服务": set()}
    build(
        store,
        Graph(
            subjects=[*people(["li"]), *(subject(t, form="company", sector=t, state_owned=False) for t in trades)],
            relations=[relation("li", "DIRECTOR", trade, since="2020-01-01") for trade in trades],
            listings=[listing("L", "li", ground="own_debt")],
        ),
    )
    for trade, rules in trades.items():
        assert ruled(store, [trade])[trade] & {"R07", "R29", "R30"} == rules, trade


def test_founders_managers_and_shares_nobody_knows(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[
                *people(["z", "wang", "s1", "s2"]),
                *firms(["F", "M", "C"]),
                subject("G", established="2026-01-01"),
                subject("N", established="2026-01-01"),
                subject("one", form="company"),
                subject("three", form="company"),
            ],
            relations=[
                relation("z", "DIRECT_RESPONSIBLE", "F", since="2020-01-01"),
                relation("z", "EXECUTIVE", "M", since="2026-01-01", title="总经理"),
                relation("z", "EXECUTIVE", "C", since="2026-01-01", title="财务负责人"),
                relation("z", "SHAREHOLDER", "G", since="2026-01-01", ratio=0.01),
                relation("wang", "FOUNDER", "G", since="2026-01-01"),
                relation("z", "SHAREHOLDER", "N", since="2026-01-01", ratio=0.9),
                relation("s1", "SHAREHOLDER", "three"),
                relation("s2", "SHAREHOLDER", "three"),
                relation("s1", "SHAREHOLDER", "one", ratio=1.0),
            ],
            listings=[
                listing("L", "F", "SWD", listed_on="2025-09-01"),
                listing("L1", "one", "BZXR"),
                listing("L3", "three", "BZXR"),
            ],
        ),
    )
    spread = {i for i in ("M", "C", "G", "N") if "R23" in ruled(store, [i])[i]}
    assert spread == {"M", "N"}
    liable = {(f.listing["id"], f.rule) for f in findings(store, "s1", as_of=DAY).findings if f.rule == "R33"}
    assert liable == {("L1", "R33")}
    assert "R33" not in ruled(store, ["s2"])["s2"]


def test_a_bar_that_outlives_the_entry_does_not_call_him_listed(store: Store) -> None:
    entry = listing("L", "z", "HPBZ", listed_on="2024-01-01", state="repaired", removed_on="2025-01-02")
    build(store, Graph(subjects=people(["z"]), listings=[entry]))
    (found,) = (f for f in findings(store, "z", as_of=DAY).findings if f.rule == "R37")
    assert found.text.startswith("名单公示已于 2025-01-02 结束（已修复），决定所定期限未满")
    assert "本人在列" not in found.text
    assert found.period == ("2024-01-01", "2029-01-01")

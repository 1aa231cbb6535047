"""Exposure in small: what carries, and above all what does not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from graph.errors import InputError, NotFoundError
from graph.store import Store
from queries.exposure import expose
from tests.queries.asking import DAY, near
from tests.queries.graphs import Graph, Row, build, firms, listing, people, relation, subject


def _rep_of_two(**of_listing: Any) -> Graph:
    """p is legal representative of the listed firm and of another."""
    return Graph(
        [*people("p"), *firms(["listed", "other"])],
        [relation("p", "LEGAL_REP", "listed"), relation("p", "LEGAL_REP", "other")],
        [listing("L", "listed", **of_listing)],
    )


def test_a_listing_comes_near_the_representative_and_his_other_firm(store: Store) -> None:
    build(store, _rep_of_two())
    assert near(store, "p") == {("L", 0.8, 1)}
    answer = expose(store, "other", as_of=DAY)
    (found,) = answer.exposures
    assert (found.score, found.hops, found.band, found.possible) == (0.64, 2, "high", False)
    assert [node.id for node in found.path.nodes] == ["other", "p", "listed"]
    assert [(e.type, e.source, e.target, e.weight, e.record) for e in found.path.edges] == [
        ("LEGAL_REP", "p", "other", 0.8, "t.csv:p-other"),
        ("LEGAL_REP", "p", "listed", 0.8, "t.csv:p-listed"),
    ]


def test_what_is_said_beside_an_association(store: Store) -> None:
    build(store, _rep_of_two())
    build(store, Graph(listings=[listing("F", "listed", "OFAC_SDN")]))
    notes = {e.listing.id: e.note for e in expose(store, "p", as_of=DAY).exposures}
    assert notes == {"L": "关联提示，不构成失信惩戒依据", "F": "境外名单，仅供合规参考；关联提示，不构成失信惩戒依据"}


def test_own_listings_are_listed_and_nothing_else(store: Store) -> None:
    build(store, _rep_of_two())
    answer = expose(store, "listed", as_of=DAY)
    assert ([entry.id for entry in answer.listed], answer.exposures) == (["L"], ())


def test_no_consequence_is_claimed(store: Store) -> None:
    build(store, _rep_of_two())
    told = expose(store, "other", as_of=DAY).to_json()
    assert {e["class"] for e in told["exposures"]} == {"ALERT"}
    keys = {"subject", "as_of", "policy", "listed", "exposures", "not_crossed", "not_checked", "complete"}
    assert told.keys() == keys
    assert told["exposures"][0].keys() == {
        "score", "hops", "band", "class", "listing", "listed_subject", "possible", "path",
        "note",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "ratio", "from_first", "from_second"),
    [
        ("SHAREHOLDER", 0.51, {("L", 0.8, 1)}, {("L", 0.7, 1)}),
        ("SHAREHOLDER", 0.5, {("L", 0.8, 1)}, {("L", 0.7, 1)}),
        ("SHAREHOLDER", 0.49, {("L", 0.6, 1)}, {("L", 0.5, 1)}),
        ("SHAREHOLDER", 0.04, set(), set()),
        ("SHAREHOLDER", None, {("L", 0.3, 1)}, {("L", 0.2, 1)}),
        ("GUARANTEES", None, {("L", 0.3, 1)}, {("L", 0.5, 1)}),
        ("SUPPLIES", 0.05, set(), set()),
        ("CONCERT", None, {("L", 0.6, 1)}, {("L", 0.6, 1)}),
        ("EMPLOYEE", None, set(), set()),
        ("KIN", None, set(), set()),
        ("MAYBE_SAME", None, set(), set()),
    ],
)
def test_each_direction_and_ratio_carries_its_own_share(
    store: Store, kind: str, ratio: float | None, from_first: set[object], from_second: set[object]
) -> None:
    """`from_first`: what the second is exposed to when the first is listed."""
    build(store, Graph(firms("ab"), [relation("a", kind, "b", ratio=ratio)], [listing("L", "a")]))
    assert near(store, "b") == from_first
    build(store, Graph(firms("cd"), [relation("c", kind, "d", ratio=ratio)], [listing("L", "d")]))
    assert near(store, "c") == from_second


def test_wrong_direction_carries_nothing(store: Store) -> None:
    # A listed firm exposes its 3 % shareholder to nothing, nor the shareholder's other firm.
    graph = Graph(
        [*people("p"), *firms(["listed", "other"])],
        [relation("p", "SHAREHOLDER", "listed", ratio=0.03), relation("p", "SHAREHOLDER", "other", ratio=0.9)],
        [listing("L", "listed")],
    )
    build(store, graph)
    assert near(store, "p") == set()
    assert near(store, "other") == set()


@pytest.mark.parametrize(
    ("days", "carries"),
    [
        ({"until": DAY}, False),
        ({"until": "2025-06-02"}, True),
        ({"since": "2025-06-02"}, False),
        ({"since": DAY}, True),
        ({"since": "2020-01-01", "until": "2024-01-01"}, False),
        ({}, True),
    ],
)
def test_only_active_relations(store: Store, days: Row, carries: bool) -> None:
    build(store, Graph([*people("p"), *firms("f")], [relation("p", "LEGAL_REP", "f", **days)], [listing("L", "f")]))
    assert bool(near(store, "p")) is carries


@pytest.mark.parametrize(
    ("life", "carries"),
    [
        ({"removed_on": DAY, "state": "repaired"}, False),  # repair ends it the same day
        ({"expires_on": DAY}, True),  # the last day still counts
        ({"expires_on": "2025-05-31"}, False),
        ({"listed_on": "2025-06-02"}, False),
        ({"listed_on": DAY}, True),
        ({"listed_on": None}, True),
        ({"events": ["2025-05-01 suspended e.csv:1"]}, False),
        ({"events": ["2025-05-01 suspended e.csv:1", "2025-06-01 listed e.csv:2"]}, True),
        ({"events": ["2025-06-02 suspended e.csv:1"]}, True),
        ({"events": ["2025-05-01 objected e.csv:1"]}, True),
    ],
)
def test_only_listings_in_force(store: Store, life: Row, carries: bool) -> None:
    # Asked as it was, since the days lie in the past.
    build(store, _rep_of_two(**life))
    assert bool(near(store, "p", replay=True)) is carries


def test_what_has_ended_by_today_appears_only_in_a_replay(store: Store) -> None:
    build(store, _rep_of_two(removed_on="2025-07-01", state="repaired", events=["2025-02-01 objected e.csv:1"]))
    assert near(store, "p") == set()
    assert expose(store, "listed", as_of=DAY).listed == ()
    (found,) = expose(store, "p", as_of=DAY, replay=True).exposures
    assert (found.listing.state, found.listing.state_now, found.listing.disputed) == ("objected", "repaired", True)
    assert "state_now" not in expose(store, "p", as_of=date.today().isoformat()).to_json()


@pytest.mark.parametrize("code", ["A_TAX", "XZXK"])
def test_red_lists_and_permits_emit_nothing(store: Store, code: str) -> None:
    build(store, _rep_of_two(list=code))
    assert near(store, "p") == set()
    assert [entry.list for entry in expose(store, "listed", as_of=DAY).listed] == [code]


def test_tiers_weigh(store: Store) -> None:
    for tier, score in {"minor": 0.16, "general": 0.28, "serious": 0.4}.items():
        build(store, Graph([subject(f"p{tier}", "person"), subject(tier)]))
        of = listing(f"L{tier}", tier, "XZCF", tier=tier)
        build(store, Graph(relations=[relation(f"p{tier}", "LEGAL_REP", tier)], listings=[of]))
        assert near(store, f"p{tier}") == {(f"L{tier}", score, 1)}


def test_the_strongest_of_parallel_relations_counts_alone(store: Store) -> None:
    roles = [relation("p", kind, "f") for kind in ("DIRECTOR", "LEGAL_REP", "EXECUTIVE")]
    build(store, Graph([*people("p"), *firms("f")], roles, [listing("L", "f")]))
    (found,) = expose(store, "p", as_of=DAY).exposures
    assert (found.score, [e.type for e in found.path.edges]) == (0.8, ["LEGAL_REP"])


def test_a_heavier_longer_way_does_not_hide_the_lighter_shorter_one(store: Store) -> None:
    # a–x–m weighs more than a–m, but only a–m–… reaches the listed subject within two relations.
    graph = Graph(
        firms("axmz"),
        [
            relation("a", "GUARANTEES", "m"),
            relation("x", "BRANCH_OF", "a"), relation("m", "BRANCH_OF", "x"),
            relation("z", "BRANCH_OF", "m"),
        ],
        [listing("L", "z")],
    )  # fmt: skip
    build(store, graph)
    assert near(store, "a", hops=2) == {("L", 0.45, 2)}
    assert near(store, "a", hops=3) == {("L", 0.729, 3)}


def test_equal_scores_the_shorter_way_then_the_smaller_ids(store: Store) -> None:
    pairs = [(x, y) for x in "ab" for y in ("asked", "listed")]
    graph = Graph(
        [*people("ab"), *firms(["asked", "listed"])],
        [relation(x, "LEGAL_REP", y) for x, y in reversed(pairs)],
        [listing("L", "listed")],
    )
    build(store, graph)
    (found,) = expose(store, "asked", as_of=DAY).exposures
    assert [node.id for node in found.path.nodes] == ["asked", "a", "listed"]


def test_nothing_below_the_floor(store: Store) -> None:
    rows = [relation(x, "SUPERVISOR", y) for x, y in (("p", "f"), ("p", "g"))]
    build(store, Graph([*people("p"), *firms("fg")], rows, [listing("L", "g", "XZCF", tier="general")]))
    assert near(store, "p") == {("L", 0.07, 1)}
    assert near(store, "f") == set()  # 0.35 × 0.2 × 0.3 = 0.021


def test_listed_subjects_are_passed_through(store: Store) -> None:
    rows = [relation("a", "BRANCH_OF", "b"), relation("b", "BRANCH_OF", "c")]
    build(store, Graph(firms("abc"), rows, [listing("B", "b"), listing("C", "c")]))
    assert near(store, "a") == {("B", 0.9, 1), ("C", 0.81, 2)}


def test_a_possible_identity_counts_only_where_asked_for_and_says_so(store: Store) -> None:
    rows = [relation("p", "MAYBE_SAME", "q"), relation("q", "LEGAL_REP", "f")]
    build(store, Graph([*people("pq"), *firms("f")], rows, [listing("L", "f")]))
    assert near(store, "p") == set()
    (found,) = expose(store, "p", as_of=DAY, include_possible=True).exposures
    assert (found.possible, found.score) == (True, 0.4)
    (direct,) = expose(store, "q", as_of=DAY, include_possible=True).exposures
    assert not direct.possible


def test_namesakes_do_not_connect(store: Store) -> None:
    same = [subject("王伟@f", "person", name="王伟"), subject("王伟@g", "person", name="王伟")]
    rows = [relation("王伟@f", "LEGAL_REP", "f"), relation("王伟@g", "LEGAL_REP", "g")]
    build(store, Graph([*same, *firms("fg")], rows, [listing("L", "f")]))
    assert near(store, "g") == set()


def test_hops_out_of_range_and_unknown_subject(store: Store) -> None:
    build(store, Graph(firms("a")))
    for hops in (0, 5):
        with pytest.raises(InputError):
            expose(store, "a", as_of=DAY, hops=hops)
    with pytest.raises(NotFoundError):
        expose(store, "b", as_of=DAY)
    with pytest.raises(InputError):
        expose(store, "a", as_of="2025-6-1")


def test_out_of_time_is_said(store: Store) -> None:
    build(store, _rep_of_two())
    answer = expose(store, "other", as_of=DAY, seconds=0)
    assert (answer.exposures, answer.complete) == ((), False)
    assert "超时" in answer.to_json()["cut"]


def test_personal_numbers_are_masked_in_paths(store: Store) -> None:
    number = "999999199003070020"
    graph = Graph(
        [subject("p", "person", name="王小样", id_number=number), *firms("f")],
        [relation("p", "LEGAL_REP", "f", record=f"名册.csv:1 {number}", title=f"证件 {number}")],
        [listing("L", "f", reason=f"法定代表人身份证 {number}")],
    )
    build(store, graph)
    printed = json.dumps(expose(store, "p", as_of=DAY).to_json(), ensure_ascii=False)
    assert number not in printed
    assert "王小样" in printed

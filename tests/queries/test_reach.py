"""Reach is exposure read from the other end."""

from __future__ import annotations

import pytest

from graph.errors import NotFoundError
from graph.store import Store
from queries.exposure import expose_many
from queries.policy import read
from queries.reach import reach
from tests.queries.graphs import Graph, build, firms, listing, people, relation
from tests.queries.random_graphs import POLICY, random_graph

DAY = "2025-06-01"


def test_reach_says_what_exposure_says_of_everybody_it_reaches(store: Store) -> None:
    policy = read(POLICY)
    for seed in range(6):
        graph = random_graph(seed, 2099)
        build(store, graph)
        ids = [row["id"] for row in graph.subjects]
        asked = expose_many(store, ids, as_of="2099-06-01", policy=policy)
        expected = {(target, e) for target, answer in asked.items() for e in answer.exposures}
        found = {
            (e.path.nodes[0].id, e)
            for holder in ids
            for e in reach(store, holder, as_of="2099-06-01", policy=policy).exposures
        }
        assert found == expected


def test_reach_of_a_listing_is_that_of_its_subject_for_this_listing(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*people(["p"]), *firms(["listed", "other"])],
            relations=[relation("p", "LEGAL_REP", "listed"), relation("p", "LEGAL_REP", "other")],
            listings=[listing("L1", "listed"), listing("L2", "listed", "XZCF")],
        ),
    )
    answer = reach(store, "L1", as_of=DAY)
    assert {(e.path.nodes[0].id, e.listing.id, e.score) for e in answer.exposures} == {
        ("p", "L1", 0.8),
        ("other", "L1", 0.64),
    }
    both = reach(store, "listed", as_of=DAY)
    assert {(e.path.nodes[0].id, e.listing.id) for e in both.exposures} == {
        (target, entry) for target in ("p", "other") for entry in ("L1", "L2")
    }
    told = both.to_json()
    assert told["subject"]["id"] == "listed"
    assert {(f["rule"], f["target"]["id"], f["listing"]["id"]) for f in told["consequences"]} == {
        ("R01", "p", "L1"), ("R04", "p", "L1"), ("R40", "p", "L1"), ("R40", "listed", "L1"),
    }  # fmt: skip
    assert {e["target"]["id"] for e in told["exposures"]} == {"p", "other"}
    assert answer.to_json()["listing"]["id"] == "L1"


def test_a_listing_that_is_over_reaches_nobody(store: Store) -> None:
    over = listing("L1", "listed", removed_on=DAY, state="repaired")
    build(store, Graph([*people(["p"]), *firms(["listed"])], [relation("p", "LEGAL_REP", "listed")], [over]))
    assert reach(store, "listed", as_of=DAY).exposures == ()
    assert reach(store, "L1", as_of=DAY).listed == ()


def test_a_subject_without_listings_reaches_nobody(store: Store) -> None:
    build(store, Graph([*people(["p"]), *firms(["a", "b"])], [relation("p", "LEGAL_REP", "a")], [listing("L", "b")]))
    assert reach(store, "a", as_of=DAY).exposures == ()


def test_neither_a_listing_nor_a_subject(store: Store) -> None:
    with pytest.raises(NotFoundError):
        reach(store, "nothing", as_of=DAY)

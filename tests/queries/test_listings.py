"""Browsing a list: what is in force, and nothing else."""

from __future__ import annotations

import pytest

from graph.errors import InputError
from graph.store import Store
from queries.listings import Browsed, listings
from tests.queries.graphs import Graph, build, listing, subject

DAY = "2025-06-01"
GRAPH = Graph(
    [subject("a", region="999999"), subject("b", region="999901"), subject("c")],
    listings=[
        listing("L1", "a", "YZWF", listed_on="2025-01-01"),
        listing("L2", "b", "YZWF", listed_on="2025-03-01"),
        listing("L3", "b", "SXBZXR", listed_on="2024-03-01"),
        listing("L4", "c", "OFAC_SDN", listed_on=None),
        listing("over", "a", "YZWF", removed_on=DAY, state="repaired"),
        listing("expired", "a", "YZWF", expires_on="2025-05-31"),
        listing("to come", "a", "YZWF", listed_on="2025-06-02"),
        listing("suspended", "a", "YZWF", events=["2025-01-01 suspended e.csv:1"]),
    ],
)


def _ids(store: Store, **asked: object) -> list[str]:
    answer = listings(store, **Browsed(as_of=DAY, **asked))  # type: ignore[typeddict-item]  # one keyword a test
    return [entry.id for entry, _ in answer.shown]


def test_what_is_in_force_newest_first(store: Store) -> None:
    build(store, GRAPH)
    assert _ids(store) == ["L2", "L1", "L3", "L4"]
    assert _ids(store, list="YZWF") == ["L2", "L1"]
    assert _ids(store, region="9999") == ["L2", "L1", "L3"]
    assert _ids(store, region="999901") == ["L2", "L3"]
    assert _ids(store, since="2025-01-02") == ["L2"]
    assert _ids(store, list="ZDSS") == []


def test_in_parts(store: Store) -> None:
    build(store, GRAPH)
    first = listings(store, as_of=DAY, most=3)
    assert ([e.id for e, _ in first.shown], first.more) == (["L2", "L1", "L3"], True)
    rest = listings(store, as_of=DAY, most=3, skip=3)
    assert ([e.id for e, _ in rest.shown], rest.more) == (["L4"], False)


def test_unknown_list(store: Store) -> None:
    with pytest.raises(InputError):
        listings(store, as_of=DAY, list="NOLIST")

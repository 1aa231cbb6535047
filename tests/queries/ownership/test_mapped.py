"""Ownership over a snapshot says what it says over the store: random graphs, and what arrays could get wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.errors import NotFoundError
from graph.store import Store
from queries.groups.answer import groups
from queries.model import Json
from queries.ownership.ground import Ground
from queries.ownership.keeping import Grounds
from queries.ownership.mapped_ground import MappedGround
from queries.ownership.owners import ownership
from queries.ownership.tree import tree
from queries.regimes.related import related
from tests.conftest import EMPTY
from tests.queries.graphs import Graph, build, firms, relation
from tests.queries.ownership.random_holdings import DAYS, case
from tests.snapshots import snapshot_of

SHORT, LONG = range(12), range(2_000, 2_120)


def _answers(store: Store, seeds: range, grounds: Mapping[str, Ground]) -> list[Json]:
    found = []
    for one in map(case, seeds):
        ground = grounds.get(one.day)
        for id in one.ids[::2]:
            found.append(_rounded(ownership(store, id, as_of=one.day, ground=ground).to_json()))
            found.append(_rounded(tree(store, id, as_of=one.day, ground=ground).to_json()))
        found.append(_rounded(groups(store, one.ids[0], as_of=one.day, kinds=["corporate"]).to_json()))
        found.append(_rounded(related(store, one.ids[0], as_of=one.day, regime="OFAC").to_json()))
    return found


def _rounded(answer: Json) -> Json:
    """What stores give in an order of their own, sorted; sums may differ in the last bit by the order of reading."""
    return {key: _plain(value) for key, value in answer.items()}


def _plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, 8)
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return sorted(map(_plain, value), key=repr) if isinstance(value, list | tuple) else value


def _compare(store: Store, place: Path, seeds: range) -> None:
    cases = [case(seed) for seed in seeds]
    build(
        store,
        Graph([row for one in cases for row in one.subjects], [row for one in cases for row in one.relations]),
    )
    wanted = _answers(store, seeds, {})
    with snapshot_of(store, place) as snapshot:
        for ground in ({}, {day: MappedGround.of(snapshot, day) for day in DAYS}):
            for number, (answer, expected) in enumerate(zip(_answers(store, seeds, ground), wanted, strict=True)):
                assert answer == expected, number


def test_grounds_stand_at_once_and_fall_with_the_snapshot(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    build(arcadedb, Graph(firms("ABC"), [relation("A", "SHAREHOLDER", "B", ratio=0.6)], sources=[{"name": "s"}]))
    grounds = Grounds(arcadedb, most=-1)  # too small for any graph: nothing is read in the background
    assert grounds.on("2026-06-01") is None
    with snapshot_of(arcadedb, tmp_path / "s"):
        ground = grounds.on("2026-06-01")
        assert ground is not None
        assert grounds.on("2026-06-01") is ground
        assert ownership(arcadedb, "C", as_of="2026-06-01", ground=ground).owners == ()  # who holds nothing is known
        with pytest.raises(NotFoundError):
            ownership(arcadedb, "D", as_of="2026-06-01", ground=ground)
        build(arcadedb, Graph([], [relation("C", "SHAREHOLDER", "B", ratio=0.3)], sources=[{"name": "t"}]))
        grounds.forget()
        assert grounds.on("2026-06-01") is None


def test_random_graphs(store: Store, tmp_path: Path) -> None:
    _compare(store, tmp_path / "s", SHORT)


@pytest.mark.long
def test_many_random_graphs(store: Store, tmp_path: Path) -> None:
    _compare(store, tmp_path / "s", LONG)

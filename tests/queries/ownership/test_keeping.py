"""Grounds kept between questions: forgotten when the graph changes, and no fault ends the keeping."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.store import Store, open_store
from queries import stamp as stamps
from queries.engine import snapshot_for
from queries.ownership import keeping
from queries.ownership.keeping import Grounds
from tests.queries.graphs import Graph, build, firms, relation
from tests.snapshots import snapshot_of

DAY = "2026-06-01"


@pytest.fixture
def grounds(store: Store) -> Grounds:
    """The grounds of a graph of two."""
    build(store, Graph(firms("AB"), [relation("A", "SHAREHOLDER", "B", ratio=0.6)], sources=[{"name": "s"}]))
    return Grounds(store)


def test_what_fails_unforeseen_is_tried_again(grounds: Grounds, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("of the inside")

    with monkeypatch.context() as within:
        within.setattr(keeping, "read_whole", broken)
        within.setattr("threading.excepthook", lambda _: None)
        assert grounds.on(DAY) is None
        grounds.settle()
    grounds.forget()
    build(grounds._store, Graph(sources=[{"name": "t"}]))  # another stamp: what failed is not tried for ever
    assert grounds.on(DAY) is None
    grounds.settle()
    assert grounds.on(DAY) is not None


def test_the_snapshot_of_an_older_graph_is_never_kept(
    arcadedb: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arcadedb.write("MATCH (n) DETACH DELETE n")
    build(arcadedb, Graph(firms("AB"), [relation("A", "SHAREHOLDER", "B", ratio=0.6)], sources=[{"name": "s"}]))
    monkeypatch.setattr(stamps, "LATELY", 3600.0)  # what others load is seen late: here for ever
    with snapshot_of(arcadedb, tmp_path / "s") as made, open_store(arcadedb.location) as other:
        assert snapshot_for(arcadedb) is made
        build(other, Graph(sources=[{"name": "t"}]))
        assert snapshot_for(arcadedb) is made
        assert Grounds(arcadedb, most=-1).on(DAY) is None


def test_after_a_change_made_here_nothing_older_is_answered(grounds: Grounds) -> None:
    grounds.on(DAY)
    grounds.settle()
    assert grounds.on(DAY) is not None
    build(grounds._store, Graph(sources=[{"name": "t"}]))
    grounds.forget()
    assert grounds.on(DAY) is None
    grounds.settle()

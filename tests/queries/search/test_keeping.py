"""The index follows the graph on either store; damaged, missing or old, it is made anew."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store, open_store
from loaders.decisions import decide
from loaders.unload import unload
from queries import keeping
from queries.search.build import build
from queries.search.keeping import Search
from queries.search.place import index_path
from queries.stamp import stamp
from tests.loaders.packages import load_all, package
from tests.queries.graphs import build as fill
from tests.queries.processes import children
from tests.queries.search.asking import DAY, GRAPH, ids, wait


@pytest.fixture
def search(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Search]:
    """A search over the graph of the tests, ready, that looks for changes at every question."""
    monkeypatch.setattr(keeping, "CHECK_SECONDS", 0.0)
    fill(store, GRAPH)
    made = Search.started(store, tmp_path / "search.db")
    wait(made)
    yield made
    made.close()


def test_what_is_gone_is_not_suggested_though_the_index_has_it(search: Search, store: Store) -> None:
    store.write("MATCH (s:Subject {id: 'wq'}) DETACH DELETE s")
    assert search.suggest("问渠", as_of=DAY, limit=8).state == "ready"  # nobody told of the change
    assert ids(search, "问渠") == []
    assert ids(search, "91999999") == []


def test_the_index_follows_loads_decisions_and_withdrawals(search: Search, store: Store, tmp_path: Path) -> None:
    folder = package(
        tmp_path / "in",
        subjects="id,kind,name\nn1,enterprise,后来居上有限公司\nn2,person,后来人\nn3,person,后来人\n",
    )
    load_all(store, folder, source="later", snapshot="2025-01-01")
    # Just loaded: found by the whole name, from the graph, before the index is anew.
    assert ids(search, "后来居上有限公司") == ["n1"]
    wait(search)
    assert ids(search, "hljs") == ["n1"]
    assert set(ids(search, "后来")) == {"n1", "n2", "n3"}
    before = stamp(store)
    decide(store, "n2", "n3", yes=True, reason="测试")
    assert stamp(store) != before
    wait(search)
    assert ids(search, "后来人") == ["n2"]
    before = stamp(store)
    unload(store, "later")
    assert stamp(store) != before
    assert ids(search, "后来") == []
    wait(search)
    assert ids(search, "hljs") == []


def test_the_same_graph_keeps_its_stamp(store: Store) -> None:
    fill(store, GRAPH)
    assert stamp(store) == stamp(store)


def test_building_finds_what_is_exact_and_stale_serves_the_older(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    path = tmp_path / "search.db"
    search = Search(store, path)  # not started: nobody builds
    answer = search.suggest("乌有市问渠水务有限公司", as_of=DAY, limit=8)
    assert (answer.state, [one.subject.id for one in answer.shown]) == ("building", ["wq"])
    for asked in ("wq", "91999999ma0000001d", "乌有市旧名有限公司"):
        assert search.suggest(asked, as_of=DAY, limit=8).shown
    assert not search.suggest("问渠", as_of=DAY, limit=8).shown
    build(store, path, "an older graph")
    older = Search(store, path).suggest("问渠", as_of=DAY, limit=8)
    assert (older.state, [one.subject.id for one in older.shown], older.subjects) == (
        "stale",
        ["wq"],
        len(GRAPH.subjects),
    )


def test_a_damaged_index_is_made_again(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    path = tmp_path / "search.db"
    path.write_bytes(b"damaged")
    search = Search.started(store, path)
    try:
        wait(search)
        assert ids(search, "问渠") == ["wq"]
    finally:
        search.close()


def test_a_second_start_takes_the_index_that_is_there(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    path = tmp_path / "search.db"
    build(store, path, stamp(store))
    made = path.stat()
    search = Search.started(store, path)
    try:
        wait(search)
    finally:
        search.close()
    assert path.stat().st_ino == made.st_ino


def test_the_index_of_many_is_made_by_another_process(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    path = tmp_path / "search.db"
    seen: list[str] = []
    search = Search.started(store, path, small=-1)
    try:
        end = time.monotonic() + 120
        while search.suggest("乌", as_of=DAY, limit=1).state != "ready":
            assert time.monotonic() < end
            seen += [word for words in children() for word in words]
            time.sleep(0.02)
        assert ids(search, "问渠") == ["wq"]
    finally:
        search.close()
    assert "queries.search" in seen
    assert str(path) in seen
    assert not store.endpoint.password or not any(store.endpoint.password in word for word in seen)


def test_closing_ends_the_process_that_makes_the_index(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    search = Search.started(store, tmp_path / "search.db", small=-1)

    end = time.monotonic() + 120
    while not any("queries.search" in words for words in children()):
        assert time.monotonic() < end
        time.sleep(0.02)
    search.close()
    assert not any("queries.search" in words for words in children())
    assert not list(tmp_path.glob("*.new"))


def test_what_a_killed_one_left_is_swept_away(store: Store, tmp_path: Path) -> None:
    fill(store, GRAPH)
    path = tmp_path / "search.db"
    left = tmp_path / "search.db.4194305.new"  # no process has that number
    left.write_bytes(b"half")
    build(store, path, stamp(store))
    assert [one.name for one in tmp_path.iterdir()] == ["search.db"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_where_the_index_lies(neo4j: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert index_path(neo4j).parent == tmp_path / "xinmai"
    assert "neo4j" not in index_path(neo4j).name


def test_beside_the_data_of_an_embedded_store(embedded_dir: Path) -> None:
    with open_store(embedded_dir) as opened:
        Search.started(opened).close()
        search = Search.started(opened)
        wait(search)
        search.close()
        assert index_path(opened) == embedded_dir / "cache" / "search.db"
    with open_store(embedded_dir) as again:  # the file disturbs nobody
        assert Search(again).suggest("乌", as_of=DAY, limit=1).state == "ready"

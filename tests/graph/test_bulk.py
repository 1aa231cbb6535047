"""A bulk load makes what was given, or leaves an empty graph, whoever is killed in the middle."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import schema
from graph.bulk import Loaded, NewNode, NewRelation
from graph.errors import StoreError
from graph.store import Store, open_store

LOADER = """
import sys, time
from graph.store import open_store

def nodes():
    for i in range(20_000):
        yield "Subject", str(i), {"id": str(i), "name": "公司" * 20}
    print("half", flush=True)
    time.sleep(float(sys.argv[2]))

with open_store(sys.argv[1]) as store:
    try:
        print(store.bulk(nodes(), []), flush=True)
    except Exception as error:
        print(error, flush=True)
        print(store.read("MATCH (n) RETURN count(n) AS n"), flush=True)
"""


@pytest.fixture
def new(embedded_dir: Path) -> Iterator[Store]:
    with open_store(embedded_dir) as store:
        yield store


def is_empty_with_schema(store: Store) -> bool:
    assert store.read("MATCH (n) RETURN n") == []
    named = {row["name"] for row in [*store.read("SHOW INDEXES"), *store.read("SHOW CONSTRAINTS")]}
    assert set(schema.statements()) <= named
    return True


def test_what_was_given_is_there_and_indexed(new: Store) -> None:
    assert new.can_bulk()
    nodes: list[NewNode] = [
        ("Subject", "a", {"id": "a", "name": "“甲”公司\n\\", "uscc": "91", "ratio": 0.1, "n": 2**40, "ok": True}),
        ("Subject", "b", {"id": "b", "reg_no": None, "tags": ["x", "y"]}),
        ("Listing", "c", {"id": "c", "list": "YZWF"}),
    ]
    relations: list[NewRelation] = [
        ("SHAREHOLDER", "a", "b", {"ratio": 0.25, "since": None, "record": "f.csv:2"}),
        ("SHAREHOLDER", "a", "b", {"ratio": 0.5}),
        ("LISTED", "b", "c", {}),
    ]
    assert new.bulk(nodes, relations) == Loaded(3, 3)
    assert not new.can_bulk()
    rows = new.read("MATCH (a:Subject {uscc: '91'}) RETURN a, labels(a) AS labels")
    assert rows == [{"a": nodes[0][2], "labels": ["Subject"]}]
    assert new.read("MATCH (n:Subject {id: 'b'}) RETURN n") == [{"n": {"id": "b", "tags": ["x", "y"]}}]
    found = new.read(
        "MATCH (x)-[r]->(y) RETURN x.id AS x, type(r) AS t, properties(r) AS p, y.id AS y ORDER BY x, p.ratio"
    )
    assert found == [
        {"x": "a", "t": "SHAREHOLDER", "p": {"ratio": 0.25, "record": "f.csv:2"}, "y": "b"},
        {"x": "a", "t": "SHAREHOLDER", "p": {"ratio": 0.5}, "y": "b"},
        {"x": "b", "t": "LISTED", "p": {}, "y": "c"},
    ]
    with pytest.raises(StoreError, match="唯一约束"):
        new.write("CREATE (:Subject {id: 'a'})")


def test_ordinary_writes_go_on_after_a_bulk_load(new: Store) -> None:
    new.bulk([("Subject", str(i), {"id": str(i)}) for i in range(1000)], [])
    new.write("MATCH (s:Subject {id: '7'}) MERGE (t:Subject {id: 'new'}) MERGE (s)-[:KIN]->(t) SET s.name = 'x'")
    assert new.read("MATCH (s {name: 'x'})-[:KIN]-(t) RETURN s.id AS s, t.id AS t") == [{"s": "7", "t": "new"}]


def broken() -> Iterator[NewNode]:
    for i in range(50_000):
        yield "Subject", str(i), {"id": str(i), "name": "公司" * 10}
    raise RuntimeError("the source broke off")


@pytest.mark.parametrize(
    ("nodes", "relations", "words"),
    [
        ([("Subject", "k", {"id": "a"}), ("Subject", "k", {"id": "b"})], [], "节点重复"),
        ([("Subject", "k", {"id": "a"}), ("Subject", "l", {"id": "a"})], [], "拒绝"),
        ([("Subject", "k", {"id": "a"})], [("KIN", "k", "nobody", {})], "未知节点"),
        ([("Subject", "k", {"id": "a"})], [("LOVES", "k", "k", {})], "不在词表"),
    ],
)
def test_a_load_that_fails_leaves_an_empty_graph(
    arcadedb: Store, nodes: list[NewNode], relations: list[NewRelation], words: str
) -> None:
    arcadedb.write("MATCH (n) DETACH DELETE n")
    with pytest.raises(StoreError, match=words):
        arcadedb.bulk(nodes, relations)
    assert is_empty_with_schema(arcadedb)


def test_a_source_that_breaks_off_leaves_an_empty_graph(arcadedb: Store) -> None:
    arcadedb.write("MATCH (n) DETACH DELETE n")
    with pytest.raises(RuntimeError, match="broke off"):
        arcadedb.bulk(broken(), [])
    assert is_empty_with_schema(arcadedb)
    assert arcadedb.bulk([("Subject", "a", {"id": "a"})], []) == Loaded(1, 0)


def test_not_into_a_graph_with_something_in_it(arcadedb: Store) -> None:
    arcadedb.write("MATCH (n) DETACH DELETE n")
    arcadedb.write("CREATE (:Source {name: 'x'})")
    assert not arcadedb.can_bulk()
    with pytest.raises(StoreError, match="空的图"):
        arcadedb.bulk([("Subject", "a", {"id": "a"})], [])
    assert arcadedb.read("MATCH (n) RETURN n.name AS name") == [{"name": "x"}]


@pytest.mark.neo4j
def test_not_on_a_server(neo4j: Store) -> None:
    neo4j.write("MATCH (n) DETACH DELETE n")
    assert not neo4j.can_bulk()
    with pytest.raises(StoreError, match="内置"):
        neo4j.bulk([("Subject", "a", {"id": "a"})], [])
    assert neo4j.read("MATCH (n) RETURN n") == []


def loader(path: Path, pause: float) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", LOADER, str(path), str(pause)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "half\n"
    return process


def test_the_loader_is_killed(embedded_dir: Path) -> None:
    with open_store(embedded_dir) as other:  # keeps the server alive, half-loaded
        with loader(embedded_dir, 600.0) as process:
            process.kill()
        time.sleep(0.5)
        with open_store(embedded_dir) as store:
            assert is_empty_with_schema(store)
            store.write("CREATE (:Subject {id: 'a'})")
        assert other.read("MATCH (n) RETURN n.id AS id") == [{"id": "a"}]
        with open_store(embedded_dir) as store:  # and not emptied once more
            assert store.read("MATCH (n) RETURN n.id AS id") == [{"id": "a"}]


def test_everything_is_killed(embedded_dir: Path) -> None:
    with loader(embedded_dir, 600.0) as process:
        process.kill()
        os.kill(json.loads((embedded_dir / "run" / "endpoint.json").read_text())["pid"], signal.SIGKILL)
    with open_store(embedded_dir) as store:
        assert is_empty_with_schema(store)
        assert not store.source.place.unfinished.exists()  # type: ignore[attr-defined]  # embedded


def test_java_is_killed_and_the_loader_is_told(embedded_dir: Path) -> None:
    with open_store(embedded_dir) as store, loader(embedded_dir, 1.0) as process:
        assert process.stdout is not None
        os.kill(store.endpoint.pid, signal.SIGKILL)
        assert "批量装载时中断" in process.stdout.readline()
        assert process.stdout.readline() == "[{'n': 0}]\n"
        assert is_empty_with_schema(store)

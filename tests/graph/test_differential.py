"""Both engines against trying everything: rows, counts and groups of random patterns with conditions."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from graph import cypher
from graph.store import Store
from tests.graph.patterns import TYPES, Graph, Pattern, random_graph, random_pattern

GRAPHS = 6
PATTERNS = 20


def put(store: Store, graph: Graph) -> None:
    store.write("UNWIND $rows AS row CREATE (n:Subject) SET n = row", rows=list(graph.nodes.values()))
    for kind in TYPES:
        rows = [{"a": e.first, "b": e.second, "p": e.properties} for e in graph.edges if e.kind == kind]
        store.write(
            "UNWIND $rows AS row MATCH (a:Subject {id: row.a}) MATCH (b:Subject {id: row.b}) "
            f"CREATE (a)-[r:{kind}]->(b) SET r = row.p",
            rows=rows,
        )


def agrees(store: Store, graph: Graph, pattern: Pattern) -> None:
    expected = Counter(pattern.matches(graph))
    nodes = ", ".join(f"{name}.id" for name in pattern.nodes)
    edges = ", ".join(f"r{i}.key" for i in range(len(pattern.hops)))
    rows = store.read(f"{pattern.text} RETURN [{nodes}] AS nodes, [{edges}] AS edges")
    found = Counter((tuple(row["nodes"]), tuple(row["edges"])) for row in rows)
    assert found == expected, pattern.text
    assert store.read(f"{pattern.text} RETURN count(*) AS n") == [{"n": expected.total()}], pattern.text
    groups = store.read(f"{pattern.text} RETURN n0.id AS id, count(*) AS n, count(DISTINCT r0) AS edges")
    by_start: dict[str, list[tuple[str, ...]]] = {}
    for (start, *_), taken in expected.elements():
        by_start.setdefault(start, []).append(taken)
    assert {row["id"]: (row["n"], row["edges"]) for row in groups} == {
        start: (len(ways), len({way[0] for way in ways})) for start, ways in by_start.items()
    }, pattern.text


@pytest.mark.parametrize("seed", range(GRAPHS))
def test_random_patterns_mean_the_same_everywhere(store: Store, seed: int) -> None:
    rng = random.Random(seed)
    graph = random_graph(rng)
    put(store, graph)
    matched = 0
    for _ in range(PATTERNS):
        pattern = random_pattern(rng)
        agrees(store, graph, pattern)
        matched += any(True for _ in pattern.matches(graph))
    assert matched > PATTERNS // 2  # the questions are not idle


def test_the_types_are_those_of_the_vocabulary() -> None:
    assert cypher.text("graph", "restore_relations", TYPE=TYPES)

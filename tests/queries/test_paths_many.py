"""K shortest and all paths, sets, spans of days, pairs: against every simple path there is; what must not join."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import combinations, pairwise, permutations

import pytest

from graph.errors import InputError
from graph.store import Store
from queries.paths import PathsAnswer, paths
from queries.paths_asked import PathsAsked, PathsQuestion
from queries.paths_pairs import paths_pairs
from tests.queries.graphs import Graph, Row, build, contact, firms, people, relation, subject

DAY = "2025-06-01"
Nodes = tuple[str, ...]


def _nodes(answer: PathsAnswer) -> list[Nodes]:
    return [tuple(node.id for node in path.nodes) for path in answer.paths]


def _small(rnd: random.Random, name: str) -> tuple[list[Row], list[Row], set[frozenset[str]]]:
    """Subjects, relations, and the pairs a walker may go between; ended, future and family relations join nobody."""
    ids = [f"{name}{letter}" for letter in "abcdefg"[: rnd.randint(4, 7)]]
    subjects = [subject(i, conducts=rnd.random() > 0.1) for i in ids]
    relations, near = [], set()
    for one, other in rnd.choices(list(permutations(ids, 2)), k=rnd.randint(4, 40)):
        kind = rnd.choice(["SHAREHOLDER", "GUARANTEES", "CONCERT", "KIN"])
        days = rnd.choice([{}, {}, {}, {"until": DAY}, {"since": "2025-06-02"}, {"since": DAY, "until": "2025-06-02"}])
        relations.append(relation(one, kind, other, **days))
        if kind != "KIN" and days.get("until") != DAY and days.get("since") != "2025-06-02":
            near.add(frozenset((one, other)))
    return subjects, relations, near


def _every(near: set[frozenset[str]], closed: set[str], a: set[str], b: set[str], hops: int) -> list[Nodes]:
    """All ways by length, then by ids: brute force over every order of every choice of subjects."""
    inside = sorted({i for pair in near for i in pair} - closed - a - b)
    found: list[Nodes] = [(i,) for i in a & b]
    for between in range(hops):
        for middle in permutations(inside, between):
            found += [
                (x, *middle, y)
                for x in a for y in b
                if x != y and all(frozenset(two) in near for two in _steps((x, *middle, y)))
            ]  # fmt: skip
    return sorted(found, key=lambda nodes: (len(nodes), nodes))


def _steps(nodes: Nodes) -> Iterable[tuple[str, str]]:
    return pairwise(nodes)


def test_against_every_simple_path_of_small_random_graphs(store: Store) -> None:
    rnd = random.Random(4)
    graphs = [_small(rnd, f"g{n:02}") for n in range(30)]
    build(store, Graph([s for g in graphs for s in g[0]], [r for g in graphs for r in g[1]]))
    longest = 0
    for subjects, _, near in graphs:
        ids = [row["id"] for row in subjects]
        closed = {row["id"] for row in subjects if row.get("conducts") is False}
        a, b = ({*rnd.sample(ids, rnd.choice([1, 1, 1, 2]))} for _ in range(2))
        hops, k = rnd.choice([1, 3, 6, 6]), rnd.randint(1, 8)
        wanted = _every(near, closed, a, b, hops)
        first = [nodes for nodes in wanted if len(nodes) == len(wanted[0])]
        case = (ids[0], a, b, hops, k)
        every = paths(store, sorted(a), sorted(b), as_of=DAY, max_hops=hops, every=True)
        assert (_nodes(every), every.complete) == (wanted, True), case
        several = paths(store, sorted(a), sorted(b), as_of=DAY, max_hops=hops, k=k)
        assert (_nodes(several), several.more) == (wanted[:k], len(wanted) > k), case
        assert _nodes(paths(store, sorted(a), sorted(b), as_of=DAY, max_hops=hops, most=99)) == first, case
        matrix = paths_pairs(store, ids, as_of=DAY, max_hops=hops)
        for pair, (x, y) in zip(matrix.pairs, combinations(ids, 2), strict=True):
            between = _every(near, closed, {x}, {y}, hops)
            got = tuple(node.id for node in pair.path.nodes) if pair.path else ()
            assert (pair.a.id, pair.b.id, got) == (x, y, next(iter(between), ())), case
        longest = max(longest, *(len(nodes) for nodes in wanted), 0)
    assert longest > 5


def test_longer_ways_parallel_relations_and_spans_of_days(store: Store) -> None:
    graph = Graph(
        [*people("pq"), *firms("abcdef")],
        [
            relation("p", "LEGAL_REP", "a"), relation("p", "SHAREHOLDER", "a", ratio=0.6),
            relation("p", "SHAREHOLDER", "b", until="2020-01-01"), relation("p", "DIRECTOR", "b"),
            relation("a", "SUPPLIES", "c"), relation("c", "SUPPLIES", "b"),
            relation("a", "CONCERT", "d"), relation("d", "CONCERT", "a"),
            relation("q", "DIRECTOR", "e", since="2010-01-01", until="2012-01-01"),
            relation("q", "DIRECTOR", "f", since="2015-01-01", until="2018-01-01"),
            relation("p", "KIN", "q"),
        ],
        contacts=[
            contact("e", "phone", "13900000001", until="2013-01-01"),
            contact("f", "phone", "13900000001", since="2013-01-01"),
            contact("c", "phone", "13900000002", until="2014-01-01"),
            contact("e", "phone", "13900000002", since="2013-06-01"),
        ],
    )  # fmt: skip
    build(store, graph)
    answer = paths(store, ["a"], ["b"], as_of=DAY, k=2)
    assert _nodes(answer) == [("a", "c", "b"), ("a", "p", "b")]
    first, second = answer.to_json()["paths"][1]["edges"]
    assert (first["type"], [other["type"] for other in first["also"]]) == ("LEGAL_REP", ["SHAREHOLDER"])
    assert (second["type"], "also" in second) == ("DIRECTOR", False)  # the holding has ended
    (twice,) = paths(store, ["a"], ["d"], as_of=DAY).to_json()["paths"][0]["edges"]
    assert "also" not in twice  # acting in concert, stored both ways, is one fact
    assert paths(store, ["e"], ["f"], as_of=DAY).paths == ()
    then = paths(store, ["e"], ["f"], as_of=DAY, span=("2011-12-31", "2015-01-01"))
    assert _nodes(then) == [("e", "q", "f")]
    assert [(e.since, e.until) for e in then.paths[0].edges] == [
        ("2010-01-01", "2012-01-01"),
        ("2015-01-01", "2018-01-01"),
    ]
    assert "不一定同时有效" in then.text
    assert then.to_json()["span"] == {"from": "2011-12-31", "to": "2015-01-01"}
    # The first day that no longer counts is outside; so is a contact given up before the other took it.
    for span in (("2012-01-01", "2016-01-01"), ("2011-01-01", "2014-12-31")):
        assert paths(store, ["e"], ["f"], as_of=DAY, span=span).paths == ()
    assert _nodes(paths(store, ["e"], ["f"], as_of=DAY, span=(None, None))) == [("e", "q", "f")]
    assert paths(store, ["c"], ["e"], as_of=DAY, span=("2014-01-01", None)).paths == ()
    assert _nodes(paths(store, ["c"], ["e"], as_of=DAY, span=("2013-12-31", None))) == [("c", "e")]


def test_what_is_cut_says_so_and_too_much_is_refused(store: Store) -> None:
    layers = [[f"{layer}{n}" for n in range(8)] for layer in "xyz"]
    ids = ["s", "t", *(i for layer in layers for i in layer)]
    steps = [("s", x) for x in layers[0]] + [(z, "t") for z in layers[2]]
    steps += [(x, y) for one, other in pairwise(layers) for x in one for y in other]
    many = [f"m{n}" for n in range(60)]
    hub = [relation("hub", "SHAREHOLDER", i) for i in (*many, *(f"n{n}" for n in range(60)))]
    graph = Graph(
        [*firms(ids), subject("hub"), *firms(many), *firms(f"n{n}" for n in range(60))],
        [*(relation(x, "SHAREHOLDER", y) for x, y in steps), *hub],
    )
    build(store, graph)
    every = paths(store, ["s"], ["t"], as_of=DAY, every=True, most=100)
    assert (len(every.paths), every.more, every.complete) == (100, True, False)
    assert len(paths(store, ["s"], ["t"], as_of=DAY, every=True).paths) == 8**3
    late = paths(store, ["s"], ["t"], as_of=DAY, k=3, seconds=0)
    assert (late.paths, late.complete) == ((), False)
    assert "中止" in late.text
    pairs = paths_pairs(store, many[:4], as_of=DAY)
    assert [pair.path for pair in pairs.pairs] == [None] * 6
    assert [(stop.subject.id, stop.reason) for stop in pairs.not_crossed] == [("hub", "fanout")]
    assert pairs.text == "6 对中 0 对有路径，6 对在 4 步之内没有；未穿过 1 个高连接或不传导的节点。"
    through = paths_pairs(store, many[:3], as_of=DAY, through_hubs=True)
    assert {pair.path and pair.path.nodes[1].id for pair in through.pairs} == {"hub"}
    asked = paths_pairs(store, [many[0], "hub", many[1]], as_of=DAY)  # an end of other pairs is no passage of this one
    assert [pair.path is not None for pair in asked.pairs] == [True, False, True]
    assert [stop.subject.id for stop in paths(store, ["hub"], ["s"], as_of=DAY).not_crossed] == []
    late_pairs = paths_pairs(store, many[:3], as_of=DAY, seconds=0)
    assert (late_pairs.complete, "3 对搜索中止" in late_pairs.text) == (False, True)


def test_what_cannot_be_asked() -> None:
    bad: list[PathsAsked] = [
        {"as_of": DAY, "k": 2, "every": True},
        {"as_of": DAY, "k": 0},
        {"as_of": DAY, "k": 1001},
        {"as_of": DAY, "every": True, "most": 1001},
        {"as_of": DAY, "span": ("2025-01-02", "2025-01-01")},
        {"as_of": DAY, "span": ("2026-01-01", None)},
        {"as_of": DAY, "span": ("2025-02-30", None)},
    ]
    for asked in bad:
        with pytest.raises(InputError):
            PathsQuestion.of(asked)


def test_sets_have_a_largest_size_and_pairs_one_path_each(arcadedb: Store) -> None:
    many = [f"m{n}" for n in range(51)]
    for one, other in ((many, ["a"]), (["a"], many)):
        with pytest.raises(InputError, match="过多"):
            paths(arcadedb, one, other, as_of=DAY)
    for some in (many, ["a"], ["a", "a"]):
        with pytest.raises(InputError):
            paths_pairs(arcadedb, some, as_of=DAY)
    more: list[PathsAsked] = [{"as_of": DAY, "k": 2}, {"as_of": DAY, "every": True}, {"as_of": DAY, "most": 2}]
    for asked in more:
        with pytest.raises(InputError):
            paths_pairs(arcadedb, ["a", "b"], **asked)

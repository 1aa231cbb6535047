"""Shortest evidence paths: what joins two subjects, and what must not."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from graph.errors import InputError, NotFoundError
from graph.store import Store
from queries.paths import PathsAnswer, paths
from tests.queries.graphs import Graph, build, contact, firms, people, relation, subject

DAY = "2025-06-01"


def _nodes(answer: PathsAnswer) -> list[tuple[str, ...]]:
    return [tuple(node.id for node in path.nodes) for path in answer.paths]


def test_all_shortest_paths_and_no_longer_one(store: Store) -> None:
    graph = Graph(
        [*people("pqr"), *firms("abc")],
        [
            relation("p", "DIRECTOR", "a"), relation("p", "LEGAL_REP", "b"),
            relation("q", "SUPERVISOR", "a"), relation("q", "DIRECTOR", "b"),
            relation("r", "DIRECTOR", "a"), relation("r", "DIRECTOR", "c"), relation("c", "SHAREHOLDER", "b"),
        ],
    )  # fmt: skip
    build(store, graph)
    answer = paths(store, ["a"], ["b"], as_of=DAY)
    assert _nodes(answer) == [("a", "p", "b"), ("a", "q", "b")]
    assert [(e.type, e.source, e.target) for e in answer.paths[0].edges] == [
        ("DIRECTOR", "p", "a"),
        ("LEGAL_REP", "p", "b"),
    ]
    assert answer.complete
    first = paths(store, ["a"], ["b"], as_of=DAY, most=1)
    assert _nodes(first) == [("a", "p", "b")]
    assert "部分" in first.text


def test_no_path_within_is_an_answer(store: Store) -> None:
    build(store, Graph(firms("abcde"), [relation(x, "SHAREHOLDER", y) for x, y in pairwise("abcd")]))
    near = paths(store, ["a"], ["d"], as_of=DAY, max_hops=2)
    assert (near.paths, near.complete, near.text) == ((), True, "2 步之内没有路径。")
    assert _nodes(paths(store, ["a"], ["d"], as_of=DAY, max_hops=3)) == [("a", "b", "c", "d")]
    assert paths(store, ["a"], ["e"], as_of=DAY, max_hops=9).paths == ()


def test_a_subject_in_both_sets_is_a_path_of_no_hop(store: Store) -> None:
    build(store, Graph(firms("ab"), [relation("a", "SHAREHOLDER", "b")]))
    answer = paths(store, ["a", "b"], ["b"], as_of=DAY)
    assert _nodes(answer) == [("b",)]
    assert answer.paths[0].edges == ()


def test_from_set_to_set(store: Store) -> None:
    build(store, Graph(firms("abcxyz"), [relation("a", "SHAREHOLDER", "x"), relation("y", "SHAREHOLDER", "c")]))
    assert _nodes(paths(store, ["a", "b", "c"], ["x", "y", "z"], as_of=DAY)) == [("a", "x"), ("c", "y")]


def test_ended_and_future_relations_join_nobody(store: Store) -> None:
    graph = Graph(
        firms("abc"),
        [relation("a", "SHAREHOLDER", "b", until=DAY), relation("a", "SHAREHOLDER", "c", since="2025-06-02")],
    )
    build(store, graph)
    assert paths(store, ["a"], ["b"], as_of=DAY).paths == ()
    assert paths(store, ["a"], ["c"], as_of=DAY).paths == ()
    assert _nodes(paths(store, ["a"], ["b"], as_of="2025-05-31")) == [("a", "b")]


def test_relatives_only_where_asked_for(store: Store) -> None:
    build(store, Graph(people("pq"), [relation("p", "KIN", "q", kin="sibling")]))
    assert paths(store, ["p"], ["q"], as_of=DAY).paths == ()
    assert _nodes(paths(store, ["p"], ["q"], as_of=DAY, types=["KIN"])) == [("p", "q")]


def test_possible_identities_only_where_asked_for(store: Store) -> None:
    build(store, Graph(people("pq"), [relation("p", "MAYBE_SAME", "q")]))
    assert paths(store, ["p"], ["q"], as_of=DAY).paths == ()
    assert _nodes(paths(store, ["p"], ["q"], as_of=DAY, types=["MAYBE_SAME"])) == [("p", "q")]


def test_only_the_types_asked_for(store: Store) -> None:
    build(store, Graph(firms("ab"), [relation("a", "SUPPLIES", "b")]))
    assert paths(store, ["a"], ["b"], as_of=DAY, types=["SHAREHOLDER"]).paths == ()
    assert paths(store, ["a"], ["b"], as_of=DAY, types=["CONTACT"]).paths == ()


def test_a_shared_contact_is_one_hop_with_its_masked_value(store: Store) -> None:
    graph = Graph(
        firms("abc"),
        contacts=[
            contact("a", "phone", "13900000001", since="2020-01-01"),
            contact("b", "phone", "13900000001", since="2021-01-01"),
            contact("c", "phone", "13900000001", until=DAY),
        ],
    )
    build(store, graph)
    answer = paths(store, ["a"], ["b"], as_of=DAY)
    (edge,) = answer.paths[0].edges
    assert (edge.type, edge.since, edge.via) == ("CONTACT", "2021-01-01", {"kind": "phone", "value": "139******01"})
    assert edge.record == "c.csv:a；c.csv:b"
    assert paths(store, ["a"], ["c"], as_of=DAY).paths == ()


def test_a_contact_of_too_many_joins_nobody_and_is_named(store: Store) -> None:
    many = [f"f{n}" for n in range(101)]
    build(store, Graph(firms(many), contacts=[contact(i, "address", "测试市样例路1号") for i in many]))
    answer = paths(store, ["f0"], ["f1"], as_of=DAY)
    assert answer.paths == ()
    (stop,) = answer.to_json()["not_crossed"]
    assert stop == {
        "contact": {"kind": "address", "value": "测试市样例路1号"},
        "reason": "fanout",
        "degree": 101,
    }
    assert _nodes(paths(store, ["f0"], ["f1"], as_of=DAY, through_hubs=True)) == [("f0", "f1")]


def test_hubs_are_ends_but_no_passage(store: Store) -> None:
    many = [f"f{n}" for n in range(101)]
    build(store, Graph([subject("hub"), *firms(many)], [relation("hub", "SHAREHOLDER", i) for i in many]))
    answer = paths(store, ["f0"], ["f1"], as_of=DAY)
    assert answer.paths == ()
    assert [(s.subject.id, s.reason, s.degree) for s in answer.not_crossed] == [("hub", "fanout", 101)]
    assert "未穿过 1 个" in answer.text
    assert _nodes(paths(store, ["f0"], ["hub"], as_of=DAY)) == [("f0", "hub")]
    assert _nodes(paths(store, ["f0"], ["f1"], as_of=DAY, through_hubs=True)) == [("f0", "hub", "f1")]


def test_what_does_not_conduct_is_no_passage(store: Store) -> None:
    graph = Graph(
        [*firms("ab"), subject("state", "government"), subject("fund", conducts=False)],
        [relation(x, "SHAREHOLDER", y) for x in ("state", "fund") for y in "ab"],
    )
    build(store, graph)
    answer = paths(store, ["a"], ["b"], as_of=DAY)
    assert answer.paths == ()
    assert {(s.subject.id, s.reason) for s in answer.not_crossed} == {("state", "conducts"), ("fund", "conducts")}


def test_length_equals_breadth_first_by_hand(store: Store) -> None:
    rnd = random.Random(5)
    ids = [f"n{n:02}" for n in range(40)]
    pairs = [(rnd.choice(ids), rnd.choice(ids)) for _ in range(55)]
    build(store, Graph(firms(ids), [relation(x, "SHAREHOLDER", y) for x, y in pairs]))
    near = {i: {y for x, y in pairs if x == i} | {x for x, y in pairs if y == i} for i in ids}
    for start, end in [rnd.sample(ids, 2) for _ in range(15)]:
        layers = [{start}]
        while end not in layers[-1] and len(layers) <= 6:
            layers.append({o for i in layers[-1] for o in near[i]})
        answer = paths(store, [start], [end], as_of=DAY, max_hops=6)
        lengths = {len(path.edges) for path in answer.paths}
        assert lengths == ({len(layers) - 1} if end in layers[-1] else set()), (start, end)


def test_bad_questions(store: Store) -> None:
    build(store, Graph(firms("ab")))
    with pytest.raises(InputError):
        paths(store, ["a"], ["b"], as_of=DAY, types=["FRIEND"])
    for hops in (0, 11):
        with pytest.raises(InputError):
            paths(store, ["a"], ["b"], as_of=DAY, max_hops=hops)
    with pytest.raises(InputError):
        paths(store, ["a"], ["b"], as_of="2025-02-30")
    with pytest.raises(NotFoundError):
        paths(store, ["a"], ["nobody"], as_of=DAY)

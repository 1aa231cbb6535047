"""What a search does not go through: hubs and subjects that do not conduct. They are ends all the same."""

from __future__ import annotations

from graph.store import Store
from queries.exposure import expose
from tests.queries.asking import DAY, near, stops
from tests.queries.graphs import Graph, build, firms, listing, relation, subject


def test_a_hub_is_not_crossed_but_named(store: Store) -> None:
    held = [f"f{n:03}" for n in range(101)]
    build(store, Graph([subject("hub"), *firms(held)], [relation("hub", "SHAREHOLDER", i, ratio=0.5) for i in held]))
    build(store, Graph(listings=[listing("L", "f000")]))
    answer = expose(store, "f001", as_of=DAY)
    assert (answer.exposures, stops(answer)) == ((), {("hub", "fanout", 101)})
    assert answer.complete
    # Asked for itself, and listed itself, it is an end.
    assert near(store, "hub") == {("L", 0.7, 1)}
    build(store, Graph(listings=[listing("H", "hub")]))
    assert near(store, "f001") == {("H", 0.8, 1)}


def test_at_the_cap_it_is_crossed(store: Store) -> None:
    held = [f"f{n:03}" for n in range(100)]
    # What is over, what carries nothing and who is only possibly the same do not count.
    idle = [
        relation("hub", "SHAREHOLDER", "x", ratio=0.5, until="2020-01-01"),
        relation("hub", "SHAREHOLDER", "x", ratio=0.01),
        relation("hub", "MAYBE_SAME", "x"),
        relation("hub", "KIN", "x"),
    ]
    rows = [relation("hub", "SHAREHOLDER", i, ratio=0.5) for i in held]
    build(store, Graph([subject("hub"), subject("x"), *firms(held)], [*rows, *idle], [listing("L", "f000")]))
    assert near(store, "f001") == {("L", 0.56, 2)}
    answer = expose(store, "f001", as_of=DAY, include_possible=True)
    assert stops(answer) == {("hub", "fanout", 101)}


def test_a_symmetric_relation_stored_twice_counts_once(store: Store) -> None:
    others = [f"f{n:03}" for n in range(99)]
    both = [relation("hub", "CONCERT", "z"), relation("z", "CONCERT", "hub", record="other.csv:1")]
    rows = [relation("hub", "SHAREHOLDER", i, ratio=0.5) for i in others]
    build(store, Graph([subject("hub"), subject("z"), *firms(others)], [*both, *rows], [listing("L", "f000")]))
    assert near(store, "z") == {("L", 0.42, 2)}


def test_a_subject_that_does_not_conduct_is_not_crossed_but_named(store: Store) -> None:
    for number, through in enumerate([subject("g", "government"), subject("c", conducts=False)]):
        a, b, name = f"a{number}", f"b{number}", through["id"]
        rows = [relation(name, "ACTUAL_CONTROLLER", a), relation(name, "ACTUAL_CONTROLLER", b)]
        build(store, Graph([through, *firms([a, b])], rows, [listing(f"L{number}", a)]))
        answer = expose(store, b, as_of=DAY)
        assert (answer.exposures, stops(answer)) == ((), {(name, "conducts", 2)})
        assert near(store, name) == {(f"L{number}", 0.8, 1)}


def test_a_stop_on_the_last_hop_is_not_named(store: Store) -> None:
    build(
        store, Graph([subject("g", "government"), *firms("ab")], [relation("g", "ACTUAL_CONTROLLER", i) for i in "ab"])
    )
    assert stops(expose(store, "a", as_of=DAY, hops=1)) == set()
    assert stops(expose(store, "a", as_of=DAY, hops=2)) == {("g", "conducts", 2)}

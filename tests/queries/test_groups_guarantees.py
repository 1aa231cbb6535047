"""Guarantee rings and chains: what stands in a circle, what does not, and what a chain comes to."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from graph.errors import InputError
from graph.store import Store
from queries.groups.guarantees import GuaranteeGroups, guarantee_groups
from queries.groups.reading import Reading
from queries.groups.rings import MOST, circles, mutual, rings
from queries.hops import OutOfTimeError
from tests.queries.graphs import Graph, Row, build, firms, relation

DAY = "2025-06-01"


def _gives(one: str, other: str, amount: float | None = None, **days: str) -> Row:
    return relation(one, "GUARANTEES", other, amount=amount, **days)


def _asked(store: Store, subject: str = "") -> GuaranteeGroups:
    return guarantee_groups(store, Reading.of(store, DAY), subject)


def _rings(found: GuaranteeGroups) -> list[str]:
    return ["".join(node.id[-1] for node in ring.way.nodes) for ring in found.rings]


def test_rings_are_those_of_an_independent_search() -> None:
    rnd = random.Random(3)
    for number in range(60):
        ids = [f"n{i}" for i in range(rnd.randint(2, 10))]
        near: dict[str, set[str]] = {i: set() for i in ids}
        for _ in range(rnd.randint(1, 18)):
            one, other = rnd.sample(ids, 2)
            near[one].add(other)
        graph = nx.DiGraph((a, b) for a, others in near.items() for b in others)
        every = {_turned(cycle) for cycle in nx.simple_cycles(graph) if 3 <= len(cycle) <= 8}
        found, whole = rings(near, lambda: None)
        assert ({*found}, len(found), whole) == (every, len(every), True), number
        assert {*mutual(near)} == {_turned(c) for c in nx.simple_cycles(graph, length_bound=2) if len(c) == 2}
        mine, _ = rings(near, lambda: None, "n1")
        assert {_turned(list(ring)) for ring in mine} == every
        through = ["n1" in ring for ring in mine]
        assert through == sorted(through, reverse=True)
        assert all(ring[0] == "n1" for ring in mine if "n1" in ring)


def _turned(cycle: list[str]) -> tuple[str, ...]:
    at = cycle.index(min(cycle))
    return (*cycle[at:], *cycle[:at])


def test_too_many_rings_are_cut_and_so_is_time() -> None:
    near = {f"n{i:02}": {f"n{j:02}" for j in range(12)} - {f"n{i:02}"} for i in range(12)}
    found, whole = rings(near, lambda: None)
    assert (len(found), whole, {len(ring) for ring in found}) == (MOST, False, {3})
    assert circles(near) == [set(near)]

    def late() -> None:
        raise OutOfTimeError

    assert rings(near, late) == ([], False)


MANY = [f"x{n:03}" for n in range(101)]


def _town() -> Graph:
    return Graph(
        firms(["ra", "rb", "rc", "rd", "ma", "mb", "ea", "eb", "ec", "ca", "cb", "cc", "cd", "hub", "ha", *MANY]),
        [
            # A ring of three and one of four in one circle.
            _gives("ra", "rb", 100), _gives("rb", "rc", 200), _gives("rc", "ra"),
            _gives("rc", "rd", 1), _gives("rd", "ra", 2),
            _gives("ma", "mb", 10), _gives("mb", "ma", 20),
            _gives("ea", "eb"), _gives("eb", "ec"), _gives("ec", "ea", until=DAY),
            _gives("ca", "cb", 5, title="连带责任保证"), _gives("ca", "cb", 7, since="2024-01-01"),
            _gives("cb", "cc"), _gives("ca", "cd", 3), _gives("cd", "cc", 0.25),
            _gives("ca", "ea", 9, since="2025-06-02"),
            *(_gives("hub", i, 1) for i in MANY), _gives("ha", "hub", 50), _gives(MANY[0], "ha", 60),
        ],
    )  # fmt: skip


def test_rings_mutual_guarantees_and_chains(store: Store) -> None:
    build(store, _town())
    _rings_of_three_and_four_in_one_circle(store)
    _what_is_no_ring(store)
    _chains_down_and_up(store)
    _a_guarantee_company_is_no_passage(store)
    every = _asked(store)
    assert _rings(every) == ["abca", "abcda"]
    assert [[n.id for n in one.way.nodes] for one in every.mutual] == [["ma", "mb", "ma"]]
    assert ([stop.subject.id for stop in every.not_crossed], every.down, every.complete) == (["hub"], None, True)
    late = guarantee_groups(store, Reading.of(store, DAY, seconds=0), "ra")
    assert (late.rings, late.complete) == ((), False)


def test_a_day_has_to_exist(arcadedb: Store) -> None:
    with pytest.raises(InputError):
        Reading.of(arcadedb, "2025-02-30")


def _rings_of_three_and_four_in_one_circle(store: Store) -> None:
    inside = _asked(store, "ra")
    assert _rings(inside) == ["abca", "abcda"]
    assert [ring.total.to_json() for ring in inside.rings] == [
        {"guarantees": 3, "amount": 300.0, "amount_unknown": 1},
        {"guarantees": 4, "amount": 303.0, "amount_unknown": 0},
    ]
    assert [[s.id for s in circle] for circle in inside.circles] == [["ra", "rb", "rc", "rd"]]
    assert (inside.mutual, inside.complete) == ((), True)
    beside = _asked(store, "rd")  # the ring of three is in its circle too, but after its own
    assert [(ring.through, len(ring.way.guarantees)) for ring in beside.rings] == [(True, 4), (False, 3)]
    assert [e["type"] for e in beside.rings[0].to_json()["path"]["edges"]] == ["GUARANTEES"] * 4


def _what_is_no_ring(store: Store) -> None:
    two = _asked(store, "mb")
    assert (two.rings, two.circles) == ((), ())
    assert [([n.id for n in one.way.nodes], one.total.amount) for one in two.mutual] == [(["mb", "ma", "mb"], 30.0)]

    ended = _asked(store, "ea")
    assert (ended.rings, ended.circles) == ((), ())
    assert ended.down is not None
    assert [way.nodes[-1].id for way in ended.down.members] == ["eb", "ec"]
    assert ended.down.total.to_json() == {"guarantees": 2, "amount": None, "amount_unknown": 2}


def _chains_down_and_up(store: Store) -> None:
    chain = _asked(store, "ca").to_json()
    assert {key: chain["down"][key] for key in ("number", "guarantees", "amount", "amount_unknown")} == {
        "number": 3, "guarantees": 5, "amount": 15.25, "amount_unknown": 1,
    }  # fmt: skip
    assert [(m["subject"]["id"], m["hops"]) for m in chain["down"]["members"]] == [("cb", 1), ("cd", 1), ("cc", 2)]
    first = chain["down"]["members"][0]["path"]["edges"][0]
    assert sorted([first["amount"], *(other["amount"] for other in first["also"])]) == [5.0, 7.0]
    assert (chain["up"]["number"], chain["up"]["amount"]) == (0, None)
    above = _asked(store, "cc").to_json()["up"]
    assert [m["subject"]["id"] for m in above["members"]] == ["cb", "cd", "ca"]
    assert above["members"][0]["path"]["edges"][0]["target"] == "cc"
    round_trip = _asked(store, "rb").to_json()["down"]  # what comes back to it is no debt of another
    assert (round_trip["number"], round_trip["guarantees"], round_trip["amount"]) == (3, 4, 203.0)


def _a_guarantee_company_is_no_passage(store: Store) -> None:
    stopped = _asked(store, "ha")
    assert stopped.rings == ()
    assert [(stop.subject.id, stop.reason, stop.degree) for stop in stopped.not_crossed] == [("hub", "fanout", 101)]
    assert [len(_asked(store, "hub").rings), _asked(store, "hub").not_crossed] == [1, ()]  # it may be asked about
    client = _asked(store, MANY[5]).to_json()["up"]  # who guarantees it is said, whatever else he guarantees
    assert [m["subject"]["id"] for m in client["members"]] == ["hub", "ha", MANY[0]]

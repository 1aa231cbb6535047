"""The same holdings read otherwise share nothing that was worked out of them."""

from __future__ import annotations

from queries.ownership.control import control
from queries.ownership.holdings import Holdings, Node
from queries.ownership.ways import Ways


def held_through_a_nominee() -> Holdings:
    """p holds all of R, that all of the nominee N, that 60 % of M."""
    known = Holdings("2026-06-01")
    for id, conducts in (("p", True), ("R", True), ("N", False), ("M", True)):
        known.nodes[id] = Node({"id": id, "kind": "person" if id == "p" else "enterprise", "name": id}, conducts)
    for holder, held, ratio in (("p", "R", 1.0), ("R", "N", 1.0), ("N", "M", 0.6)):
        known.add((holder, held), [{"type": "SHAREHOLDER", "ratio": ratio, "record": f"{holder}-{held}"}])
    return known


def test_ways_over_fewer_holdings_are_not_those_over_all() -> None:
    known = held_through_a_nominee()
    assert set(Ways(known, "M", up=True).reached) == {"M", "N", "R", "p"}
    fewer = known.opened()
    assert set(Ways(fewer, "M", up=True).reached) == {"M", "N"}
    assert set(Ways(known, "M", up=True).reached) == {"M", "N", "R", "p"}
    none = known.where(lambda stake: stake.held != "M", lambda edge: True)
    assert set(Ways(none, "M", up=True).reached) == {"M"}


def test_votes_over_fewer_holdings_are_not_those_over_all() -> None:
    known = held_through_a_nominee()
    assert set(control(known, "R").grips) == {"N"}
    assert known.votes_over("N") == {"R": 1.0}
    none = known.where(lambda stake: stake.held != "N", lambda edge: True)
    assert none.votes_over("N") == {}
    assert set(control(none, "R").grips) == set()


def test_holdings_that_nothing_is_left_out_of_are_the_same() -> None:
    known = held_through_a_nominee()
    known.nodes["N"] = Node({"id": "N", "kind": "enterprise"}, conducts=True)
    assert known.opened() is known

"""The tree around a subject: levels, what is cut and counted, shared holders, circles; on both stores."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from graph.errors import InputError, NotFoundError
from graph.store import Store
from queries.ownership.ground import Ground
from queries.ownership.reading import read_whole
from queries.ownership.tree import MOST_PER, tree
from tests.queries.graphs import Graph, Row, build, firms, listing, people, relation

DAY = "2026-06-01"


def holds(source: str, target: str, ratio: float | None = None, **more: object) -> Row:
    return relation(source, "SHAREHOLDER", target, ratio=ratio, **more)


def drawn(store: Store, id: str, **asked: Any) -> dict[str, Any]:
    """The answer, the same with the whole graph read before."""
    answer = tree(store, id, as_of=DAY, **asked).to_json()
    whole = Ground(read_whole(store, DAY))
    assert tree(store, id, as_of=DAY, ground=whole, **asked).to_json() == answer
    return answer


def levels(answer: dict[str, Any]) -> dict[str, int]:
    return {one["subject"]["id"]: one["level"] for one in answer["nodes"]}


def node(answer: dict[str, Any], id: str) -> dict[str, Any]:
    return next(one for one in answer["nodes"] if one["subject"]["id"] == id)


def edge(answer: dict[str, Any], source: str, target: str) -> dict[str, Any]:
    [found] = [one for one in answer["edges"] if (one["source"], one["target"]) == (source, target)]
    return dict(found)


def stubs(answer: dict[str, Any]) -> set[tuple[str, str, int]]:
    return {(one["parent"], one["side"], one["count"]) for one in answer["stubs"]}


def test_a_shared_holder_stands_once_and_every_stake_is_drawn(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*firms(["R", "H1", "H2", "T", "D1", "D2"]), *people(["P"])],
            relations=[
                *[holds("H1", "R", 0.6), holds("H2", "R", 0.4), holds("T", "H1", 1.0), holds("T", "H2", 0.5)],
                *[holds("T", "R", 0.0), holds("P", "T", 1.0)],
                *[holds("R", "D1", 0.8), holds("R", "D2", 0.3), holds("H1", "D2", 0.7), holds("D1", "D2", 0.0)],
            ],
        ),
    )
    answer = drawn(store, "R", up=2, down=2)
    assert levels(answer) == {"T": -1, "H1": -1, "H2": -1, "R": 0, "D1": 1, "D2": 1, "P": -2}
    assert {(one["source"], one["target"]) for one in answer["edges"]} == {
        ("H1", "R"), ("H2", "R"), ("T", "R"), ("T", "H1"), ("T", "H2"), ("P", "T"),
        ("R", "D1"), ("R", "D2"), ("H1", "D2"), ("D1", "D2"),
    }  # fmt: skip
    assert (node(answer, "T")["integrated"], node(answer, "P")["integrated"]) == (0.8, 0.8)
    assert (edge(answer, "T", "H1")["direct"], edge(answer, "T", "H1")["integrated"]) == (1.0, 0.8)
    assert (edge(answer, "R", "D1")["direct"], edge(answer, "R", "D1")["integrated"]) == (0.8, 0.8)
    assert not any(one["cycle"] for one in answer["edges"])
    assert (answer["stubs"], answer["left_out"], answer["complete"]) == ([], 0, True)


def test_control_is_marked_along_its_chain_and_nowhere_else(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*firms(["R", "H", "X", "D", "E"]), *people(["P", "Q", "Z"])],
            relations=[
                *[holds("P", "H", 0.9), holds("Q", "H", 0.1), holds("H", "R", 0.7), holds("X", "R", 0.3)],
                relation("Z", "ACTUAL_CONTROLLER", "R"),
                *[holds("R", "D", 0.51), holds("R", "E", 0.5)],
            ],
        ),
    )
    answer = drawn(store, "R")
    chain = {(one["source"], one["target"]) for one in answer["edges"] if one["control"]}
    assert chain == {("P", "H"), ("H", "R"), ("Z", "R"), ("R", "D")}
    assert {one["subject"]["id"] for one in answer["nodes"] if one["controls"]} == {"P", "H", "Z", "D"}
    declared = edge(answer, "Z", "R")
    assert (declared["direct"], declared["unknown"]) == (None, False)
    assert [one["type"] for one in declared["relations"]] == ["ACTUAL_CONTROLLER"]


def test_what_is_cut_is_counted_and_large_shares_and_control_come_first(store: Store) -> None:
    many = [f"S{n:02}" for n in range(30)]
    build(
        store,
        Graph(
            subjects=[*firms(["R", "C"]), *people([*many, "K"])],
            relations=[
                *[holds(id, "R", 0.001 * (n + 1)) for n, id in enumerate(many)],
                relation("K", "ACTUAL_CONTROLLER", "R"),
                *[holds("R", "C", 0.5), holds("S00", "C", 0.5)],
            ],
        ),
    )
    answer = drawn(store, "R", per=5)
    assert set(levels(answer)) == {"R", "K", "S29", "S28", "S27", "S26", "C"}
    assert stubs(answer) == {("R", "up", 26)}
    assert answer["left_out"] == 26
    # The other owner of a holding is no holding: neither drawn nor counted.
    assert "S00" not in levels(answer)
    assert stubs(drawn(store, "R", up=0, down=1)) == set()


def test_levels_end_where_they_are_asked_to_and_more_is_counted(store: Store) -> None:
    chain = ["A", "B", "C", "D", "E"]
    build(
        store,
        Graph(subjects=firms(chain), relations=[holds(a, b, 0.5) for a, b in pairwise(chain)]),
    )
    answer = drawn(store, "C", up=1, down=1)
    assert levels(answer) == {"B": -1, "C": 0, "D": 1}
    assert stubs(answer) == {("B", "up", 1), ("D", "down", 1)}
    assert levels(drawn(store, "A", up=2, down=8)) == {id: n for n, id in enumerate(chain)}


def test_circles_end_and_are_marked(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*firms(["A", "B", "C", "S"]), *people(["P"])],
            relations=[
                *[holds("A", "B", 0.6), holds("B", "C", 0.6), holds("C", "A", 0.2), holds("P", "A", 0.8)],
                *[holds("S", "S", 0.1), holds("P", "S", 0.9)],
            ],
        ),
    )
    answer = drawn(store, "A", up=8, down=8)
    assert set(levels(answer)) == {"A", "B", "C", "P"}
    assert len(answer["nodes"]) == 4
    assert {(one["source"], one["target"]) for one in answer["edges"] if one["cycle"]} == {
        ("A", "B"), ("B", "C"), ("C", "A"),
    }  # fmt: skip
    assert not node(answer, "P")["circle"]
    own = drawn(store, "S", up=3, down=3)
    assert (levels(own), edge(own, "S", "S")["cycle"]) == ({"P": -1, "S": 0}, True)


def test_unknown_shares_and_intervals_are_told_as_such(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*firms(["R", "H"]), *people(["A", "B", "C"])],
            relations=[
                holds("A", "R"),
                holds("B", "R", ratio_min=0.1, ratio_max=0.2),
                *[holds("H", "R", 0.5), holds("C", "H", 0.5)],
            ],
        ),
    )
    answer = drawn(store, "R")
    unknown, between, exact = (edge(answer, id, "R") for id in ("A", "B", "H"))
    assert (unknown["direct"], unknown["direct_max"], unknown["unknown"], unknown["exact"]) == (0.0, None, True, False)
    assert (between["direct"], between["direct_max"], between["unknown"], between["exact"]) == (0.1, 0.2, False, False)
    assert (exact["direct"], exact["direct_max"], exact["exact"]) == (0.5, 0.5, True)
    assert {one["subject"]["id"] for one in answer["nodes"] if one["at_least"]} == {"A", "B"}


def test_nothing_is_drawn_beyond_the_state_and_nobody_is_above_a_person(store: Store) -> None:
    state = {"id": "GOV", "kind": "government", "name": "乌有市国资委"}
    build(
        store,
        Graph(
            subjects=[*firms(["R", "U"]), state, *people(["P"])],
            relations=[holds("GOV", "R", 1.0), holds("U", "GOV", 0.1), holds("P", "U", 1.0)],
            listings=[
                listing("L1", "R", "SXBZXR"),
                listing("L2", "R", "XZXF", removed_on="2026-01-01", state="repaired"),
            ],
        ),
    )
    answer = drawn(store, "R", up=5)
    assert levels(answer) == {"GOV": -1, "R": 0}
    assert node(answer, "GOV")["stop"]
    assert [one["list"] for one in node(answer, "R")["listed"]] == ["SXBZXR"]
    assert levels(drawn(store, "P", up=3, down=1)) == {"P": 0, "U": 1}


def test_ended_stakes_are_not_drawn(store: Store) -> None:
    build(
        store,
        Graph(
            subjects=[*firms(["R"]), *people(["A", "B", "C"])],
            relations=[
                holds("A", "R", 0.4),
                holds("B", "R", 0.6, until="2026-06-01"),
                holds("C", "R", 0.6, since="2026-06-02"),
            ],
        ),
    )
    assert set(levels(drawn(store, "R"))) == {"A", "R"}


@pytest.mark.parametrize("wrong", [{"up": -1}, {"down": 9}, {"per": 0}, {"per": MOST_PER + 1}])
def test_numbers_out_of_range_are_refused(store: Store, wrong: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        tree(store, "R", as_of=DAY, **wrong)


def test_nobody_by_that_id(store: Store) -> None:
    with pytest.raises(NotFoundError):
        tree(store, "nobody", as_of=DAY)
    with pytest.raises(InputError):
        tree(store, "nobody", as_of="2026-02-30")

"""Exposure equals brute force on random graphs, on every store: scores, hops, paths, ties, stops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from graph.store import Store
from queries.exposure import ExposureAnswer, expose, expose_many
from queries.policy import read
from tests.oracle import Expected, Oracle
from tests.queries.graphs import Graph, build, firms, listing, relation
from tests.queries.random_graphs import POLICY, random_graph

# A day to come, so that nothing has ended by today; and a past one, asked as it was and as it is known today.
DAYS = {"future": (2099, False), "past": (2025, False), "replay": (2025, True)}


def _oracle(graph: Graph, year: int, replay: bool, possible: bool) -> Oracle:
    as_of = f"{year}-06-01"
    over = as_of if replay else max(as_of, date.today().isoformat())
    return Oracle(
        graph.subjects, graph.relations, graph.listings,
        policy=POLICY, as_of=as_of, hops=4 if possible else 3, possible=possible, over=over,
    )  # fmt: skip


def _together(graphs: Sequence[Graph]) -> Graph:
    return Graph(
        [row for graph in graphs for row in graph.subjects],
        [row for graph in graphs for row in graph.relations],
        [row for graph in graphs for row in graph.listings],
    )


def _plain(answer: ExposureAnswer) -> tuple[list[Expected], set[tuple[str, str, int]]]:
    exposures = [
        Expected(
            listing=e.listing.id,
            score=e.score,
            hops=e.hops,
            nodes=tuple(node.id for node in e.path.nodes),
            edges=tuple((x.type, x.source, x.target, x.record or "") for x in e.path.edges),
            possible=e.possible,
        )
        for e in answer.exposures
    ]
    return exposures, {(stop.subject.id, stop.reason, stop.degree) for stop in answer.not_crossed}


def _compare(store: Store, seeds: range, when: str) -> None:
    year, replay = DAYS[when]
    graphs = [random_graph(seed, year) for seed in seeds]
    build(store, _together(graphs))
    for possible in (False, True):
        asked: dict[str, Any] = {
            "as_of": f"{year}-06-01",
            "hops": 4 if possible else 3,
            "include_possible": possible,
            "replay": replay,
            "policy": read(POLICY),
        }
        answers = expose_many(store, [row["id"] for g in graphs for row in g.subjects], **asked)
        for graph in graphs:
            oracle = _oracle(graph, year, replay, possible)
            for row in graph.subjects:
                asked_for = row["id"]
                expected = (oracle.exposures(asked_for), oracle.not_crossed(asked_for))
                assert _plain(answers[asked_for]) == expected, (when, possible, asked_for)
            last = graph.subjects[-1]["id"]
            assert expose(store, last, **asked) == answers[last]


@pytest.mark.parametrize("when", DAYS)
def test_exposure_equals_brute_force_on_random_graphs(store: Store, when: str) -> None:
    _compare(store, range(50), when)


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("when", DAYS)
def test_exposure_equals_brute_force_on_many_random_graphs(store: Store, when: str, part: int) -> None:
    _compare(store, range(1000 + 50 * part, 1050 + 50 * part), when)


def test_products_that_rounding_makes_equal_are_a_tie(store: Store) -> None:
    # 0.500001 × 0.499999 = 0.249999999999 prints as 0.25, like 0.5 × 0.5: then the smaller id counts, here and
    # one relation further.
    rows = {"DIRECTOR": 0.500001, "EXECUTIVE": 0.499999, "SUPERVISOR": 0.5, "LEGAL_REP": 0.5}
    keeps = [{"relation": r, "direction": "forward", "min_ratio": None, "weight": w} for r, w in rows.items()]
    graph = Graph(
        firms(["listed", "a", "b", "near", "far"]),
        [
            relation("listed", "DIRECTOR", "a"), relation("a", "EXECUTIVE", "near"),
            relation("listed", "SUPERVISOR", "b"), relation("b", "SUPERVISOR", "near"),
            relation("near", "LEGAL_REP", "far"),
        ],
        [listing("L", "listed")],
    )  # fmt: skip
    build(store, graph)
    policy = read({**POLICY, "keeps": keeps})
    for asked, score, ids in (("near", 0.25, ("near", "a", "listed")), ("far", 0.125, ("far", "near", "a", "listed"))):
        (found,) = expose(store, asked, as_of="2025-06-01", policy=policy).exposures
        assert (found.score, tuple(node.id for node in found.path.nodes)) == (score, ids)


def test_a_search_that_grows_too_large_is_cut_and_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.spread.FRONT_AT_MOST", 2)
    rows = [relation(f"p{n}", "LEGAL_REP", "f") for n in range(3)] + [relation("p0", "LEGAL_REP", "g")]
    graph = Graph(firms(["f", "g", "p0", "p1", "p2"]), rows, [listing("L", "g"), listing("P", "p1")])
    build(store, graph)
    answer = expose(store, "f", as_of="2025-06-01")
    assert ({e.listing.id for e in answer.exposures}, answer.complete) == ({"P"}, False)
    assert "范围过大" in answer.cut


def test_the_random_graphs_hold_what_they_are_for() -> None:
    graphs = [random_graph(seed, 2099) for seed in range(50)]
    oracles = [(graph, _oracle(graph, 2099, False, True)) for graph in graphs]
    answers = [(o.exposures(s["id"]), o.not_crossed(s["id"])) for g, o in oracles for s in g.subjects]
    hops = {e.hops for exposures, _ in answers for e in exposures}
    assert hops == {1, 2, 3, 4}
    assert {reason for _, stops in answers for _, reason, _ in stops} == {"fanout", "conducts"}
    assert {e.possible for exposures, _ in answers for e in exposures} == {True, False}
    degrees = {degree for _, o in oracles for degree in o.degree.values()}
    assert {5, 6} <= degrees  # at the cap and one beyond

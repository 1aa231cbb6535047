"""Exposure equals brute force on random graphs, on every store: scores, hops, paths, ties, stops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.errors import InputError
from graph.snapshot import Snapshot
from graph.store import Store
from queries.exposure import ExposureAnswer, expose, expose_many
from queries.kernel_search import towards
from queries.kernel_view import declined
from queries.policy import read
from queries.question import Question
from queries.whole import propagated
from tests.oracle import Expected, Oracle
from tests.queries.graphs import Graph, Row, build, firms, listing, relation
from tests.queries.random_graphs import FINE, PLAIN, POLICY, random_graph
from tests.snapshots import snapshot_of

# A day to come, so that nothing has ended by today; and a past one, asked as it was and as it is known today.
DAYS = {"future": (2099, False), "past": (2025, False), "replay": (2025, True)}


def _oracle(graph: Graph, year: int, replay: bool, possible: bool, policy: Row = POLICY) -> Oracle:
    as_of = f"{year}-06-01"
    over = as_of if replay else max(as_of, date.today().isoformat())
    return Oracle(
        graph.subjects, graph.relations, graph.listings,
        policy=policy, as_of=as_of, hops=_hops(policy, possible), possible=possible, over=over,
    )  # fmt: skip


def _hops(policy: Row, possible: bool) -> int:
    return int(policy["max_hops"]) - (0 if possible or policy is FINE else 1)


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


def _compare(store: Store, seeds: range, when: str, folder: Path) -> None:
    """By Cypher, then by the kernel over a snapshot."""
    year, _ = DAYS[when]
    graphs = [random_graph(seed, year) for seed in seeds]
    build(store, _together(graphs))
    _compare_with(store, graphs, when, POLICY)
    with snapshot_of(store, folder / "s.snapshot") as snapshot:
        assert (bool(declined(read(POLICY))), declined(read(PLAIN)), declined(read(FINE))) == (True, "", "")
        _compare_with(store, graphs, when, PLAIN)
        _compare_with(store, graphs, when, FINE)
        _compare_whole(snapshot, graphs, when)


def _compare_with(store: Store, graphs: Sequence[Graph], when: str, policy: Row) -> None:
    year, replay = DAYS[when]
    for possible in (False, True):
        asked: dict[str, Any] = {
            "as_of": f"{year}-06-01",
            "hops": _hops(policy, possible),
            "include_possible": possible,
            "replay": replay,
            "policy": read(policy),
        }
        answers = expose_many(store, [row["id"] for g in graphs for row in g.subjects], **asked)
        for graph in graphs:
            oracle = _oracle(graph, year, replay, possible, policy)
            for row in graph.subjects:
                asked_for = row["id"]
                expected = (oracle.exposures(asked_for), oracle.not_crossed(asked_for))
                assert _plain(answers[asked_for]) == expected, (when, possible, asked_for)
            last = graph.subjects[-1]["id"]
            assert expose(store, last, **asked) == answers[last]


def _compare_whole(snapshot: Snapshot, graphs: Sequence[Graph], when: str) -> None:
    """Everybody's nearest listing at once is the first of everybody's exposures, and nobody else has a row."""
    year, replay = DAYS[when]
    question = Question.of({"as_of": f"{year}-06-01", "hops": 3, "replay": replay, "policy": read(PLAIN)})
    rows = {row["subject"]: row for row in propagated(snapshot, question).to_dict("records")}
    expected: dict[str, Expected] = {}
    for graph in graphs:
        oracle = _oracle(graph, year, replay, False, PLAIN)
        expected |= {row["id"]: found[0] for row in graph.subjects if (found := oracle.exposures(row["id"]))}
    assert {i: (r["listing"], r["score"], r["hops"], tuple(r["path"])) for i, r in rows.items()} == {
        i: (e.listing, e.score, e.hops, e.nodes) for i, e in expected.items()
    }


@pytest.mark.parametrize("when", DAYS)
def test_exposure_equals_brute_force_on_random_graphs(store: Store, tmp_path: Path, when: str) -> None:
    _compare(store, range(50), when, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("when", DAYS)
def test_exposure_equals_brute_force_on_many_random_graphs(store: Store, tmp_path: Path, when: str, part: int) -> None:
    _compare(store, range(1000 + 50 * part, 1050 + 50 * part), when, tmp_path)


# 0.500001 × 0.499999 = 0.249999999999 prints as 0.25, like 0.5 × 0.5.
ALIKE = {"DIRECTOR": 0.500001, "EXECUTIVE": 0.499999, "SUPERVISOR": 0.5, "LEGAL_REP": 0.5}
ALIKE_KEEPS = [{"relation": r, "direction": "forward", "min_ratio": None, "weight": w} for r, w in ALIKE.items()]


def _two_ways() -> Graph:
    return Graph(
        firms(["listed", "a", "b", "near", "far"]),
        [
            relation("listed", "DIRECTOR", "a"), relation("a", "EXECUTIVE", "near"),
            relation("listed", "SUPERVISOR", "b"), relation("b", "SUPERVISOR", "near"),
            relation("near", "LEGAL_REP", "far"),
        ],
        [listing("L", "listed")],
    )  # fmt: skip


def test_products_that_rounding_makes_equal_are_a_tie(store: Store) -> None:
    # Then the smaller id counts, here and one relation further.
    build(store, _two_ways())
    policy = read({**POLICY, "keeps": ALIKE_KEEPS})
    for asked, score, ids in (("near", 0.25, ("near", "a", "listed")), ("far", 0.125, ("far", "near", "a", "listed"))):
        (found,) = expose(store, asked, as_of="2025-06-01", policy=policy).exposures
        assert (found.score, tuple(node.id for node in found.path.nodes)) == (score, ids)


def test_what_only_rounding_makes_equal_the_kernel_leaves_to_cypher(store: Store, tmp_path: Path) -> None:
    build(store, _two_ways())
    question = Question.of({"as_of": "2025-06-01", "policy": read({**FINE, "keeps": ALIKE_KEEPS})})
    with snapshot_of(store, tmp_path / "s.snapshot") as snapshot:
        assert [found.asked for found in towards(snapshot, ["near", "a"], question)] == ["a"]
        (found,) = expose(store, "near", as_of="2025-06-01", policy=question.policy).exposures
        assert (found.score, [node.id for node in found.path.nodes]) == (0.25, ["near", "a", "listed"])
        with pytest.raises(InputError, match="策略太细"):
            propagated(snapshot, question)


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

"""All peers answer alike on the smallest graph, brute force among them; and a wrong one is found and named."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench import limits
from bench.generate import SCALES, make
from bench.peers.arrays import Arrays, prepare
from bench.peers.gate import Known, judged
from bench.peers.page import Results, draw, page, save
from bench.peers.protocol import Shares, Whole
from bench.peers.reference import Reference
from bench.peers.seats import Apart
from bench.peers.suite import Wanted, run
from bench.peers.workloads import workloads
from graph.errors import NotFoundError
from graph.names import name_key
from graph.store import Store, open_store
from tests.queries.graphs import Graph, build

LIBRARIES = {"NetworkX", "rustworkx", "igraph", "DuckDB, joined hop by hop", "DuckDB, recursive", "NumPy/SciPy"}
PRODUCT = {"Xinmai, kernel", "Xinmai, kernel, whole answer", "Xinmai, Cypher on ArcadeDB", "Cypher on ArcadeDB, naive"}
Row = dict[str, Any]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("xs")
    make(folder, SCALES["XS"])
    return folder


@pytest.fixture(scope="module")
def arrays(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Arrays:
    return prepare(package, tmp_path_factory.mktemp("arrays"))


@pytest.fixture(scope="module")
def small(package: Path) -> Reference:
    return Reference(package)


@pytest.fixture(scope="module")
def embedded(package: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A store of its own with the graph in it, which ends with the module."""
    folder = tmp_path_factory.mktemp("store")
    graph = rows(package)
    with open_store(folder) as store:
        nodes = [("Subject", row["id"], row) for row in graph.subjects]
        nodes += [("Listing", row["id"], without(row, "of")) for row in graph.listings]
        links = [(r["type"], r["source"], r["target"], without(r, "type", "source", "target")) for r in graph.relations]
        store.bulk(nodes, [*links, *(("LISTED", row["of"], row["id"], {}) for row in graph.listings)])
        yield str(folder)


@pytest.fixture(scope="module")
def neo4j_url(package: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The session's Neo4j with the graph in it; "" where there is none."""
    try:
        server = request.getfixturevalue("neo4j_process")
    except pytest.skip.Exception:
        yield ""
        return
    store: Store = request.getfixturevalue("neo4j")
    store.write("MATCH (n) DETACH DELETE n")
    build(store, rows(package))
    yield server.url
    store.write("MATCH (n) DETACH DELETE n")


@pytest.fixture(scope="module")
def results(package: Path, embedded: str, neo4j_url: str, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return run(
        Wanted(
            scale="XS", scratch=tmp_path_factory.mktemp("run"), data=package, store=embedded, neo4j=neo4j_url,
            peers=() if neo4j_url else ("arcadedb", "kernel", *LIBRARIES),
            apart=False, threads=(1,), rounds=0, compared=2,
        )
    )  # fmt: skip


def test_nobody_is_wrong_and_nobody_is_missing(results: Results, neo4j_url: str) -> None:
    assert results.wrong == []
    assert set(results.missing) == (set() if neo4j_url else {"Xinmai, Cypher on Neo4j"})
    ran = {row.peer for row in results.rows}
    assert ran == LIBRARIES | PRODUCT | ({"Xinmai, Cypher on Neo4j"} if neo4j_url else set())


def test_every_workload_was_compared_with_brute_force_and_timed(results: Results) -> None:
    assert {row.workload for row in results.rows} == {"B2", "B3", "B4", "B4b", "B5", "B6", "B6b", "B7", "B8", "B9"}
    assert all(row.p50 > 0 and row.cold > 0 for row in results.rows)
    assert {row.checked.split(" by ")[-1] for row in results.rows if row.workload != "B9"} == {"brute force"}
    assert {row.group for row in results.rows if row.workload == "B4"} == {"random", "beside hubs", "hubs"}


def test_who_has_no_row_has_a_reason(results: Results) -> None:
    assert all(why for _, _, why in results.left_out)
    assert not [one for one in results.left_out if "Traceback" in one[2] or "Error" in one[2]]


def test_results_are_written_as_json_and_as_a_page(results: Results, tmp_path: Path) -> None:
    save(results, tmp_path / "peers.json")
    told = json.loads((tmp_path / "peers.json").read_text(encoding="utf-8"))
    assert {row["peer"] for row in told["rows"]} == {row.peer for row in results.rows}
    assert told["limits"]["read"] > 0
    text = page(results)
    assert all(f"| {row.peer} |" in text for row in results.rows)
    assert all(why in text for _, _, why in results.left_out)


def test_pictures_are_drawn_or_their_absence_is_said(
    results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    few = Results(results.about, results.limits, rows=results.rows[:2])
    (drawn,) = draw(few, tmp_path)
    assert "<svg" in drawn.read_text(encoding="utf-8")
    monkeypatch.setattr("bench.peers.page.find_spec", lambda name: None)
    assert draw(few, tmp_path) == []
    assert "NO PICTURES" in capsys.readouterr().err


def test_faster_than_memory_is_told_as_a_fault(results: Results) -> None:
    row = replace(results.rows[0], p50=1e-9, ceiling=1.0)
    told = page(Results(results.about, results.limits, rows=[row]))
    assert "FAULT OF THE BENCHMARK" in told
    assert "FAULT OF THE BENCHMARK" not in page(results)


def test_a_wrong_answer_is_found_whatever_it_is_about(arrays: Arrays, small: Reference) -> None:
    for workload in workloads(arrays, "XS"):
        if workload.work in WRONG:
            questions = workload.questions[:3]
            answers = {"a fool": [WRONG[workload.work]] * len(questions)}
            verdict = judged(Known(arrays, workload.work, small), questions, answers)
            assert set(verdict.wrong) == {"a fool"}, workload


def test_two_who_agree_outvote_one_where_nobody_knows(arrays: Arrays) -> None:
    right, wrong = {"l1": (0.5, 1, ("a", "b"))}, {"l1": (0.5, 1, ("a", "c"))}
    answers = {"one": [right], "two": [right], "three": [wrong]}
    assert set(judged(Known(arrays, "exposure", None), [("a",)], answers).wrong) == {"three"}
    alone = judged(Known(arrays, "exposure", None), [("a",)], {"one": [right]})
    assert (alone.wrong, alone.checked) == ({}, 0)
    kin = {"one": "the same", "two": "the same"}
    assert judged(Known(arrays, "exposure", None, kin), [("a",)], answers).checked == 0


def test_a_peer_works_the_same_in_a_process_of_its_own(package: Path, arrays: Arrays, tmp_path: Path) -> None:
    from bench.peers.by_arrays import Plain  # noqa: PLC0415
    from bench.peers.protocol import NotOfferedError, Place  # noqa: PLC0415

    seat = Apart(Plain, Place(package, arrays.folder, tmp_path, "XS", 1))
    try:
        here = Plain(Place(package, arrays.folder, tmp_path, "XS", 1))
        here.load()
        answer, took = seat.ask("circles", ())
        assert answer == here.circles()
        assert took > 0
        assert seat.megabytes() > 0
        assert len(seat.time("whole", [()], 1.0)) == 1
        with pytest.raises(NotOfferedError):
            seat.ask("exposure", (arrays.ids[0],))
    finally:
        seat.leave()


def test_an_unknown_subject_is_not_answered_as_one_without_exposures(arrays: Arrays, embedded: str) -> None:
    from bench.peers.by_kernel import Kernel  # noqa: PLC0415
    from bench.peers.protocol import Place  # noqa: PLC0415

    with closing(Kernel(Place(arrays.folder, arrays.folder, arrays.folder, "XS", 1, embedded))) as peer:
        peer.load()
        with pytest.raises(NotFoundError):
            peer.exposure("nobody")
        with pytest.raises(NotFoundError):
            peer.exposures([arrays.ids[0], "nobody"])
        assert len(peer.exposures(arrays.ids[:3])) == 3


def test_limits_of_the_machine_are_plausible() -> None:
    found = limits.measure(3_600, quick=True)
    assert 0.1 < found.read < 1_000
    assert 0 < found.gather_here <= 2 * found.gather
    assert found.streamed(1e9) == pytest.approx(1_000 / found.read)


NOBODY = np.zeros(0, dtype=np.int64)
WRONG: dict[str, Any] = {
    "degrees": {},
    "around": [[], [], ["nobody"]],
    "exposure": {"l9999999": (1.0, 1, ("a", "b"))},
    "whole": Whole(np.zeros(4_000), np.zeros(4_000, dtype=np.uint8)),
    "shares": Shares(NOBODY, NOBODY, np.zeros(0)),
    "path": ("a", "b", "c", "d", "e", "f"),
    "circles": [],
}


def rows(package: Path) -> Graph:
    """As a load would have them."""
    subjects = [{**row, "name_key": name_key(row["name"])} for row in table(package, "subjects")]
    relations = [
        {**row, **({"ratio": float(row["ratio"])} if "ratio" in row else {})} for row in table(package, "relations")
    ]
    listings = [{**without(row, "subject"), "of": row["subject"]} for row in table(package, "listings")]
    return Graph(subjects, relations, listings)


def table(package: Path, name: str) -> list[Row]:
    with (package / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value for key, value in row.items() if value} for row in csv.DictReader(file)]


def without(row: Row, *names: str) -> Row:
    return {key: value for key, value in row.items() if key not in names}

"""The whole-graph job on a Spark cluster: the same exposures as brute force, and nobody else's."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml

from graph import snapshot_build
from graph.errors import InputError
from graph.snapshot import Snapshot
from graph.store import Store
from queries import propagated, spark, spark_input, whole
from queries.policy import read, shipped
from queries.question import Question
from queries.spark_scale import Scale
from queries.stamp import stamp
from tests.conftest import EMPTY
from tests.oracle import Oracle
from tests.queries.graphs import Graph, build, firms, listing, people, relation, subject
from tests.queries.random_graphs import POLICY, random_graph
from tests.queries.spark_session import cluster, needed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).parent.parent.parent
Exposed = dict[str, tuple[Any, ...]]

# Products of 31 decimals, which Spark multiplies as its longest numbers, and scores that only rounding makes equal;
# of 14, which are rounded but fit into a machine's integers; of 8, which never are.
ROUNDED = {**POLICY, "severity": {"SXBZXR": 1, "YZWF": 0.9, "OFAC_SDN": 0.4}, "keeps": [
    {**keep, "weight": round(keep["weight"], 3)} for keep in POLICY["keeps"]
]}  # fmt: skip
POLICIES: dict[str, Mapping[str, Any]] = {
    "longest": POLICY, "rounded": ROUNDED, "shipped": {**shipped().to_json(), "fanout_cap": 5},
}  # fmt: skip


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """One cluster for all tests."""
    needed()
    with cluster(tmp_path_factory.mktemp("cluster")) as running:
        yield running


def together(graphs: Sequence[Graph]) -> Graph:
    return Graph(
        [row for graph in graphs for row in graph.subjects],
        [row for graph in graphs for row in graph.relations],
        [row for graph in graphs for row in graph.listings],
    )


def write(graph: Graph, folder: Path) -> str:
    """A graph as the job reads it."""
    folder.mkdir()
    listings = [{**row, "subject": row["of"]} for row in graph.listings]
    for name, rows in (("subjects", graph.subjects), ("relations", graph.relations), ("listings", listings)):
        spark_input.write_table(folder / f"{name}.parquet", name, spark_input.chunked(name, iter(rows)))
    return str(folder)


def exposed(folder: Path) -> Exposed:
    """What was written, by subject: score, hops, listing, listed subject, band, path."""
    return told(pd.read_parquet(folder))


def told(found: pd.DataFrame) -> Exposed:
    """The same of a table in memory."""
    assert tuple(found.columns) == propagated.COLUMNS
    assert set(found["class"]) <= {"ALERT"}
    subjects = list(found["subject"])
    assert subjects == sorted(set(subjects))  # one row each, in order
    rows = zip(found.score, found.hops, found.listing, found.listed_subject, found.band, found.path, strict=True)
    return {one: (*row[:5], tuple(row[5])) for one, row in zip(subjects, rows, strict=True)}


def brute(graphs: Sequence[Graph], policy: Mapping[str, Any], asked: Mapping[str, Any]) -> Exposed:
    """The first exposure of every subject that has one."""
    as_of, found = asked["as_of"], Exposed()
    over = as_of if asked.get("replay") else max(as_of, date.today().isoformat())
    bands = read(policy).band
    for graph in graphs:
        oracle = Oracle(
            graph.subjects, graph.relations, graph.listings, policy=policy, as_of=as_of, hops=asked["hops"],
            possible=asked.get("include_possible", False), over=over,
        )  # fmt: skip
        for row in graph.subjects:
            for best in oracle.exposures(row["id"])[:1]:
                band = bands(Decimal(str(best.score)))
                found[row["id"]] = (best.score, best.hops, best.listing, best.nodes[-1], band, best.nodes)
    return found


CASES: dict[str, dict[str, Any]] = {
    "longest": {"as_of": "2025-06-01", "hops": 3, "replay": True, "include_possible": True},
    "rounded": {"as_of": "2099-06-01", "hops": 4, "include_possible": True},
    "shipped": {"as_of": "2025-06-01", "hops": 4},
}


def compare(session: SparkSession, folder: Path, graphs: Sequence[Graph], policy: str) -> Exposed:
    """What the job finds of graphs, which is what brute force finds of each."""
    question = Question.of({**CASES[policy], "policy": read(POLICIES[policy])})  # type: ignore[typeddict-item]
    expected = brute(graphs, POLICIES[policy], CASES[policy])
    count = spark.run(session, write(together(graphs), folder / "in"), str(folder / "out"), question)
    found = exposed(folder / "out")
    assert found == expected
    assert count == len(expected)
    return found


def randoms(seeds: range, policy: str) -> list[Graph]:
    return [random_graph(seed, int(CASES[policy]["as_of"][:4])) for seed in seeds]


def near_the_listed() -> Graph:
    """Nobody in it may be told but the hub, the body and the office, through which nothing goes."""
    crowd = [f"c{n}" for n in range(6)]
    names = ["listed", "ended", "later", "kin", "maybe", "off", "hub", "behind hub", "behind body", "behind office"]
    return Graph(
        [
            *firms([*names, *crowd, "lifted", "near lifted", "paused", "near paused"]),
            subject("body", conducts=False), subject("office", "government"),
        ],
        [
            relation("listed", "BRANCH_OF", "ended", until="2025-06-01"),
            relation("listed", "BRANCH_OF", "later", since="2025-06-02"),
            relation("listed", "KIN", "kin"), relation("listed", "MAYBE_SAME", "maybe"),
            relation("listed", "SHAREHOLDER", "off", ratio=0.04),
            *[relation("hub", "BRANCH_OF", one) for one in [*crowd, "listed", "behind hub"]],
            relation("body", "BRANCH_OF", "listed"), relation("body", "BRANCH_OF", "behind body"),
            relation("office", "MANAGES", "listed"), relation("office", "MANAGES", "behind office"),
            relation("lifted", "BRANCH_OF", "near lifted"), relation("paused", "BRANCH_OF", "near paused"),
        ],
        [
            listing("L", "listed"), listing("R", "lifted", removed_on="2025-06-01"),
            listing("P", "paused", events=["2025-05-01 suspended e.csv:1"]),
        ],
    )  # fmt: skip


def listed_among_listed() -> Graph:
    """The heaviest at b and c is a's own listing; a must be told of z, which lies behind them."""
    return Graph(
        firms(["a", "b", "c", "z"]),
        [relation(x, "BRANCH_OF", y) for x, y in (("a", "b"), ("b", "c"), ("c", "a"), ("c", "z"))],
        [listing("A", "a"), listing("A2", "a", "XZXF"), listing("Z", "z", "SWD")],
    )


def tied() -> Graph:
    """0.500001 × 0.499999 prints as 0.25, like 0.5 × 0.5."""
    return Graph(
        firms(["listed", "t1", "t2", "near", "far"]),
        [
            relation("listed", "DIRECTOR", "t2"), relation("t2", "EXECUTIVE", "near"),
            relation("listed", "CONCERT", "t1"), relation("t1", "CONCERT", "near"),
            relation("near", "LEGAL_REP", "far"),
        ],
        [listing("L", "listed")],
    )  # fmt: skip


def test_everybodys_exposure_equals_brute_force(session: SparkSession, tmp_path: Path) -> None:
    found = compare(session, tmp_path, [*randoms(range(120), "longest"), tied()], "longest")
    assert {row[1] for row in found.values()} == {1, 2, 3}
    # Of what rounding makes equal the smaller id counts, here and one relation further.
    assert found["near"] == (0.25, 2, "L", "listed", "low", ("near", "t1", "listed"))
    assert found["far"] == (0.25, 3, "L", "listed", "low", ("far", "near", "t1", "listed"))


def test_by_the_shipped_policy_and_its_command_line_as_the_kernel_does(
    session: SparkSession, arcadedb: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graphs = [*randoms(range(120), "shipped"), near_the_listed(), listed_among_listed()]
    snapshot = exported(arcadedb, together(graphs), tmp_path)
    source, target, policy = str(tmp_path / "in"), tmp_path / "out", tmp_path / "policy.yaml"
    policy.write_text(yaml.safe_dump(POLICIES["shipped"]), encoding="utf-8")
    words = ["--input", source, "--output", str(target), "--as-of", "2025-06-01", "--policy", str(policy)]
    assert spark.main(words) == 0
    assert session.range(1).count() == 1  # it was there before, and still is
    expected, found = brute(graphs, POLICIES["shipped"], CASES["shipped"]), exposed(target)
    assert found == expected
    question = Question.of({**CASES["shipped"], "policy": read(POLICIES["shipped"])})  # type: ignore[typeddict-item]
    assert told(whole.propagated(snapshot, question)) == expected
    assert capsys.readouterr().out == f"2025-06-01：{len(found)} 个主体存在关联提示，已写入 {target}\n"
    mine = {row["id"] for row in near_the_listed().subjects}
    assert mine & set(found) == {"hub", "body", "office"}
    assert {one: (found[one][2], found[one][5]) for one in "abcz"} == {
        "a": ("Z", ("a", "c", "z")), "b": ("A", ("b", "a")), "c": ("A", ("c", "a")), "z": ("A", ("z", "c", "a")),
    }  # fmt: skip
    # Asked again: what was written stays.
    assert spark.main(words) == 2
    assert "不能已存在" in capsys.readouterr().err
    assert exposed(target) == found


@pytest.mark.long
@pytest.mark.parametrize("policy", CASES)
@pytest.mark.parametrize("part", range(4))
def test_everybodys_exposure_equals_brute_force_on_many_graphs(
    session: SparkSession, tmp_path: Path, policy: str, part: int
) -> None:
    compare(session, tmp_path, randoms(range(2000 + 500 * part, 2500 + 500 * part), policy), policy)


def test_a_store_goes_out_as_it_is(store: Store, tmp_path: Path) -> None:
    graph = together(randoms(range(20), "shipped"))
    build(store, graph)
    written = spark_input.export(store, tmp_path / "store")
    assert [written.subjects, written.relations, written.listings] == [
        len(part) for part in (graph.subjects, graph.relations, graph.listings)
    ]
    assert rows_of(tmp_path / "store") == rows_of(Path(write(graph, tmp_path / "graph")))
    with pytest.raises(InputError, match="已有导出的文件"):
        spark_input.export(store, tmp_path / "store")


def exported(store: Store, graph: Graph, folder: Path) -> Snapshot:
    """A graph that went through an empty store and its snapshot into the directory `in`; the snapshot."""
    store.write(EMPTY)
    build(store, graph)
    snapshot_build.build(store, folder / "graph.snapshot", stamp(store))
    store.snapshot = snapshot = Snapshot.open(folder / "graph.snapshot")
    try:
        spark_input.export(store, folder / "in")
    finally:
        store.snapshot = None
    return snapshot


def rows_of(folder: Path) -> dict[str, list[str]]:
    """The rows of all tables, in no order; an empty list of events is none."""
    return {
        name: sorted(repr({**row, "events": row.get("events") or None}) for row in pq.read_table(path).to_pylist())
        for name in spark_input.TABLES
        for path in [folder / f"{name}.parquet"]
    }


def test_a_snapshot_gives_the_same_tables_as_its_store(store: Store, tmp_path: Path) -> None:
    exported(store, together(randoms(range(20), "shipped")), tmp_path)
    spark_input.export(store, tmp_path / "store")
    assert rows_of(tmp_path / "in") == rows_of(tmp_path / "store")
    for name in spark_input.TABLES:
        both = [pq.read_schema(tmp_path / of / f"{name}.parquet") for of in ("store", "in")]
        assert both[0] == both[1]


def test_nothing_of_a_person_goes_out(store: Store, tmp_path: Path) -> None:
    number = "999999199001011237"
    build(store, Graph(people(["p"]), [], [listing("L", "p", reason=number)]))
    store.write("MATCH (n:Subject) SET n.id_number = $number, n.name = '乌有人'", number=number)
    spark_input.export(store, tmp_path / "in")
    told = "".join(pd.read_parquet(tmp_path / "in" / f"{name}.parquet").to_csv() for name in spark_input.TABLES)
    assert "1990" not in told
    assert "乌有人" not in told


def test_a_job_that_cannot_be_done_says_what_is_missing(session: SparkSession, tmp_path: Path) -> None:
    graph = Graph(firms(["a", "b"]), [relation("a", "BRANCH_OF", "b")], [listing("L", "a")])
    source, question = Path(write(graph, tmp_path / "in")), Question.of({"as_of": "2025-06-01"})
    pd.read_parquet(source / "relations.parquet").drop(columns="until").to_parquet(source / "relations.parquet")
    with pytest.raises(InputError, match="列齐全"):
        spark.run(session, str(source), str(tmp_path / "other"), question)
    (source / "relations.parquet").unlink()
    with pytest.raises(InputError, match="输入目录要有"):
        spark.run(session, str(source), str(tmp_path / "other"), question)
    assert not (tmp_path / "other").exists()


@pytest.mark.long
def test_it_does_without_a_cluster(tmp_path: Path) -> None:
    needed()
    graph = Graph(firms(["a", "b"]), [relation("a", "BRANCH_OF", "b")], [listing("L", "a")])
    words = ["--input", write(graph, tmp_path / "in"), "--output", str(tmp_path / "out"), "--as-of", "2025-06-01"]
    settings = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_DIRS": str(tmp_path / "local")}
    settings["PYSPARK_SUBMIT_ARGS"] = (
        "--conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=2 pyspark-shell"
    )
    done = subprocess.run(
        [sys.executable, "-m", "queries.spark", *words, "--master", "local[2]"],
        cwd=ROOT, env={**os.environ, **settings}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, f"2025-06-01：1 个主体存在关联提示，已写入 {tmp_path / 'out'}\n"), (
        done.stderr
    )
    assert exposed(tmp_path / "out") == {"b": (0.9, 1, "L", "a", "high", ("b", "a"))}


def test_without_spark_it_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    words = ["--input", str(tmp_path), "--output", str(tmp_path / "out")]
    assert spark.main(words) == 2
    assert "pip install 'xinmai[spark]'" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--as-of", "2025-13-01"], ["--hops", "9"], ["--policy", "nowhere.yaml"]])
def test_a_bad_question_is_refused_before_spark_starts(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert spark.main(["--input", "in", "--output", "out", *words]) == 2
    assert "xinmai[spark]" not in capsys.readouterr().err


def test_products_are_whole_numbers_of_as_many_decimals_as_the_policy_makes() -> None:
    def scale(policy: Mapping[str, Any], hops: int) -> Scale:
        return Scale.of(Question.of({"as_of": "2025-06-01", "hops": hops, "policy": read(policy)}))

    shipped_scale = scale(POLICIES["shipped"], 4)
    assert (shipped_scale.digits(4), shipped_scale.kind) == (6, "bigint")
    assert shipped_scale.margin(4, Decimal("0.05")) == 0
    assert (scale(POLICY, 4).digits(4), scale(POLICY, 4).kind) == (31, "decimal(38,0)")
    assert scale(ROUNDED, 4).kind == "bigint"
    assert scale(ROUNDED, 4).margin(4, Decimal("0.05")) > 0
    assert scale(POLICY, 3).weight(0.500001) == 500001
    with pytest.raises(InputError, match="小数位过多"):
        scale({**POLICY, "max_hops": 6}, 6)

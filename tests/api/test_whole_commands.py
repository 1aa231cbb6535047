"""snapshot, propagate, diff on the command line, and what the service says of its snapshot."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.access import Access
from api.app import create_app
from graph.store import Store
from queries.engine import Engine, snapshot_path
from queries.finding import ALERT_SENTENCE
from queries.propagated import COLUMNS
from queries.propagated_file import read
from tests.api.conftest import HERE, HOLDER, PERSON_ID, TOKEN
from tests.api.running import ask_here, here

DAY = "2026-01-01"


@pytest.fixture(autouse=True)
def _no_snapshot(graph: Store) -> None:
    snapshot_path(graph).unlink(missing_ok=True)


def test_a_snapshot_is_made_once_and_told_of(graph: Store, tmp_path: Path) -> None:
    none = ask_here(graph, tmp_path, "snapshot", "--status").document
    assert (none["state"], none["built_at"], none["subjects"]) == ("none", None, 0)
    assert not snapshot_path(graph).exists()
    made = ask_here(graph, tmp_path, "snapshot").document
    assert (made["state"], made["subjects"], made["relations"], made["listings"]) == ("current", 7, 5, 1)
    assert made["bytes"] == snapshot_path(graph).stat().st_size
    assert made["seconds"] > 0
    assert ask_here(graph, tmp_path, "snapshot").document["seconds"] == 0
    told = here("snapshot", "--status", "--db", graph.location, cwd=tmp_path).out
    assert "当前快照" in told
    assert "7 个主体、5 条关系" in told
    snapshot_path(graph).write_bytes(b"damaged")
    assert ask_here(graph, tmp_path, "snapshot", "--status").document["state"] == "damaged"


def test_either_engine_gives_the_same_answer(graph: Store, tmp_path: Path) -> None:
    refused = ask_here(graph, tmp_path, "exposure", "A", "--as-of", DAY, "--engine", "kernel")
    assert refused.code == 2
    assert "xinmai snapshot" in refused.err
    ask_here(graph, tmp_path, "snapshot")
    for words in (("exposure", "A"), ("reach", "B"), ("paths", "A", "P"), ("findings", "A")):
        answers = [
            ask_here(graph, tmp_path, *words, "--as-of", DAY, "--engine", engine).document
            for engine in ("cypher", "kernel", "auto")
        ]
        assert answers[0] == answers[1] == answers[2]


def test_propagate_writes_a_table_and_tells_the_bands(graph: Store, tmp_path: Path) -> None:
    answer = ask_here(graph, tmp_path, "propagate", "--as-of", DAY, "-o", "a.parquet").document
    rows, about = read(tmp_path / "a.parquet")
    assert tuple(rows.columns) == COLUMNS
    assert set(rows["subject"]) == {"A", "H", "P"}
    assert (answer["exposed"], answer["subjects"], answer["file"]) == (3, 7, "a.parquet")
    assert sum(answer["bands"].values()) == 3
    assert answer["note"] == about.note == ALERT_SENTENCE
    assert {"list": "YZWF", "why": "not_loaded", "as_of": None} in answer["not_checked"]
    assert answer["back"] is None
    told = here("propagate", "--as-of", DAY, "--db", graph.location, cwd=tmp_path).out
    assert "7 个主体中 3 个，不构成失信惩戒依据" in told
    assert "未核查" in told


def test_propagate_writes_back_and_says_so(graph: Store, tmp_path: Path) -> None:
    answer = ask_here(graph, tmp_path, "propagate", "--as-of", DAY, "--back").document
    assert answer["back"] == {"written": 3, "cleared": 0}
    assert answer["file"] is None
    # What it wrote makes no other graph of it, and is in no answer.
    assert ask_here(graph, tmp_path, "snapshot", "--status").document["state"] == "current"
    assert "exposure_score" not in ask_here(graph, tmp_path, "show", "A", "--as-of", DAY).out
    answer = ask_here(graph, tmp_path, "propagate", "--as-of", "2019-01-01", "--back").document
    assert answer["back"] == {"written": 0, "cleared": 3}


@pytest.mark.parametrize("output", ["a.csv", "no/folder/a.parquet", "."])
def test_propagate_refuses_what_it_cannot_write(graph: Store, tmp_path: Path, output: str) -> None:
    assert ask_here(graph, tmp_path, "propagate", "-o", output).code == 2
    assert list(tmp_path.iterdir()) == []


def test_diff_of_two_days_and_of_two_files(graph: Store, tmp_path: Path) -> None:
    days = ("--from", "2024-06-01", "--to", DAY)
    answer = ask_here(graph, tmp_path, "diff", *days, "-o", "x.xlsx", "-o", "x.json").document
    assert answer["counts"] == {"became": 3, "ceased": 0, "changed": 0, "band": 0, "score": 0, "listing": 0}
    assert {change["subject"]["id"] for change in answer["became"]} == {"A", "H", "P"}
    assert {cause["kind"] for change in answer["became"] for cause in change["causes"]} == {"listing_began"}
    assert (answer["from"]["as_of"], answer["to"]["as_of"]) == ("2024-06-01", DAY)
    assert json.loads((tmp_path / "x.json").read_text(encoding="utf-8")) == answer
    assert (tmp_path / "x.xlsx").stat().st_size > 0
    for name, day in (("a", "2024-06-01"), ("b", DAY)):
        ask_here(graph, tmp_path, "propagate", "--as-of", day, "--replay", "-o", f"{name}.parquet")
    files = ask_here(graph, tmp_path, "diff", "a.parquet", "b.parquet").document
    assert files["became"] == answer["became"]
    assert PERSON_ID not in json.dumps(files)
    told = here("diff", "a.parquet", "b.parquet", "--db", graph.location, cwd=tmp_path).out
    assert "关联提示的变化，不构成失信惩戒依据" in told
    assert "列入记录生效：乌有市乙火有限公司 在列" in told


@pytest.mark.parametrize(
    "words",
    [
        (), ("a.parquet",), ("a.parquet", "b.parquet", "--from", DAY, "--to", DAY), ("--from", DAY), ("--to", DAY),
        ("none.parquet", "none.parquet"), ("--from", DAY, "--to", DAY, "-o", "x.pdf"),
        ("--from", DAY, "--to", "2024-06-01"), ("a.parquet", "b.parquet", "--hops", "1"),
    ],
)  # fmt: skip
def test_diff_refuses_half_a_question(graph: Store, tmp_path: Path, words: tuple[str, ...]) -> None:
    assert ask_here(graph, tmp_path, "diff", *words).code == 2


def test_diff_never_writes_over_what_it_reads(graph: Store, tmp_path: Path) -> None:
    ask_here(graph, tmp_path, "propagate", "--as-of", DAY, "-o", "a.json.parquet")
    (tmp_path / "a.json").symlink_to("a.json.parquet")
    before = (tmp_path / "a.json.parquet").read_bytes()
    assert ask_here(graph, tmp_path, "diff", "a.json.parquet", "a.json.parquet", "-o", "a.json").code == 2
    assert (tmp_path / "a.json.parquet").read_bytes() == before


def told_of(client: TestClient) -> dict[str, object]:
    """What the service says once its snapshot is ready."""
    until = time.monotonic() + 60
    while (found := client.get("/api/snapshot").json())["snapshot"] != "ready":
        assert time.monotonic() < until
        time.sleep(0.05)
    return dict(found)


def test_the_service_keeps_a_snapshot_and_says_so(client: TestClient) -> None:
    found = told_of(client)
    assert (found["subjects"], found["relations"]) == (7, 5)
    assert found["built_at"]
    assert "xinmai_snapshot_ready 1.0" in client.get("/metrics").text
    answers = client.get("/api/exposure", params={"subject": "A", "as_of": DAY}).json()["exposures"]
    assert [one["listing"]["id"] for one in answers] == ["L1"]


def test_without_the_kernel_there_is_none(graph: Store) -> None:
    app: FastAPI = create_app(graph.location, access=Access.of(TOKEN), engine=Engine.CYPHER)
    with TestClient(app, base_url=HERE, headers=HOLDER) as client:
        assert client.get("/api/snapshot").json() == {
            "snapshot": "none", "built_at": None, "subjects": 0, "relations": 0,
        }  # fmt: skip
        assert "snapshot_ready" not in client.get("/metrics").text
        assert client.get("/api/exposure", params={"subject": "A", "as_of": DAY}).status_code == 200
    assert not snapshot_path(graph).exists()

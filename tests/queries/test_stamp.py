"""The stamp of the graph: another one after every load and decision, the same in between."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from graph.errors import NotFoundError
from graph.store import Store, open_store
from loaders.decisions import decide, undo
from queries import stamp as stamps
from queries.engine import snapshot_for
from queries.exposure import expose, expose_many
from queries.findings import findings
from queries.reach import reach
from queries.scenarios import scenario
from queries.stamp import LATELY, late_stamp, stamp
from tests.loaders.packages import load_all, package
from tests.snapshots import snapshot_of

DAY = "2026-06-01"


def loaded(store: Store, folder: Path, ratio: float) -> str:
    """甲 holds so much of 乙; the stamp afterwards."""
    given = package(
        folder,
        subjects="""
            id,kind,form,name
            A,enterprise,company,乌有市甲木有限公司
            B,enterprise,company,乌有市乙火有限公司
            C,enterprise,company,乌有市乙火有限公司
        """,
        relations=f"""
            source,target,type,ratio,record
            A,B,SHAREHOLDER,{ratio},r:1
        """,
    )
    load_all(store, given, snapshot="2026-01-01")
    return stamp(store)


def test_two_loads_of_one_second_have_two_stamps(store: Store, tmp_path: Path) -> None:
    stamps = [loaded(store, tmp_path / str(i), 0.3 + i / 100) for i in range(4)]
    assert len(set(stamps)) == 4
    assert stamp(store) == stamps[-1]


def test_a_decision_changes_it_and_so_does_the_same_one_made_again(store: Store, tmp_path: Path) -> None:
    before = loaded(store, tmp_path / "in", 0.3)
    decide(store, "B", "C", yes=True, reason="同一营业执照")
    decided = stamp(store)
    undo(store, "B", "C")
    decide(store, "B", "C", yes=True, reason="同一营业执照")
    assert len({before, decided, stamp(store)}) == 3


def test_what_was_written_here_is_seen_at_once_though_the_stamp_was_just_asked_for(
    store: Store, tmp_path: Path
) -> None:
    seen = []
    for turn in range(3):
        loaded(store, tmp_path / str(turn), 0.3 + turn / 100)
        seen.append((late_stamp(store), stamp(store)))
    assert all(late == now for late, now in seen)
    assert len(set(seen)) == 3


def test_what_others_wrote_is_seen_a_moment_later(arcadedb: Store, tmp_path: Path) -> None:
    before = late_stamp(arcadedb)
    with open_store(arcadedb.location) as other:
        now = loaded(other, tmp_path / "in", 0.3)
    until = time.monotonic() + 5
    while late_stamp(arcadedb) != now and time.monotonic() < until:
        time.sleep(LATELY / 5)
    assert before != now == late_stamp(arcadedb)


def test_a_stamp_is_not_asked_for_again_within_a_moment(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.stamp.LATELY", 60.0)
    asked: list[Store] = []

    def told(store: Store) -> str:
        asked.append(store)
        return "s"

    monkeypatch.setattr("queries.stamp.stamp", told)
    assert [late_stamp(store) for _ in range(3)] == ["s"] * 3
    assert asked == [store]


def test_who_came_or_went_in_that_moment_is_answered_by_the_store(
    arcadedb: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(arcadedb, tmp_path / "in", 0.3)
    monkeypatch.setattr(stamps, "LATELY", 3600.0)
    with snapshot_of(arcadedb, tmp_path / "s") as made, open_store(arcadedb.location) as other:
        assert snapshot_for(arcadedb) is made
        other.write("MATCH (a:Subject {id: 'A'}) CREATE (n:Subject {id: 'N', kind: 'enterprise', name: '新', "
                    "form: 'company'})-[:SHAREHOLDER {ratio: 0.6}]->(a)")  # fmt: skip
        other.write("MATCH (b:Subject {id: 'B'}) DETACH DELETE b")
        assert snapshot_for(arcadedb) is made, "the older one is asked"
        assert expose(arcadedb, "N", as_of=DAY).subject.id == "N"
        found = expose_many(arcadedb, ["A", "N"], as_of=DAY)
        assert set(found) == {"A", "N"}
        assert reach(arcadedb, "N", as_of=DAY).to_json()["exposures"] == []
        with pytest.raises(NotFoundError):
            findings(arcadedb, "B", scenario("civil_service"), as_of=DAY)

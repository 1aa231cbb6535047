"""Everybody's exposure as a table and a file, and written back: derived values that touch nothing else."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet
import pytest

from graph.errors import InputError
from graph.store import Store
from loaders.unload import unload
from queries.exposure import expose_many
from queries.finding import ALERT_SENTENCE
from queries.propagate import propagate
from queries.propagate_back import write_back
from queries.propagated import COLUMNS
from queries.propagated_file import About, read, write
from queries.stamp import stamp
from tests.loaders.packages import load_all, package
from tests.snapshots import snapshot_of

DAY = "2026-06-01"


def loaded(store: Store, folder: Path, name: str = "first") -> Path:
    """甲 holds the listed 乙, who is led by the listed 张三; 丙 only used to hold 乙."""
    given = package(
        folder / name,
        subjects="""
            id,kind,form,name
            A,enterprise,company,乌有市甲木有限公司
            B,enterprise,company,乌有市乙火有限公司
            C,enterprise,company,乌有市丙土有限公司
            P,person,,张三
        """,
        relations="""
            source,target,type,ratio,since,until,record
            A,B,SHAREHOLDER,0.6,2020-01-01,,r:1
            C,B,SHAREHOLDER,0.4,2020-01-01,2026-05-01,r:2
            P,B,LEGAL_REP,,2020-01-01,,r:3
        """,
        listings="""
            id,subject,list,basis,listed_on,state,record
            L1,B,SXBZXR,民事诉讼法,2025-01-01,listed,l:1
            L2,P,YZWF,办法,2026-05-15,listed,l:2
        """,
    )
    load_all(store, given, source=name, snapshot="2026-01-01")
    return given


def table(store: Store, path: Path, day: str) -> tuple[pd.DataFrame, About]:
    """The table of that day."""
    with snapshot_of(store, path) as made:
        return propagate(store, made, as_of=day, replay=True)


def marked(store: Store) -> dict[str, dict[str, object]]:
    """What stands on the subjects."""
    rows = store.read("MATCH (s:Subject) RETURN s.id AS id, properties(s) AS p")
    return {row["id"]: {k: v for k, v in row["p"].items() if k.startswith("exposure_")} for row in rows}


def test_the_table_is_the_first_of_every_answer(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path)
    frame, about = table(store, tmp_path / "s", DAY)
    answers = expose_many(store, ["A", "B", "C", "P"], as_of=DAY)
    first = {i: answer.exposures[0] for i, answer in answers.items() if answer.exposures}
    assert dict(zip(frame["subject"], frame["score"], strict=True)) == {i: one.score for i, one in first.items()}
    assert dict(zip(frame["subject"], frame["listing"], strict=True)) == {
        "A": "L1", "B": "L2", "P": "L1",
    }  # fmt: skip  # its own listing is no exposure of anybody
    assert (about.as_of, about.subjects, about.stamp, about.note) == (DAY, 4, stamp(store), ALERT_SENTENCE)
    assert {"list": "JYYC", "why": "not_loaded", "as_of": None} in about.not_checked


def test_the_file_tells_what_it_was_made_of(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path)
    frame, about = table(store, tmp_path / "s", DAY)
    path = tmp_path / "a.parquet"
    write(path, frame, about)
    again, told = read(path)
    assert told == about
    assert again["path"].map(list).tolist() == frame["path"].map(list).tolist()
    assert again.drop(columns="path").equals(frame.drop(columns="path").astype(again.drop(columns="path").dtypes))
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.parquet", "first", "s"]


def test_a_write_that_fails_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, empty = tmp_path / "a.parquet", pd.DataFrame([], columns=list(COLUMNS))
    write(path, empty, About(as_of="2025-01-01"))

    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(pyarrow.parquet, "write_table", full)
    with pytest.raises(OSError, match="no space"):
        write(path, empty, About(as_of="2026-01-01"))
    monkeypatch.undo()
    assert read(path)[1].as_of == "2025-01-01"
    assert [one.name for one in tmp_path.iterdir()] == ["a.parquet"]


def test_other_files_are_refused(tmp_path: Path) -> None:
    plain, other = tmp_path / "x.parquet", tmp_path / "y.parquet"
    plain.write_text("subject,score\n")
    pd.DataFrame({"a": [1]}).to_parquet(other)
    for path in (plain, other, tmp_path / "none.parquet"):
        with pytest.raises(InputError, match="xinmai propagate"):
            read(path)
    same = tmp_path / "spark"  # a directory of files that say nothing of themselves
    same.mkdir()
    frame = pd.DataFrame(
        {"subject": ["a"], "score": [0.5], "hops": [1], "listing": ["l"], "listed_subject": ["b"], "band": ["low"],
         "class": ["ALERT"], "path": [["a", "b"]]}
    )  # fmt: skip
    frame.to_parquet(same / "part-0.parquet")
    assert read(same)[1] == About()


def test_written_back_they_are_of_a_day_and_gone_when_over(store: Store, tmp_path: Path) -> None:
    given = loaded(store, tmp_path)
    before, now = stamp(store), marked(store)
    assert now == {"A": {}, "B": {}, "C": {}, "P": {}}
    assert write_back(store, *table(store, tmp_path / "s", "2026-04-01")) == {"written": 3, "cleared": 0}
    written = marked(store)
    assert {i for i, props in written.items() if props} == {"A", "C", "P"}
    assert written["A"] == {
        "exposure_score": 0.7, "exposure_hops": 1, "exposure_listing": "L1", "exposure_as_of": "2026-04-01",
        "exposure_policy": "2026.1",
    }  # fmt: skip
    # Later: C holds nothing any more, B is near the newly listed P.
    assert write_back(store, *table(store, tmp_path / "s", DAY)) == {"written": 3, "cleared": 1}
    written = marked(store)
    assert {i for i, props in written.items() if props} == {"A", "B", "P"}
    assert written["C"] == {}
    # No load, no other version of the graph; a load finds nothing changed and leaves them.
    assert stamp(store) == before
    load_all(store, given, source="first", snapshot="2026-01-01")
    assert marked(store) == written
    unload(store, "first")
    assert marked(store) == {}


def test_nobody_exposed_clears_all(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path)
    write_back(store, *table(store, tmp_path / "s", DAY))
    assert write_back(store, *table(store, tmp_path / "s", "2019-01-01")) == {"written": 0, "cleared": 3}
    assert not any(marked(store).values())

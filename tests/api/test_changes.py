"""Commands that change the graph, each from an empty one, as processes of their own."""

from __future__ import annotations

import json
from pathlib import Path

from graph.store import Store
from tests.api.conftest import write_package
from tests.api.running import ask, xinmai
from tests.conftest import EMPTY
from tests.loaders.packages import package


def test_loading_twice_changes_nothing_and_strict_tells_of_rejected_rows(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    folder = write_package(tmp_path / "tiny")
    with (folder / "relations.csv").open("a", encoding="utf-8") as file:
        file.write("A,nobody,SHAREHOLDER,0.1,,,r:9\n")
    first = ask(arcadedb, tmp_path, "load", "tiny", "--snapshot", "2026-01-01")
    again = ask(arcadedb, tmp_path, "load", "tiny", "--snapshot", "2026-01-01", "--strict")
    assert (first.code, again.code) == (0, 4)
    (tally,) = again.document["loads"]
    assert [(Path(r["file"]).name, r["line"]) for r in tally["rejected"]] == [("relations.csv", 7)]
    changes = {(kind, what): tally[kind][what] for kind in ("subjects", "relations") for what in ("added", "changed")}
    assert set(changes.values()) == {0}
    assert Path(again.document["rejects_file"]).is_file()


def test_a_load_that_is_refused_changes_nothing(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    package(
        tmp_path / "bad",
        subjects="id,kind,name\nA,enterprise,某公司",
        listings="id,subject,list,listed_on,state\nL,A,SXBZXR,2025-01-01,listed",
    )
    ended = ask(arcadedb, tmp_path, "load", "bad")
    assert ended.code == 2
    assert "basis" in json.dumps(ended.document, ensure_ascii=False)
    assert ask(arcadedb, tmp_path, "sources").document == {"sources": []}


def test_an_identity_decision_can_be_taken_back(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    write_package(tmp_path / "tiny")
    ask(arcadedb, tmp_path, "load", "tiny")
    assert ask(arcadedb, tmp_path, "same", "N1", "N2", "--yes", "--reason", "同一执照").code == 0
    assert ask(arcadedb, tmp_path, "show", "N2").document["subject"]["id"] == "N1"
    assert ask(arcadedb, tmp_path, "same", "N1", "N2", "--undo").document["undone"] is True
    assert ask(arcadedb, tmp_path, "show", "N2").document["subject"]["id"] == "N2"
    assert ask(arcadedb, tmp_path, "unload", "package").code == 0
    assert ask(arcadedb, tmp_path, "show", "N2").code == 3


def test_a_backup_restored_elsewhere_answers_the_same(arcadedb: Store, tmp_path: Path) -> None:
    arcadedb.write(EMPTY)
    write_package(tmp_path / "tiny")
    ask(arcadedb, tmp_path, "load", "tiny", "--snapshot", "2026-01-01")
    made = ask(arcadedb, tmp_path, "backup", "saved.backup")
    assert made.code == 0
    assert Path(tmp_path / made.document["backup"]).stat().st_size == made.document["bytes"]
    assert ask(arcadedb, tmp_path, "backup", "saved.backup").code == 2
    assert ask(arcadedb, tmp_path, "restore", "saved.backup").code == 2  # not over what is there, unless told to
    assert xinmai("restore", "saved.backup", "--db", "other", cwd=tmp_path).code == 0
    there = xinmai("exposure", "A", "--as-of", "2026-01-01", "--db", "other", "--json", cwd=tmp_path)
    here = ask(arcadedb, tmp_path, "exposure", "A", "--as-of", "2026-01-01")
    assert there.document == here.document
    (tmp_path / "cut.backup").write_bytes((tmp_path / "saved.backup").read_bytes()[:-200])
    assert xinmai("restore", "cut.backup", "--db", "third", cwd=tmp_path).code == 2

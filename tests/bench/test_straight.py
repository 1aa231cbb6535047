"""A snapshot straight from a package is the one a load of it and its store would give."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench import straight
from bench.generate import AS_OF, SCALES, make
from graph import snapshot_build
from graph.kernel_whole import nearest
from graph.snapshot import Snapshot
from graph.store import open_store
from loaders.load import LoadOptions, load
from queries.kernel_view import seen
from queries.question import Question

QUESTION = Question.of({"as_of": AS_OF, "hops": 4})


def test_straight_from_the_files_is_as_over_a_store(tmp_path: Path) -> None:
    package, made, built = tmp_path / "package", tmp_path / "straight", tmp_path / "built"
    make(package, SCALES["XS"])
    with open_store(tmp_path / "db") as store:
        load(store, [package], LoadOptions(rejects=tmp_path / "rejected"))
        snapshot_build.build(store, built, "stamp")
    snapshot_build.write(straight.Package(package), made, "stamp")
    ours, theirs = Snapshot.open(made), Snapshot.open(built)
    for table in ("subjects", "relations", "listings"):
        mine, stored = getattr(ours, table), getattr(theirs, table)
        assert [mine.row(i) for i in range(mine.count)] == [stored.row(i) for i in range(stored.count)]
    found, wanted = (nearest(seen(one, QUESTION).view, QUESTION.hops) for one in (ours, theirs))
    assert (wanted.score > 0).sum() > 100
    assert np.array_equal(found.score, wanted.score)
    assert np.array_equal(found.hops, wanted.hops)


def test_the_command_writes_then_measures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path / "package", SCALES["XS"])
    asked = ["--package", str(tmp_path / "package"), "--to", str(tmp_path / "made")]
    assert straight.main(asked) == 0
    assert "written" in capsys.readouterr().err
    assert straight.main(asked) == 0
    assert '"met"' in capsys.readouterr().out

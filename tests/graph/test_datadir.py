"""A directory is ours, in a format we know, or it is refused with what to do; nothing in it is touched then."""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pytest

from graph.datadir import FORMAT, DataDir, prepare
from graph.embedded import Embedded
from graph.errors import InputError, StoreBusyError


def snapshot(path: Path) -> dict[str, bytes]:
    return {str(file.relative_to(path)): file.read_bytes() for file in path.rglob("*") if file.is_file()}


def test_a_new_directory_becomes_ours_and_private(tmp_path: Path) -> None:
    place = prepare(tmp_path / "deep" / "data")
    assert json.loads(place.marker.read_text()) == {"application": "xinmai", "format": FORMAT}
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (place.path, place.run, place.marker)}
    assert modes == {"data": "0o700", "run": "0o700", "xinmai.json": "0o600"}
    before = snapshot(place.path)
    prepare(place.path)
    assert snapshot(place.path) == before


def test_a_directory_of_somebody_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_bytes(b"mine")
    with pytest.raises(StoreBusyError, match=r"不是信脉的数据目录.*thesis\.docx.*空目录"):
        prepare(tmp_path)
    assert snapshot(tmp_path) == {"thesis.docx": b"mine"}


def test_a_file_is_not_a_directory(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreBusyError, match="不是目录"):
            prepare(path)


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a directory not even root can write to")
def test_a_directory_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(StoreBusyError, match=r"不可写.*权限"):
        prepare(Path("/sys/kernel/xinmai"))


@pytest.mark.parametrize("text", ["", "{", "[]", '{"application": "other", "format": 1}', '{"application": "xinmai"}'])
def test_a_marker_that_makes_no_sense(tmp_path: Path, text: str) -> None:
    (tmp_path / "xinmai.json").write_text(text)
    with pytest.raises(StoreBusyError, match=r"已损坏.*restore"):
        prepare(tmp_path)


def test_a_newer_format_is_refused_and_left_alone(tmp_path: Path) -> None:
    place = prepare(tmp_path)
    place.write_marker(format=FORMAT + 1)
    before = snapshot(tmp_path)
    with pytest.raises(StoreBusyError, match="请升级信脉"):
        prepare(tmp_path)
    assert snapshot(tmp_path) == before


def test_a_newer_engine_is_refused(tmp_path: Path) -> None:
    prepare(tmp_path).write_marker(engine="99.1.1")
    with pytest.raises(StoreBusyError, match=r"99\.1\.1.*请升级信脉"):
        Embedded(tmp_path)


def test_an_older_format_is_brought_up_step_by_step(tmp_path: Path) -> None:
    prepare(tmp_path).write_marker(format=0)
    steps: list[int] = []

    def step(number: int, place: DataDir) -> None:
        assert place.read_marker()["format"] == number  # each step is noted before the next begins
        steps.append(number)

    upgrades = {number: (lambda place, number=number: step(number, place)) for number in range(3)}
    assert prepare(tmp_path, upgrades=upgrades, target=3).read_marker()["format"] == 3
    assert steps == [0, 1, 2]


def test_an_upgrade_that_was_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    prepare(tmp_path).write_marker(format=0)

    def fail(place: DataDir) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        prepare(tmp_path, upgrades={0: lambda place: None, 1: fail}, target=2)
    done: list[str] = []
    prepare(tmp_path, upgrades={0: fail, 1: lambda place: done.append("second")}, target=2)
    assert done == ["second"]


def test_no_upgrade_while_the_store_is_in_use(tmp_path: Path) -> None:
    place = prepare(tmp_path)
    place.write_marker(format=0)
    with place.keeper.open("a") as keeper:
        fcntl.flock(keeper, fcntl.LOCK_EX)
        with pytest.raises(StoreBusyError, match="正在使用"):
            prepare(tmp_path)
    assert prepare(tmp_path).read_marker()["format"] == FORMAT


def test_a_heap_setting_that_makes_no_sense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XINMAI_HEAP", "much")
    with pytest.raises(InputError, match="XINMAI_HEAP"):
        Embedded(tmp_path / "data")
    assert not os.listdir(tmp_path)

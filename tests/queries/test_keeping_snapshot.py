"""The snapshot of a service follows the graph on either store; nobody is ever answered from an older one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from graph.errors import InputError
from graph.store import Store
from loaders.decisions import decide
from loaders.unload import unload
from queries import keeping, keeping_snapshot, snapshots
from queries.engine import Engine, snapshot_for, use
from queries.keeping_snapshot import Snapshots
from queries.snapshots import held, make
from queries.stamp import stamp
from tests.loaders.packages import load_all, package


def until(reached: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for it."""
    end = time.monotonic() + seconds
    while not reached():
        assert time.monotonic() < end
        time.sleep(0.02)


def loaded(store: Store, folder: Path, name: str = "first", ratio: float = 0.3) -> None:
    """Two namesakes, one of whom holds a firm."""
    given = package(
        folder / name,
        subjects="id,kind,form,name\nA,enterprise,company,甲\nB,enterprise,company,乙\nC,enterprise,company,乙\n",
        relations=f"source,target,type,ratio,record\nA,B,SHAREHOLDER,{ratio},r:1\n",
    )
    load_all(store, given, source=name, snapshot="2026-01-01")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping_snapshot, "LOOK_SECONDS", 0.05)
    monkeypatch.setattr(keeping, "CHECK_SECONDS", 0.0)


@pytest.fixture
def kept(store: Store, tmp_path: Path) -> Iterator[Snapshots]:
    """The snapshot of a small graph, kept in step."""
    loaded(store, tmp_path)
    made = Snapshots.started(store, tmp_path / "s")
    until(lambda: made.state == "ready")
    yield made
    made.close()


def test_it_follows_loads_decisions_and_withdrawals(kept: Snapshots, store: Store, tmp_path: Path) -> None:
    def followed() -> bool:
        found = snapshot_for(store)
        return found is not None and found.stamp == stamp(store) and kept.state == "ready"

    first = snapshot_for(store)
    assert first is not None
    assert first.relations.row(0)["ratio"] == 0.3
    loaded(store, tmp_path, "second", 0.7)
    assert first.stamp != stamp(store)
    until(followed)
    second = snapshot_for(store)
    assert second is not None
    assert sorted(second.relations.column("ratio").values) == [0.3, 0.7]
    # Whoever still asks the first finds it as it was.
    assert [first.relations.row(row)["ratio"] for row in range(first.relations.count)] == [0.3]
    decide(store, "B", "C", yes=True, reason="同一营业执照")
    until(followed)
    unload(store, "second")
    until(followed)
    now = snapshot_for(store)
    assert now is not None
    assert (now.subjects.count, now.relations.count) == (2, 1)
    assert kept.built_at == now.built_at


def test_between_a_change_and_the_new_one_cypher_answers(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path)
    make(store, tmp_path / "s")
    snapshots = Snapshots(store, tmp_path / "s")  # not started: nobody makes another
    assert snapshot_for(store) is not None
    loaded(store, tmp_path, "second", 0.7)
    assert snapshot_for(store) is None
    assert snapshots.state == "stale"
    unload(store, "second")  # back to what it was
    assert snapshot_for(store) is not None
    snapshots.close()
    assert snapshot_for(store) is None


def test_nothing_is_made_again_when_nothing_changed(kept: Snapshots, store: Store, tmp_path: Path) -> None:
    before = (tmp_path / "s").stat()
    time.sleep(0.3)  # several looks
    kept.close()
    again = Snapshots.started(store, tmp_path / "s")
    until(lambda: again.state == "ready")
    again.close()
    after = (tmp_path / "s").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_damaged_file_is_made_again(store: Store, tmp_path: Path) -> None:
    (tmp_path / "s").write_bytes(b"damaged")
    assert held(store, tmp_path / "s").state == "damaged"
    made = Snapshots.started(store, tmp_path / "s")
    until(lambda: made.state == "ready")
    made.close()
    assert held(store, tmp_path / "s").state == "current"


def test_a_large_graph_is_read_by_another_process_without_a_password_in_its_words(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path)
    made = Snapshots.started(store, tmp_path / "s", small=0)
    words: list[str] = []

    def ready() -> bool:
        for child in psutil.Process().children():
            try:
                if "queries.snapshots" in child.cmdline():
                    words.extend(child.cmdline())
            except psutil.NoSuchProcess:
                pass
        return made.state == "ready"

    until(ready)
    made.close()
    assert words[-1] == str(tmp_path / "s")
    assert not store.endpoint.password or store.endpoint.password not in " ".join(words)


def test_closing_ends_the_process_that_makes_one(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path)
    made = Snapshots.started(store, tmp_path / "s", small=0)
    until(lambda: any("queries.snapshots" in " ".join(c.cmdline()) for c in psutil.Process().children()))
    began = time.monotonic()
    made.close()
    assert time.monotonic() - began < 10
    assert not [c for c in psutil.Process().children() if "queries.snapshots" in " ".join(c.cmdline())]
    assert made.state == "none"


def test_a_load_while_it_is_made_is_noticed_and_it_is_made_of_the_graph_after_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(store, tmp_path)
    make(store, tmp_path / "s")
    real, asked = stamp, list[str]()

    def stamp_with_a_load(of: Store) -> str:
        found = real(of)
        if len(asked) == 1:  # the build has begun
            loaded(store, tmp_path, "second", 0.7)
        asked.append(found)
        return found

    monkeypatch.setattr(snapshots, "stamp", stamp_with_a_load)
    made = make(store, tmp_path / "s", again=True)
    assert len(set(asked)) > 1
    assert made.stamp == real(store)
    use_it = Snapshots(store, tmp_path / "s")
    found = snapshot_for(store)
    use_it.close()
    assert found is not None
    assert sorted(found.relations.column("ratio").values) == [0.3, 0.7]


def test_a_current_one_is_left_as_it_is_unless_asked_for_again(store: Store, tmp_path: Path) -> None:
    loaded(store, tmp_path)
    path = tmp_path / "s"
    assert held(store, path).state == "none"
    first = make(store, path)
    assert (first.state, first.subjects, first.relations) == ("current", 3, 1)
    inode = path.stat().st_ino
    assert make(store, path).seconds == 0
    assert path.stat().st_ino == inode
    make(store, path, again=True)
    assert path.stat().st_ino != inode
    loaded(store, tmp_path, "second", 0.7)
    assert held(store, path).state == "stale"


def test_the_kernel_is_refused_without_a_current_snapshot(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(store, tmp_path)
    monkeypatch.setattr("queries.engine.snapshot_path", lambda of: tmp_path / "s")
    with pytest.raises(InputError, match="xinmai snapshot"):
        use(store, Engine.KERNEL)
    make(store, tmp_path / "s")
    use(store, Engine.KERNEL)
    assert snapshot_for(store) is not None
    use(store, Engine.CYPHER)
    assert snapshot_for(store) is None
    (tmp_path / "s").write_bytes(b"damaged")
    use(store, Engine.AUTO)
    assert snapshot_for(store) is None

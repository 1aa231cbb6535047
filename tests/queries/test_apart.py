"""Processes that make something of a large graph, one after the other."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.store import Store
from queries import apart
from tests.queries.processes import children


def test_what_the_other_process_could_not_do_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="No module named"):
        apart.have_made("queries.no_such_module", tmp_path / "x", store, ended=threading.Event())


def test_who_waits_starts_nothing_and_gives_up_when_it_ends(arcadedb: Store, tmp_path: Path) -> None:
    ended = threading.Event()
    with apart.TURN:  # something else is being made
        waiting = threading.Thread(
            target=apart.have_made, args=("queries.search", tmp_path / "x", arcadedb), kwargs={"ended": ended}
        )
        waiting.start()
        time.sleep(1)
        assert waiting.is_alive()
        assert not any("queries.search" in words for words in children())
        ended.set()
        waiting.join(10)
        assert not waiting.is_alive()
    assert not (tmp_path / "x").exists()


def test_one_after_the_other(arcadedb: Store, tmp_path: Path) -> None:
    made = [tmp_path / "one.db", tmp_path / "two.db"]
    ended = threading.Event()
    both = [
        threading.Thread(target=apart.have_made, args=("queries.search", path, arcadedb), kwargs={"ended": ended})
        for path in made
    ]
    most, end = 0, time.monotonic() + 120
    for one in both:
        one.start()
    while any(one.is_alive() for one in both):
        most = max(most, sum("queries.search" in words for words in children()))
        assert time.monotonic() < end
        time.sleep(0.02)
    assert most == 1
    assert all(path.exists() for path in made)

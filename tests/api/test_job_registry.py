"""The registry of jobs by itself: stopping, waiting, expiry, and nothing left behind."""

from __future__ import annotations

import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import HTTPException

from api.jobs import registry, sheets, work
from api.jobs.outcome import Stored
from api.jobs.registry import Job, Jobs, State, StoppedError, Work
from api.jobs.room import Room
from api.jobs.screened import Screened
from api.jobs.sheets import GoneError, Kept, Sheets
from api.jobs.watched import Watched
from api.routes import jobs as routes
from graph.store import Store

ME = "me"
NOTHING: dict[str, Any] = {
    "scenario": "general", "as_of": "2026-01-01", "rules": None, "policy": "1", "data": [], "results": [],
    "rejected": [], "not_crossed": [], "not_checked": [], "complete": True,
}  # fmt: skip


class Clock:
    """Time that passes when told."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def jobs(tmp_path: Path, clock: Clock) -> Iterator[Jobs]:
    opened = Jobs(tmp_path, clock)
    yield opened
    opened.close()


def quick(folder: Path) -> Work:
    return lambda job: Screened(dict(NOTHING), folder)


def endless(begun: threading.Event) -> Callable[[Path], Work]:
    def prepare(folder: Path) -> Work:
        def work(job: Job) -> Screened:
            begun.set()
            while True:
                job.tell("筛查", 1, 2)
                time.sleep(0.005)

        return work

    return prepare


def settled(job: Job) -> State:
    until = time.monotonic() + 20
    while not job.state.over and time.monotonic() < until:
        time.sleep(0.005)
    return job.state


def test_a_running_job_stops_when_cancelled_and_keeps_nothing(jobs: Jobs, tmp_path: Path) -> None:
    begun = threading.Event()
    job = jobs.submit(ME, "screen", {}, endless(begun))
    assert begun.wait(20)
    assert jobs.cancel(job.id, ME).to_json()["cancelling"]
    assert settled(job) is State.CANCELLED
    assert job.outcome is None
    assert list(tmp_path.iterdir()) == []


def test_a_waiting_job_is_cancelled_before_it_begins(jobs: Jobs) -> None:
    begun = [threading.Event() for _ in range(registry.WORKERS)]
    running = [jobs.submit(ME, "screen", {}, endless(event)) for event in begun]
    assert all(event.wait(20) for event in begun)
    ran = threading.Event()
    waiting = jobs.submit(ME, "screen", {}, endless(ran))
    assert jobs.get(waiting.id, ME).to_json()["state"] == "queued"
    assert jobs.cancel(waiting.id, ME).to_json()["state"] == "cancelled"
    for job in running:
        jobs.cancel(job.id, ME)
        assert settled(job) is State.CANCELLED
    assert not ran.is_set()


def test_too_many_waiting_are_refused(jobs: Jobs) -> None:
    for _ in range(registry.WAITING + registry.WORKERS):
        jobs.submit(ME, "screen", {}, endless(threading.Event()))
    with pytest.raises(HTTPException) as caught:
        jobs.submit(ME, "screen", {}, quick)
    assert caught.value.status_code == 429


def test_an_unforeseen_fault_tells_nothing_of_its_inside(jobs: Jobs) -> None:
    def prepare(folder: Path) -> Work:
        def work(job: Job) -> Screened:
            raise RuntimeError("secret 4711")

        return work

    job = jobs.submit(ME, "screen", {}, prepare)
    assert settled(job) is State.FAILED
    assert "4711" not in str(job.to_json())


def test_results_expire_and_the_oldest_make_room(jobs: Jobs, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    old = jobs.submit(ME, "screen", {}, quick)
    assert settled(old) is State.DONE
    clock.now = registry.SECONDS + 1
    with pytest.raises(GoneError):
        jobs.get(old.id, ME)
    assert not old.folder.exists()
    monkeypatch.setattr(registry, "KEPT", 2)
    made = []
    for _ in range(3):
        made.append(jobs.submit(ME, "screen", {}, quick))
        settled(made[-1])
    assert [job.id for job in jobs.of(ME)] == [made[2].id, made[1].id]
    assert not made[0].folder.exists()


def test_lists_expire_and_the_oldest_make_room(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "KEPT", 2)
    held = Sheets(tmp_path, clock)
    made = []
    for _ in range(3):
        path = held.draft(".csv")
        path.write_text("企业名称\n甲公司\n", encoding="utf-8")
        made.append(held.keep(ME, "x.csv", path))
    with pytest.raises(GoneError):
        held.get(made[0].id, ME)
    assert held.get(made[2].id, ME).name == "x.csv"
    clock.now = sheets.SECONDS + 1
    with pytest.raises(GoneError):
        held.get(made[2].id, ME)
    assert list(tmp_path.iterdir()) == []


def test_a_store_taken_away_ends_the_work_at_its_next_question(arcadedb: Store) -> None:
    asked: list[int] = []

    def check() -> None:
        asked.append(1)
        if len(asked) > 1:
            raise StoppedError

    watched = Watched(arcadedb, check)
    assert watched.read("RETURN 1 AS one") == [{"one": 1}]
    with pytest.raises(StoppedError):
        watched.read("RETURN 1 AS one")
    watched.close()
    assert arcadedb.read("RETURN 1 AS one") == [{"one": 1}]


def test_a_stored_document_comes_back_as_it_was(tmp_path: Path) -> None:
    document = {"a": 1, "results": [{"x": "甲\n乙"}, {"x": "丙"}], "b": None}
    stored = Stored(document, "results", tmp_path)
    assert stored.whole() == document
    assert stored.entry(1) == {"x": "丙"}
    assert stored.alone(0) == {"a": 1, "results": [{"x": "甲\n乙"}], "b": None}


def test_a_room_is_cleared_at_its_end_and_after_a_service_that_fell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    fallen, alive, other = (
        tmp_path / name for name in ("xinmai-serve-999999999-a", f"xinmai-serve-{os.getpid()}-b", "x")
    )
    for folder in (fallen, alive, other):
        folder.mkdir()
    room = Room.open()
    assert not fallen.exists()
    assert alive.exists()
    assert other.exists()
    room.sheets.draft(".csv")
    room.close()
    assert not room.folder.exists()


def gone(path: Path) -> bool:
    until = time.monotonic() + 10
    while path.exists() and time.monotonic() < until:
        time.sleep(0.01)
    return not path.exists()


def test_lists_and_results_go_when_their_time_is_over_though_nobody_asks(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    room = Room.open(clock, every=0.01)
    kept, broken_off = room.sheets.draft(".csv"), room.sheets.draft(".csv")
    kept.write_text("企业名称\n甲公司\n", encoding="utf-8")
    room.sheets.keep(ME, "x.csv", kept)
    job = room.jobs.submit(ME, "screen", {}, quick)
    assert settled(job) is State.DONE
    time.sleep(0.05)
    assert all(path.exists() for path in (kept, broken_off, job.folder)), "before their time nothing goes"
    clock.now = sheets.SECONDS + 1
    assert gone(kept)
    assert gone(broken_off)
    assert job.folder.exists()
    clock.now = registry.SECONDS + 1
    assert gone(job.folder)
    room.close()


def test_the_limit_holds_though_all_come_at_once(jobs: Jobs, tmp_path: Path) -> None:
    most, together = registry.WAITING + registry.WORKERS, threading.Barrier(30)
    refused: list[int] = []

    def slow(folder: Path) -> Work:
        time.sleep(0.05)  # as copying a list takes
        return endless(threading.Event())(folder)

    def ask() -> None:
        together.wait(20)
        try:
            jobs.submit(ME, "screen", {}, slow)
        except HTTPException as error:
            refused.append(error.status_code)

    threads = [threading.Thread(target=ask) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert refused == [429] * (30 - most)
    assert len(jobs.of(ME)) == len(list(tmp_path.iterdir())) == most


def test_a_job_that_cannot_be_prepared_leaves_nothing(jobs: Jobs, tmp_path: Path) -> None:
    sheet = Kept("s", ME, "名单.csv", tmp_path / "gone.csv", 0.0)

    def prepare(folder: Path) -> Work:
        (folder / "half").touch()
        return work.screen(cast(Store, None), work.ScreenWanted(sheet, "general", "2026-01-01"), folder)

    with pytest.raises(GoneError, match="重新上传"):
        jobs.submit(ME, "screen", {}, prepare)
    assert (jobs.of(ME), jobs.running, list(tmp_path.iterdir())) == ([], 0, [])


def test_a_job_cancelled_while_its_files_are_copied_never_works(jobs: Jobs, tmp_path: Path) -> None:
    ran = threading.Event()

    def prepare(folder: Path) -> Work:
        [job] = jobs.of(ME)
        jobs.cancel(job.id, ME)
        return endless(ran)(folder)

    job = jobs.submit(ME, "screen", {}, prepare)
    assert settled(job) is State.CANCELLED
    assert not ran.is_set()
    assert list(tmp_path.iterdir()) == []


def test_one_owners_files_do_not_push_out_anothers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "KEPT", 1)
    held = Sheets(tmp_path)
    mine = held.add(ME, "a.json", held.draft(".json"))
    for _ in range(3):
        held.add("another", "b.json", held.draft(".json"))
    assert held.get(mine.id, ME).name == "a.json"
    assert len(list(tmp_path.iterdir())) == 2


def test_the_log_tells_no_number_of_a_fault(jobs: Jobs, caplog: pytest.LogCaptureFixture) -> None:
    number = "99999919900307002X"

    def prepare(folder: Path) -> Work:
        def fail(job: Job) -> Screened:
            int(number)
            raise AssertionError

        return fail

    assert settled(jobs.submit(ME, "screen", {}, prepare)) is State.FAILED
    assert "ValueError" in caplog.text
    assert "in fail" in caplog.text
    assert number not in caplog.text


def test_downloads_beyond_the_few_that_wait_are_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "WAIT", 0.05)
    with routes._turn():
        with pytest.raises(HTTPException) as caught, routes._turn():
            pass
        assert caught.value.status_code == 503
        for _ in range(routes.WAITING - 1):
            routes._QUEUE.acquire()
        began = time.monotonic()
        monkeypatch.setattr(routes, "WAIT", 30.0)
        with pytest.raises(HTTPException), routes._turn():
            pass
        assert time.monotonic() - began < 10
        for _ in range(routes.WAITING - 1):
            routes._QUEUE.release()
    with routes._turn():
        pass

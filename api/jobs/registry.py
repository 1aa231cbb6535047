"""The jobs of one service: few at a time, each its owner's, stopped when asked, forgotten after a while."""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from fastapi import HTTPException

from api.failures import document
from api.jobs.outcome import Outcome
from api.jobs.sheets import GoneError, renamed
from api.words import LANGUAGES
from graph.errors import InputError, XinmaiError

WORKERS = 2
WAITING = 8  # of one owner
KEPT = 20  # finished ones of one owner; with one more the oldest goes
SECONDS = 8 * 3600.0  # a finished job is kept
BROKEN = XinmaiError("内部错误，详情见服务日志")
Json = dict[str, Any]
_LOG = logging.getLogger(__name__)


class State(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        """Whether nothing will change any more."""
        return self in (State.DONE, State.FAILED, State.CANCELLED)


class StoppedError(Exception):
    """Raised inside the work of a job that has been cancelled."""


@dataclass(slots=True)
class Job:
    """One job. `about`: what it works on, for its owner; `word`, `done`, `of`: how far it is, `of` None if unknown.

    `outcome` is there once it is done, `error`, by language, once it has failed. `folder` is its own.
    """

    id: str
    owner: str
    kind: str
    about: Json
    folder: Path
    created_at: str
    state: State = State.QUEUED
    word: str = ""
    done: int = 0
    of: int | None = None
    error: dict[str, Json] | None = None
    outcome: Outcome | None = None
    until: float = float("inf")
    stopping: threading.Event = field(default_factory=threading.Event)

    def tell(self, word: str, done: int, of: int | None) -> None:
        """How far the work is. Raises StoppedError when the job has been cancelled."""
        self.check()
        self.word, self.done, self.of = word, done, of

    def check(self) -> None:
        """Raise StoppedError when the job has been cancelled."""
        if self.stopping.is_set():
            raise StoppedError

    def to_json(self, lang: str = "zh") -> Json:
        """The job as its owner sees it; its error in the language asked for, zh or en."""
        return {
            "id": self.id,
            "kind": self.kind,
            "state": str(self.state),
            "cancelling": self.stopping.is_set() and not self.state.over,
            "progress": {"word": self.word, "done": self.done, "of": self.of},
            "about": self.about,
            "created_at": self.created_at,
            "error": self.error[lang] if self.error else None,
            "summary": self.outcome.summary() if self.outcome else None,
        }


Work = Callable[[Job], Outcome]


class Jobs:
    """The jobs of one service. Safe to share between threads."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._folder, self._clock = folder, clock
        self._lock = threading.Lock()
        self._jobs: dict[str, Job] = {}
        self._futures: dict[str, Future[None]] = {}
        self._pool = ThreadPoolExecutor(WORKERS, "job")

    def submit(self, owner: str, kind: str, about: Json, prepare: Callable[[Path], Work]) -> Job:
        """Queue a job. `prepare` puts what the work needs into the job's folder and returns the work.

        Raises HTTPException 429 when its owner has too many waiting already, and whatever `prepare` raises; of such a
        job nothing is left.
        """
        folder = self._folder / f"job-{secrets.token_hex(8)}"
        now = datetime.now(UTC).astimezone().isoformat(timespec="seconds")
        job = Job(secrets.token_urlsafe(12), owner, kind, about, folder, now)
        with self._lock:  # its place is taken before its files are copied: others ask for places meanwhile
            self._clear()
            if sum(other.owner == owner and not other.state.over for other in self._jobs.values()) >= WAITING + WORKERS:
                raise HTTPException(429, "排队的任务太多，请等前面的完成，或取消其中几个")
            self._jobs[job.id] = job
        try:
            folder.mkdir(mode=0o700)
            work = prepare(folder)
            with self._lock:
                self._futures[job.id] = self._pool.submit(self._run, job, work)
        except BaseException:
            with self._lock:
                self._forget(job)
            raise
        return job

    def get(self, wanted: str, owner: str) -> Job:
        """A job of this owner. Raises GoneError."""
        with self._lock:
            self._clear()
            job = self._jobs.get(wanted)
        if job is None or job.owner != owner:
            raise GoneError(wanted[:40])
        return job

    def of(self, owner: str) -> list[Job]:
        """The jobs of this owner, the latest first."""
        with self._lock:
            self._clear()
            return [job for job in reversed(self._jobs.values()) if job.owner == owner]

    @property
    def running(self) -> int:
        """How many are not over yet, of all owners."""
        with self._lock:
            return sum(not job.state.over for job in self._jobs.values())

    def cancel(self, wanted: str, owner: str) -> Job:
        """Stop a job, or forget one that is over. Raises GoneError."""
        job = self.get(wanted, owner)
        with self._lock:
            if job.state.over:
                self._forget(job)
                return job
            job.stopping.set()
            waiting = self._futures.get(job.id)  # none yet while its files are copied: it ends as it begins
            if waiting is not None and waiting.cancel():
                self._end(job, State.CANCELLED)
        return job

    def clear(self) -> None:
        """Forget what is past its time, whether or not anybody asks for it."""
        with self._lock:
            self._clear()

    def close(self) -> None:
        """Stop all work and wait for it."""
        with self._lock:
            for job in self._jobs.values():
                job.stopping.set()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _run(self, job: Job, work: Work) -> None:
        try:
            job.check()
            job.state = State.RUNNING
            job.outcome = work(job)
            job.check()
            self._end(job, State.DONE)
        except StoppedError:
            job.outcome = None
            self._end(job, State.CANCELLED)
        except XinmaiError as error:
            job.error = _in_all_languages(error, job.about.get("sheet", ""))
            self._end(job, State.FAILED)
        except Exception as error:
            # Its message may hold a number of somebody: only its sort and place are written down.
            place = "".join(traceback.format_tb(error.__traceback__))
            _LOG.error("job %s: %s\n%s", job.kind, type(error).__name__, place)
            job.error = _in_all_languages(BROKEN)
            self._end(job, State.FAILED)

    def _end(self, job: Job, state: State) -> None:
        job.until = self._clock() + SECONDS
        if state is not State.DONE:
            shutil.rmtree(job.folder, ignore_errors=True)
        job.state = state  # last: whoever sees it may ask for everything else

    def _clear(self) -> None:
        """Forget finished jobs that are too old or too many; the oldest stand first."""
        over = [job for job in self._jobs.values() if job.state.over]
        left = Counter(job.owner for job in over)
        for job in over:
            if left[job.owner] > KEPT or job.until < self._clock():
                left[job.owner] -= 1
                self._forget(job)

    def _forget(self, job: Job) -> None:
        self._jobs.pop(job.id, None)
        self._futures.pop(job.id, None)
        shutil.rmtree(job.folder, ignore_errors=True)


def _in_all_languages(error: XinmaiError, sheet: str = "") -> dict[str, Json]:
    """What it tells, by language: the error itself would hold on to all the work had in hand."""
    told = renamed(error, sheet) if isinstance(error, InputError) else error
    return {lang: _in_words(told, lang) for lang in LANGUAGES}


def _in_words(error: XinmaiError, lang: str) -> Json:
    """The error in one language; whatever happens on the way, a job must end: then in Chinese."""
    try:
        told: Json = document(error, lang)["error"]
    except Exception as fault:
        _LOG.error("job's error in %s: %s", lang, type(fault).__name__)
        told = document(error if lang != "zh" else BROKEN)["error"]
    return told

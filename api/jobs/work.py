"""What jobs do: the very screening and comparison of the command line, on an uploaded list."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from api import bidding, screening
from api.jobs.compared import Compared
from api.jobs.outcome import Outcome
from api.jobs.registry import Job
from api.jobs.screened import Screened
from api.jobs.sheets import GoneError, Kept
from api.jobs.watched import Watched
from graph.store import Store


@dataclass(frozen=True, slots=True)
class ScreenWanted:
    """A screening asked for. `before`: an earlier result to compare with."""

    sheet: Kept
    scenario: str
    as_of: str
    mapping: Mapping[str, str] | None = None
    replay: bool = False
    before: Kept | None = None


@dataclass(frozen=True, slots=True)
class BiddersWanted:
    """A comparison of bidders asked for."""

    sheet: Kept
    law: str
    as_of: str
    mapping: Mapping[str, str] | None = None


def screen(store: Store, wanted: ScreenWanted, folder: Path) -> Callable[[Job], Outcome]:
    """The work of a screening; its files are copied, so that they may expire meanwhile."""
    file = _own(wanted.sheet, folder)
    before = _own(wanted.before, folder) if wanted.before else None
    request = screening.Request(
        file, wanted.as_of, scenario=wanted.scenario, since_last=before, replay=wanted.replay, mapping=wanted.mapping
    )

    def work(job: Job) -> Outcome:
        document = screening.run(Watched(store, job.check), request, job.tell)
        if wanted.before:
            document["since_last"]["file"] = wanted.before.name
        file.unlink()  # full personal numbers; the result holds none
        job.tell("整理结果", 0, None)
        return Screened(document, folder)

    return work


def bidders(store: Store, wanted: BiddersWanted, folder: Path) -> Callable[[Job], Outcome]:
    """The work of a comparison."""
    file = _own(wanted.sheet, folder)
    request = bidding.Request(file, wanted.as_of, wanted.law, mapping=wanted.mapping)

    def work(job: Job) -> Outcome:
        job.tell("读取表格", 0, None)
        document = bidding.run(Watched(store, job.check), request, job.tell)
        file.unlink()
        job.tell("整理结果", 0, None)
        return Compared(document, folder)

    return work


def _own(kept: Kept, folder: Path) -> Path:
    try:
        return Path(shutil.copy(kept.path, folder / f"input{kept.path.suffix}"))
    except FileNotFoundError as error:  # its time was over between the look and the copy
        raise GoneError(kept.name) from error

"""The gate, then the timing of one workload: all peers in turn, round after round, so that noise falls on everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isnan
from statistics import median
from typing import Any

from bench.limits import Limits
from bench.peers.arrays import Arrays
from bench.peers.gate import Known, Verdict, judged
from bench.peers.protocol import NotOfferedError
from bench.peers.reference import Reference
from bench.peers.seats import PeerFailedError, Seat
from bench.peers.workloads import Workload

OVERRUN = 3  # times the seconds a peer may take
P99_FROM = 100  # samples


@dataclass(frozen=True, slots=True)
class Pace:
    """How long a workload may take a peer: so many rounds, seconds in all, questions compared before."""

    rounds: int
    seconds: float
    compared: int


@dataclass(frozen=True, slots=True)
class Row:
    """One peer at one workload; milliseconds a question. `asked`: different questions it got to; `given_up`: samples
    that ran out of time; `cold`: the first question ever of this kind; `iqr`: between the quarters; `rounds`: the
    medians of the rounds. `times`: as long as the first of the product's own, on the same questions. `ceiling`,
    `random`: what reading in order and at random places takes at least.
    """

    workload: str
    name: str
    group: str
    peer: str
    threads: int
    asked: int
    samples: int
    given_up: int
    cold: float
    p50: float
    p95: float
    p99: float | None
    iqr: float
    rounds: tuple[float, ...]
    pace: float
    times: float | None
    ceiling: float
    random: float
    megabytes: int
    given: str
    checked: str

    def to_json(self) -> dict[str, Any]:
        """By field name."""
        return asdict(self)

    @property
    def impossible(self) -> bool:
        """Whether it is faster than memory can be read: a fault of the benchmark."""
        return 0 < self.p50 < self.ceiling


@dataclass(frozen=True, slots=True)
class Played:
    """One workload played: rows, and who has none and why."""

    rows: tuple[Row, ...]
    left_out: Mapping[str, str]


def title(seat: Seat) -> str:
    """A peer's name, with its threads where it can use several."""
    return (
        f"{seat.peer.name}, {seat.threads} thread{'s' if seat.threads > 1 else ''}"
        if seat.peer.parallel
        else seat.peer.name
    )


def play(
    workload: Workload, seats: Sequence[Seat], known: tuple[Arrays, Limits, Reference | None], pace: Pace
) -> Played:
    """Gate and rounds. Peers that broke, are wrong or do not offer it are left out, with the reason."""
    arrays, limits, small = known
    left_out: dict[str, str] = {}
    answers: dict[str, list[Any]] = {}
    cold: dict[str, float] = {}
    for seat in seats:
        try:
            answers[title(seat)], cold[title(seat)] = _answers(seat, workload, pace)
        except (NotOfferedError, PeerFailedError) as error:
            left_out[title(seat)] = str(error).strip().splitlines()[-1]
    kin = {title(seat): seat.peer.kin or seat.peer.name for seat in seats}
    verdict = judged(Known(arrays, workload.work, small, kin), workload.questions[: pace.compared], answers)
    left_out |= {peer: f"WRONG: {fault}" for peer, fault in verdict.wrong.items()}
    running = [seat for seat in seats if title(seat) not in left_out]
    # Without rounds the first question of each is all there is.
    times = {title(seat): [] if pace.rounds else [[cold[title(seat)]]] for seat in running}
    for turn in range(pace.rounds):
        for seat in running[turn % max(1, len(running)) :] + running[: turn % max(1, len(running))]:
            before = times[title(seat)]
            # A peer whose single question outlasts its time several times over has fewer rounds, and the table says so.
            if sum(sum(one) for one in before) < OVERRUN * pace.seconds * 1000:
                before.append(seat.time(workload.work, workload.questions, pace.seconds / pace.rounds))
    rows = []
    ours = next((_each(times[title(s)]) for s in running if s.peer.name.startswith("Xinmai")), [])
    for seat in running:
        row = _row(workload, seat, times[title(seat)], ours)
        if row is None:
            left_out[title(seat)] = "ran out of time at every question"
        else:
            ceiling, gathered = workload.limits(limits)
            more: dict[str, Any] = {"cold": cold[title(seat)], "ceiling": ceiling, "random": gathered}
            rows.append(Row(**row, **more, checked=_checked(verdict)))
    return Played(tuple(rows), left_out)


def _answers(seat: Seat, workload: Workload, pace: Pace) -> tuple[list[Any], float]:
    """Answers to compare, None for one given up, as far as the time goes; and how long the first took."""
    found, first, left = [], 0.0, pace.seconds * 1000
    for question in workload.questions[: pace.compared]:
        try:
            answer, took = seat.ask(workload.work, question)
        except PeerFailedError as error:
            if "TimeoutError" not in str(error):
                raise
            answer, took = None, left
        first = first or took
        found.append(answer)
        left -= took if len(found) > 1 else 0.0  # what is made once, at the first question, is not held against it
        if left <= 0:
            break
    return found, first


def _each(rounds: Sequence[Sequence[float]]) -> list[float]:
    """The median of each question over the rounds that got to it."""
    longest = max((len(one) for one in rounds), default=0)
    asked = ([one[n] for one in rounds if n < len(one) and not isnan(one[n])] for n in range(longest))
    return [median(times) if times else float("nan") for times in asked]


def _row(
    workload: Workload, seat: Seat, rounds: Sequence[Sequence[float]], ours: Sequence[float]
) -> dict[str, Any] | None:
    samples = sorted(t for one in rounds for t in one if not isnan(t))
    if not samples:
        return None
    each = _each(rounds)
    both = [(a, b) for a, b in zip(each, ours, strict=False) if not isnan(a) and not isnan(b)]
    times = median(a for a, _ in both) / median(b for _, b in both) if both else None
    return {
        "workload": workload.id,
        "name": workload.name,
        "group": workload.group,
        "peer": seat.peer.name,
        "threads": seat.threads,
        "asked": len(each),
        "samples": len(samples),
        "given_up": sum(len(one) for one in rounds) - len(samples),
        "p50": part(samples, 0.5),
        "p95": part(samples, 0.95),
        "p99": part(samples, 0.99) if len(samples) >= P99_FROM else None,
        "iqr": part(samples, 0.75) - part(samples, 0.25),
        "rounds": tuple(round(part(sorted(t for t in one if not isnan(t)), 0.5), 4) for one in rounds),
        "pace": workload.each * 1000 / part(samples, 0.5),
        "times": times,
        "megabytes": seat.megabytes(),
        "given": seat.peer.given,
    }


def _checked(verdict: Verdict) -> str:
    return f"{verdict.checked} by {verdict.against}" if verdict.checked else verdict.against


def part(ordered: Sequence[float], share: float) -> float:
    """The value below which that share of ascending values lies."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")

"""How many applicants a second a screening takes, over subjects of the graph itself, some of them listed.

    python -m bench.screening --db DIR [--rows 100000] [--engine auto|cypher|kernel] [--out FILE.json]

From a sheet to the document in a file, as `xinmai screen` does it, and what each stage took.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.screening import Request, run
from graph.cypher import text
from graph.store import Store, open_store
from graph.vocabulary import Kind
from queries.applicants import Applicant, applicant
from queries.engine import Engine, use
from queries.scenarios import scenario
from queries.screen import screen

SEED = 11
ROWS, SCENARIO = 10_000, "procurement"
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Pace:
    """Rows screened, seconds they took, and how many findings there were."""

    rows: int
    seconds: float
    findings: int

    @property
    def a_second(self) -> float:
        """Applicants a second."""
        return round(self.rows / self.seconds, 1) if self.seconds else 0.0


def pace(store: Store, rows: int = ROWS) -> Pace:
    """Screen that many subjects, organisations and people as they come, in one call."""
    asked = _applicants(store, rows)
    profile = scenario(SCENARIO)
    screen(store, asked[:20], profile, {"as_of": date.today().isoformat()})  # statements are planned once
    started = time.perf_counter()
    done = screen(store, asked, profile, {"as_of": date.today().isoformat(), "seconds": 3600.0})
    seconds = time.perf_counter() - started
    return Pace(len(asked), seconds, sum(len(result.findings) for result in done.results))


def everybody(store: Store) -> list[str]:
    """Ids of all subjects."""
    return [row["id"] for row in store.read(text("bench", "subjects"), timeout=120.0)]


def main(argv: Sequence[str] | None = None) -> int:
    """Screen that many, and print seconds by stage, the peak of memory, and the size of the document."""
    parser = argparse.ArgumentParser(prog="python -m bench.screening")
    parser.add_argument("--db", required=True, help="a store with subjects and entries")
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--engine", type=Engine, choices=list(Engine), default=Engine.AUTO)
    parser.add_argument("--out", type=Path, default=Path("out/screening.json"), help="where the document goes")
    options = parser.parse_args(argv)
    with open_store(options.db) as store:
        use(store, options.engine)
        sheet = _sheet(store, options.rows, options.out.with_suffix(".csv"))
        stages = Stages()
        request = Request(sheet, date.today().isoformat(), (options.out,), SCENARIO)
        found = run(store, request, stages.tell)
        stages.tell("", 0, None)
    for what, seconds in stages.seconds.items():
        print(f"{what}: {seconds:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 if sys.platform == "darwin" else 1024)
    findings = sum(len(row["findings"]) for row in found["results"])
    print(f"{len(found['results'])} rows, {findings} findings, {sum(stages.seconds.values()):.1f} s in all")
    print(f"{options.out.stat().st_size / 1e6:.0f} MB, peak of Python {peak:.0f} MiB")
    return 0


class Stages:
    """Seconds by stage, as the progress of a screening tells them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._now, self._since = "", time.perf_counter()

    def tell(self, what: str, _done: int, _total: int | None) -> None:
        """A stage has begun or goes on."""
        now = time.perf_counter()
        if self._now:
            self.seconds[self._now] = self.seconds.get(self._now, 0.0) + now - self._since
        self._now, self._since = what, now


def _sheet(store: Store, rows: int, path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["单位名称", "统一社会信用代码", "姓名", "身份证号"])
        for row in _told(store, rows):
            fields = _fields(row)
            writer.writerow([fields.get(name, "") for name in ("name", "uscc", "person_name", "id_number")])
    return path


def _applicants(store: Store, rows: int) -> list[Applicant]:
    return [applicant(n, _fields(row)) for n, row in enumerate(_told(store, rows), start=2)]


def _told(store: Store, rows: int) -> list[dict[str, str | None]]:
    known = everybody(store)
    ids = random.Random(SEED).sample(known, min(rows, len(known)))
    return [
        row
        for start in range(0, len(ids), BATCH)
        for row in store.read(text("bench", "applicants"), ids=ids[start : start + BATCH])
    ]


def _fields(row: dict[str, str | None]) -> dict[str, str]:
    if row["kind"] == Kind.PERSON:
        told = {"person_name": row["name"], "id_number": row["number"]}
    else:
        told = {"name": row["name"], "uscc": row["uscc"]}
    return {field: value for field, value in told.items() if value}


if __name__ == "__main__":
    raise SystemExit(main())

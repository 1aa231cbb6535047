"""How many applicants a second a screening takes, over subjects of the graph itself, some of them listed."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from datetime import date

from graph.cypher import text
from graph.store import Store
from graph.vocabulary import Kind
from queries.applicants import Applicant, applicant
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


def _applicants(store: Store, rows: int) -> list[Applicant]:
    known = everybody(store)
    ids = random.Random(SEED).sample(known, min(rows, len(known)))
    found = [
        row
        for start in range(0, len(ids), BATCH)
        for row in store.read(text("bench", "applicants"), ids=ids[start : start + BATCH])
    ]
    return [applicant(n, _fields(row)) for n, row in enumerate(found, start=2)]


def _fields(row: dict[str, str | None]) -> dict[str, str]:
    if row["kind"] == Kind.PERSON:
        told = {"person_name": row["name"], "id_number": row["number"]}
    else:
        told = {"name": row["name"], "uscc": row["uscc"]}
    return {field: value for field, value in told.items() if value}

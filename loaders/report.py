"""What a load did, counted: the answer of `xinmai load`."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from graph.mask import scrub
from loaders.facts import Rejection

SHOWN = 200  # rejected rows in the answer; the file beside the store has them all
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of one kind were new, differed, were as before, or ended."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int | None = None

    def to_json(self) -> dict[str, int]:
        """The counts by name; `ended` only where a thing can end."""
        counts = {"added": self.added, "changed": self.changed, "unchanged": self.unchanged}
        return counts if self.ended is None else {**counts, "ended": self.ended}


@dataclass(frozen=True, slots=True)
class Tally:
    """One source's part of a load."""

    source: str
    mode: str
    snapshot: str
    files: list[str]
    subjects: Counts
    relations: Counts
    listings: Counts
    rejected: list[Rejection]
    warnings: list[str]
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The contract's object; of very many rejected rows the first are shown, `rejected_total` counts all."""
        return {
            "source": self.source,
            "mode": self.mode,
            "snapshot": self.snapshot,
            "files": self.files,
            "subjects": self.subjects.to_json(),
            "relations": self.relations.to_json(),
            "listings": self.listings.to_json(),
            "rejected": [
                {"file": r.file, "line": r.line, "reason": scrub(r.reason), "row": scrub(r.row)}
                for r in self.rejected[:SHOWN]
            ],
            "rejected_total": len(self.rejected),
            "warnings": self.warnings,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class LoadReport:
    """All sources of one load, and where its rejected rows were written."""

    loads: list[Tally] = field(default_factory=list)
    rejects_file: Path | None = None

    @property
    def rejected_total(self) -> int:
        """Rows that were not loaded, over all sources."""
        return sum(len(tally.rejected) for tally in self.loads)

    def to_json(self) -> dict[str, Any]:
        """`xinmai load --json`."""
        file = str(self.rejects_file) if self.rejects_file else None
        return {"loads": [tally.to_json() for tally in self.loads], "rejects_file": file}


def write_rejects(loads: list[Tally], folder: Path) -> Path | None:
    """Every rejected row with file, line and reason as CSV in `folder`; None when there is none."""
    if not any(tally.rejected for tally in loads):
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"rejected-{datetime.now():%Y%m%d-%H%M%S-%f}.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["source", "file", "line", "reason", "row"])
        for tally in loads:
            for row in tally.rejected:
                texts = (tally.source, row.file, str(row.line), row.reason, row.row)
                writer.writerow([_safe(scrub(t)) for t in texts])
    path.chmod(0o600)
    return path


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text

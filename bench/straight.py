"""`python -m bench.straight --package DIR --to FILE`: the rounds over everybody, on a graph too large to load.

A made-up package becomes a snapshot straight from its files, without a store; then the kernel alone is measured over
it. It tells nothing of loading, and nothing of the searches that follow the rounds for those who are listed
themselves (`queries.whole`).
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from bench.generate import AS_OF
from graph import snapshot_build
from graph.cypher import text
from graph.kernel_whole import nearest
from graph.snapshot import Snapshot
from graph.snapshot_build import RELATION, SUBJECT
from graph.snapshot_parts import Rows
from queries.kernel_view import seen
from queries.question import Question

BLOCK = 16_000_000  # bytes of CSV
HOPS, REPEATS = 4, 5
ORIGIN = "package"  # as a load names it
T = TypeVar("T")


@dataclass(frozen=True)
class Package:
    """The files of `bench.generate`, in the rows that `graph.snapshot_build` asks a store for."""

    folder: Path

    @cached_property
    def subjects(self) -> int:
        """How many subjects there are."""
        return sum(block.num_rows for block in self._blocks("subjects"))

    def rows(self, past: str, between: str) -> Iterator[Rows]:
        """Subjects or relations."""
        if past == text("graph", "snapshot_subjects"):
            yield from (_rows(_conducting(block), ("id", *SUBJECT), {}) for block in self._blocks("subjects"))
        else:
            ends = ("type", "source", "target")
            yield from (_rows(block, (*ends, *RELATION), {"origin": ORIGIN}) for block in self._blocks("relations"))

    def whole(self, statement: str) -> Iterator[Rows]:
        """Entries and the links to them; a made-up package has no contacts and names nobody in an entry."""
        nodes, links = snapshot_build.ENDS["listings"]
        if statement == text("graph", nodes):
            for block in self._blocks("listings"):
                yield [(_entry(row),) for row in _told(block)]
        elif statement == text("graph", links, TYPE="LISTED"):
            for block in self._blocks("listings"):
                yield [(row["subject"], row["id"], {"origin": ORIGIN}) for row in _told(block)]

    def _blocks(self, name: str) -> Iterator[pa.RecordBatch]:
        path = self.folder / f"{name}.csv"
        with path.open(encoding="utf-8") as file:
            columns = dict.fromkeys(file.readline().strip().split(","), pa.string())
        if "ratio" in columns:
            columns["ratio"] = pa.float64()
        options = csv.ConvertOptions(column_types=columns, strings_can_be_null=True)
        yield from csv.open_csv(path, csv.ReadOptions(block_size=BLOCK), convert_options=options)


def _conducting(block: pa.RecordBatch) -> pa.RecordBatch:
    """Subjects as a load keeps them: it says of each whether exposure is walked through it."""
    return block.append_column("conducts", pc.not_equal(block["kind"], "government"))


def _entry(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name != "subject"} | {"origin": ORIGIN}


def _told(block: pa.RecordBatch) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = block.to_pylist()
    return rows


def _rows(block: pa.RecordBatch, names: Sequence[str], always: dict[str, Any]) -> Rows:
    """The rows of a block with these columns; `always`: what every row has."""
    held = set(block.schema.names)
    columns = [block[name].to_pylist() if name in held else repeat(always.get(name), block.num_rows) for name in names]
    return list(zip(*columns, strict=True))


def measure(path: Path) -> dict[str, Any]:
    """Open the snapshot, make the view of the day, and go the rounds over everybody, all in one process.

    Seconds, but for `open_ms`; `view`: the first, which reads the file and loads what is compiled; `rounds`: each of
    the repeats, after one that does not count; `met`: who is not listed and meets a listing; memory in MB: the peak
    since the process began.
    """
    opened, snapshot = _timed(lambda: Snapshot.open(path))
    question = Question.of({"as_of": AS_OF, "hops": HOPS})
    made, look = _timed(lambda: seen(snapshot, question))
    nearest(look.view, HOPS)
    runs = [_timed(lambda: nearest(look.view, HOPS)) for _ in range(REPEATS)]
    listed = np.diff(look.view.entry_starts) > 0
    return {
        "subjects": snapshot.subjects.count,
        "relations": snapshot.relations.count,
        "bytes_a_relation": round(path.stat().st_size / snapshot.relations.count, 1),
        "open_ms": round(opened * 1000, 2),
        "view": round(made, 2),
        "rounds": [round(seconds, 3) for seconds, _ in runs],
        "met": int(np.count_nonzero((runs[-1][1].score > 0) & ~listed)),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform != "darwin" else 2**20),
    }


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    made = work()
    return time.perf_counter() - started, made


def main(argv: Sequence[str] | None = None) -> int:
    """The command line: make the snapshot unless it is there, then measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.straight", description=__doc__)
    parser.add_argument("--package", type=Path, required=True, help="folder of bench.generate")
    parser.add_argument("--to", type=Path, required=True, help="the snapshot; one that is there is used as it is")
    given = parser.parse_args(argv)
    if not given.to.exists():
        seconds, _ = _timed(lambda: snapshot_build.write(Package(given.package), given.to, "straight", progress=_say))
        print(f"written in {seconds:.0f} s; measure in a process of its own: run this again", file=sys.stderr)
        return 0
    print(json.dumps(measure(given.to), indent=2))
    return 0


def _say(what: str, done: int) -> None:
    print(f"\r{what} {done:,}", end="", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

"""`python -m bench`: loads, asks, and prints what it took beside the bars.

    python -m bench [--data ../shared/data] [--db URL] [--json FILE] [--check FACTOR]

Without the real data it makes up a graph of its own, and says so. `--check 3` ends with 1 when a number is above
three times its bar.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench import bars, finbench, invented
from bench.bars import Measure
from bench.latency import Latency, measure, part
from bench.loading import Loading, load
from bench.ownership import Ownership
from bench.ownership import measure as measure_ownership
from bench.screening import ROWS, SCENARIO, Pace, everybody, pace
from graph.store import open_store

REAL = ("cn_listed", "cn_register", "sanctions")


def main(argv: Sequence[str] | None = None) -> int:
    """Run it; 1 when `--check` finds a bar missed."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the real data")
    parser.add_argument("--db", help="an empty store; default: an embedded one that is removed afterwards")
    parser.add_argument("--json", type=Path, default=Path("out/bench.json"), help="where the numbers go")
    parser.add_argument("--check", type=float, metavar="FACTOR", help="fail above FACTOR times a bar")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="xinmai-bench-") as scratch:
        db = options.db or str(Path(scratch) / "data")
        return _run(options, db, Path(scratch))


def _run(options: argparse.Namespace, db: str, scratch: Path) -> int:
    paths = [options.data / name for name in REAL]
    real = all(path.is_dir() for path in paths)
    if not real:
        paths = [invented.write(scratch / "invented")]
    first, again = load(paths, db), load(paths, db)
    with open_store(db) as store:
        name, latencies, ids = store.name, measure(store), everybody(store)
        owned = [measure_ownership(store, "A-shares" if real else "invented graph")]
    owned += _finbench(options.data / finbench.FOLDER, scratch)
    load([invented.entries(scratch / "entries", ids)], db)
    with open_store(db) as store:
        screened = pace(store)
    data = f"real data in {options.data}" if real else f"invented graph, seed {invented.SEED} (no {options.data})"
    measures = [*_loading(first, again), *_latency(latencies), *_screening(screened), *_ownership(owned)]
    if not real:  # the bars are those of the real data
        measures = [replace(one, bar=None) for one in measures]
    print("\n".join(_page(name, data, measures)))
    _save(options.json, {"store": name, "data": data, "machine": _machine()}, measures, latencies)
    missed = [m.name for m in measures if options.check and m.missed_by(options.check)]
    if missed:
        print(f"above {options.check:g} × the bar: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


def _loading(first: Loading, again: Loading) -> list[Measure]:
    kinds = ("subjects", "relations", "listings")
    changed = sum(again.count(kind, what) for kind in kinds for what in ("added", "changed", "ended"))
    rejected = sum(tally["rejected_total"] for tally in first.answer["loads"])
    return [
        Measure("load, first", round(first.seconds, 1), "s", bars.LOAD_SECONDS),
        Measure("load, processor time of Python", round(first.processor, 1), "s"),
        Measure("load, peak of Python", round(first.python_mb), "MB", bars.PYTHON_MB),
        Measure("load, peak of the store's Java", round(first.java_mb), "MB"),
        *(Measure(f"{kind} added", first.count(kind, "added"), "") for kind in kinds),
        Measure("rows rejected", rejected, ""),
        Measure("load, again", round(again.seconds, 1), "s", bars.LOAD_SECONDS),
        Measure("added, changed or ended by the second load", changed, "", bars.CHANGED_AGAIN),
    ]


def _latency(latencies: Sequence[Latency]) -> list[Measure]:
    rows = []
    for one in latencies:
        limits = {"p50": bars.P50_MS, "p99": bars.P99_MS} if one.group == "all" else {}
        for which in ("p50", "p95", "p99", "worst"):
            name = f"exposure, {one.subjects} subjects {one.group}, {which}"
            rows.append(Measure(name, getattr(one, which), "ms", limits.get(which)))
    return rows


def _screening(screened: Pace) -> list[Measure]:
    name = f"screening for {SCENARIO}, {screened.rows} applicants"
    bar = bars.SCREEN_SECONDS if screened.rows == ROWS else None
    return [
        Measure(name, round(screened.seconds, 1), "s", bar),
        Measure(f"{name}, a second", screened.a_second, ""),
        Measure(f"{name}, findings", screened.findings, ""),
    ]


def _finbench(data: Path, scratch: Path) -> list[Ownership]:
    """Ownership on FinBench's companies, in a store of their own; nothing without the data."""
    if not data.is_dir():
        return []
    db = str(scratch / "finbench-data")
    load([finbench.write(data, scratch / "finbench")], db)
    with open_store(db) as store:
        return [measure_ownership(store, "FinBench")]


def _ownership(owned: Sequence[Ownership]) -> list[Measure]:
    rows = []
    for one in owned:
        name = f"ownership, {one.graph}"
        single = f"{name}, one subject of {len(one.once_read)} once read"
        asked = f"{name}, one subject of {len(one.from_store)} from the store"
        rows += [
            Measure(f"{name}, stakes", one.stakes, ""),
            Measure(f"{name}, members of the largest circle", one.circle, ""),
            Measure(f"{name}, whole graph, reading", round(one.read, 2), "s"),
            Measure(f"{name}, whole graph, all {one.shares:,} shares", round(one.solved, 2), "s", bars.WHOLE_SECONDS),
            Measure(f"{single}, p50", part(one.once_read, 0.5), "ms"),
            Measure(f"{single}, p99", part(one.once_read, 0.99), "ms", bars.SUBJECT_P99_MS),
            Measure(f"{asked}, p50", part(one.from_store, 0.5), "ms"),
            Measure(f"{asked}, p99", part(one.from_store, 0.99), "ms"),
        ]
    return rows


def _page(store: str, data: str, measures: Sequence[Measure]) -> list[str]:
    head = [f"Store: {store} · data: {data}", f"Machine: {_machine()}", ""]
    return [*head, "| what | measured | bar | |", "|---|---|---|---|", *(m.row() for m in measures)]


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"


def _save(path: Path, about: dict[str, str], measures: Sequence[Measure], latencies: Sequence[Latency]) -> None:
    document = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        **about,
        "measures": [{"name": m.name, "value": m.value, "unit": m.unit, "bar": m.bar} for m in measures],
        "exposure": [one.to_json() for one in latencies],
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())

"""Fifty users on one service, for some minutes: p50, p95, errors, and what its process holds meanwhile.

    python -m bench.load DIRECTORY [--users 50] [--seconds 120] [--day 2026-06-01]

Starts `xinmai serve` on the store, asks as `locustfile.py` says, prints a table. Server and users share the machine.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from graph.cypher import text
from graph.store import open_store

HERE = Path(__file__).parent
SUBJECTS = 200
EVERY = 10.0  # seconds between two looks at the memory


def main() -> None:
    """Run it and print what came of it."""
    wanted = _wanted()
    os.environ.setdefault("XINMAI_TOKEN", secrets.token_urlsafe(32))
    with open_store(wanted.store) as store:
        rows = store.read(text("bench", "subjects"))
        ids = [str(row["id"]) for row in rows]
    chosen = ids[:: max(1, len(ids) // SUBJECTS)][:SUBJECTS]
    with _served(wanted.store) as (url, process), tempfile.TemporaryDirectory() as folder:
        load = subprocess.Popen(
            [
                *(sys.executable, "-m", "locust", "-f", str(HERE / "locustfile.py"), "--headless", "--only-summary"),
                *("--host", url, "--users", str(wanted.users), "--spawn-rate", "10"),
                *("--run-time", f"{wanted.seconds}s", "--csv", f"{folder}/out", "--loglevel", "ERROR"),
            ],
            env={**os.environ, "BENCH_SUBJECTS": ",".join(chosen), "BENCH_DAY": wanted.day},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        held = [_held(process)]
        while load.poll() is None:
            time.sleep(EVERY)
            held.append(_held(process))
        _report(Path(folder, "out_stats.csv"), held)


def _wanted() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--day", default="2026-06-01")
    return parser.parse_args()


@contextmanager
def _served(store: str) -> Iterator[tuple[str, psutil.Process]]:
    """The service on that store: its address and its process."""
    command = [sys.executable, "-m", "api", "serve", "--port", "0", "--db", store]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as run:
        line = run.stdout.readline() if run.stdout else ""
        found = re.search(r"http://[\d.]+:\d+", line)
        if not found:
            raise SystemExit(f"the service did not start: {line}")
        try:
            yield found[0], psutil.Process(run.pid)
        finally:
            run.send_signal(signal.SIGINT)
            run.wait(60)


def _held(process: psutil.Process) -> tuple[int, int]:
    """Megabytes resident, and threads."""
    return process.memory_info().rss // 2**20, process.num_threads()


def _report(stats: Path, held: list[tuple[int, int]]) -> None:
    with stats.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            print(
                f"{row['Name']:16} {row['Request Count']:>7} asked  p50 {row['50%']:>5} ms  p95 {row['95%']:>5} ms  "
                f"max {float(row['Max Response Time']):>7.0f} ms  {row['Failure Count']:>4} failed  "
                f"{float(row['Requests/s']):>6.1f}/s"
            )
    print("memory, MB:", " ".join(str(megabytes) for megabytes, _ in held))
    print("threads:   ", " ".join(str(threads) for _, threads in held))


if __name__ == "__main__":
    main()
